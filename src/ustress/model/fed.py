"""The Federal Reserve: decides at the New York close, buys from the next session on.

A decision to buy falls when purchases are allowed, none run, and S exceeds the path's threshold
b at a close; it is carried out after the policy's lag. Purchases run at the policy's pace until
the maximum, or until S is back below the exit level after the minimum number of days. What was
bought is then held (open-ended) or sold again with a half-life (temporary, the stated exit of
the Bank of England in 2022). Model document, section 3.

The slow layer sees executed holdings plus belief times what is announced and not yet bought: at
full belief the announcement moves it once, and days of operations do not.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.types import Array, FedState, Inputs, Policy

BUSINESS_DAYS_A_YEAR = 252.0


class Operations(NamedTuple):
    """A session's operations in $bn par of the date, and the holdings after them."""

    bought_usdbn: Array
    run_off_usdbn: Array
    fed: FedState


def at_rest(like: Array) -> FedState:
    """The Fed before anything happened; `like` gives shape and type."""
    zero = jnp.zeros_like(like)
    never = zero - 1.0
    return FedState(zero, never, zero, zero, zero, zero, never, never)


def operate(fed: FedState, inputs: Inputs, policy: Policy, present: Array) -> Operations:
    """Buy at the policy's pace while the programme runs; let a temporary one run off after."""
    room = jnp.maximum(policy.max_usdbn - fed.bought_usdbn, 0.0)
    pace = policy.pace_usdbn_per_day * inputs.fed_share
    bought = present * fed.active * jnp.minimum(pace, room)
    lost = 1.0 - jnp.exp2(
        -inputs.dt_days / (BUSINESS_DAYS_A_YEAR * jnp.maximum(policy.half_life_years, 1e-3))
    )
    run_off = policy.temporary * (1.0 - fed.active) * fed.held_usdbn * lost
    moved = fed._replace(
        bought_usdbn=fed.bought_usdbn + bought,
        held_usdbn=fed.held_usdbn + bought - run_off,
        remaining_usdbn=jnp.maximum(fed.remaining_usdbn - bought, 0.0),
    )
    return Operations(bought, run_off, moved)


def decide(
    fed: FedState, S: Array, threshold: Array, inputs: Inputs, policy: Policy, present: Array
) -> FedState:
    """What the close of the day changes: crossing, decision, start, exit. Else nothing."""
    close = inputs.is_close > 0
    crossed = close & (threshold < S)
    first = jnp.where(crossed & (fed.first_crossing_day < 0), inputs.day, fed.first_crossing_day)
    fed = _start(fed, crossed, close, inputs, policy, present)._replace(first_crossing_day=first)
    return _stop(fed, S, close, policy)


def _start(
    fed: FedState, crossed: Array, close: Array, inputs: Inputs, policy: Policy, present: Array
) -> FedState:
    idle = (fed.active == 0) & (fed.waiting_days < 0) & (fed.bought_usdbn < policy.max_usdbn)
    decided = crossed & idle & (present * policy.enabled > 0)
    counted = jnp.where(close & (fed.waiting_days > 0), fed.waiting_days - 1.0, fed.waiting_days)
    waiting = jnp.where(decided, policy.decision_lag_days, counted)
    starts = close & (waiting >= 0) & (waiting < 1)
    room = jnp.maximum(policy.max_usdbn - fed.bought_usdbn, 0.0)
    fresh = jnp.minimum(policy.announced_usdbn, room)
    days = jnp.where(close & (fed.active > 0), fed.active_days + 1.0, fed.active_days)
    return fed._replace(
        active=jnp.where(starts, 1.0, fed.active).astype(fed.active.dtype),
        waiting_days=jnp.where(starts, -1.0, waiting).astype(fed.active.dtype),
        active_days=jnp.where(starts, 0.0, days),
        remaining_usdbn=jnp.where(starts, fresh, fed.remaining_usdbn),
        intervention_day=jnp.where(
            decided & (fed.intervention_day < 0), inputs.day, fed.intervention_day
        ),
    )


def _stop(fed: FedState, S: Array, close: Array, policy: Policy) -> FedState:
    calm = (policy.exit_dysfunction > S) & (fed.active_days >= policy.minimum_days)
    done = fed.bought_usdbn >= policy.max_usdbn
    # On the day of the start nothing was bought yet: `minimum_days` counts from the next close.
    ends = close & (fed.active > 0) & (fed.active_days > 0) & (calm | done)
    return fed._replace(
        active=jnp.where(ends, 0.0, fed.active),
        remaining_usdbn=jnp.where(ends, 0.0, fed.remaining_usdbn),
    )


def stock_in_slow_layer(fed: FedState, policy: Policy) -> Array:
    """Executed holdings plus belief times the announced rest, $bn par of the date."""
    return fed.held_usdbn + policy.belief * fed.remaining_usdbn
