"""What the New York close decides: which rungs begin, which end, and that S passed b.

A decision is carried out after the rung's lag. A rung runs until its maximum, or until S is back
below its exit level after the minimum number of days. Model document, section 3.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.fed.rungs import FIRST_OUTRIGHT, column
from ustress.model.types import Array, FedState, Inputs, Policy


def decide(
    fed: FedState, S: Array, threshold: Array, inputs: Inputs, policy: Policy, present: Array
) -> FedState:
    """What the close of the day changes: crossing, decision, start, exit. Else nothing."""
    close = inputs.is_close > 0
    crossed = close & (threshold < S)
    first = jnp.where(crossed & (fed.first_crossing_day < 0), inputs.day, fed.first_crossing_day)
    fed = _start(fed, S, threshold, inputs, policy, present)._replace(first_crossing_day=first)
    return _stop(fed, S, close, policy)


def _wanted(S: Array, threshold: Array, day: Array, policy: Policy) -> Array:
    """(rungs, paths): what S or the calendar calls for."""
    by_threshold = column(policy.trigger_ratio) * threshold < S
    by_level = column(policy.trigger_dysfunction) < S
    return by_threshold | by_level | (jnp.abs(column(policy.announce_day) - day) < 0.5)


def _start(
    fed: FedState, S: Array, threshold: Array, inputs: Inputs, policy: Policy, present: Array
) -> FedState:
    close, most = inputs.is_close > 0, column(policy.max_usdbn)
    idle = (fed.active == 0) & (fed.waiting_days < 0) & (fed.bought_usdbn < most)
    allowed = present * column(policy.enabled) > 0
    decided = close & _wanted(S, threshold, inputs.day, policy) & idle & allowed
    counted = jnp.where(close & (fed.waiting_days > 0), fed.waiting_days - 1.0, fed.waiting_days)
    waiting = jnp.where(decided, column(policy.decision_lag_days), counted)
    starts = close & (waiting >= 0) & (waiting < 1)
    room = jnp.maximum(most - fed.bought_usdbn, 0.0)
    fresh = jnp.minimum(column(policy.announced_usdbn), room)
    days = jnp.where(close & (fed.active > 0), fed.active_days + 1.0, fed.active_days)
    kind = fed.active.dtype
    outright = decided[FIRST_OUTRIGHT:].any(axis=0)
    doubt_left = jnp.prod(1.0 - starts * column(policy.belief), axis=0)
    return fed._replace(
        active=jnp.where(starts, 1.0, fed.active).astype(kind),
        waiting_days=jnp.where(starts, -1.0, waiting).astype(kind),
        active_days=jnp.where(starts, 0.0, days),
        remaining_usdbn=jnp.where(starts, fresh, fed.remaining_usdbn),
        belief=(1.0 - (1.0 - fed.belief) * doubt_left).astype(kind),
        intervention_day=jnp.where(
            outright & (fed.intervention_day < 0), inputs.day, fed.intervention_day
        ),
    )


def _stop(fed: FedState, S: Array, close: Array, policy: Policy) -> FedState:
    calm = (column(policy.exit_dysfunction) > S) & (fed.active_days >= column(policy.minimum_days))
    done = fed.bought_usdbn >= column(policy.max_usdbn)
    # On the day of the start nothing was bought yet: `minimum_days` counts from the next close.
    ends = close & (fed.active > 0) & (fed.active_days > 0) & (calm | done)
    return fed._replace(
        active=jnp.where(ends, 0.0, fed.active),
        remaining_usdbn=jnp.where(ends, 0.0, fed.remaining_usdbn),
    )
