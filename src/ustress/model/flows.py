"""The session's flows put together: who sells, who buys before a price is asked, what is left.

Everything here stands at the 2025 size of the economy, as pairs of ten-year equivalents (X) and
par: a basis unwind and a forced sale have par and no X, a swap-spread shock X and no par (its
basis points are observed, the amount sold is not, so no use of balance sheet is assumed).
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model import slow_capital
from ustress.model.fed import Operations
from ustress.model.types import Array, Given, Ledger, State


class Flow(NamedTuple):
    """Ten-year equivalents and par of one side of the market, $bn at 2025 size."""

    x: Array
    par: Array


class SessionFlows(NamedTuple):
    """What meets the dealers in a session before real money buys."""

    sold: Flow
    fed: Flow
    slow: Flow
    star: Flow  # X* and B*
    traded_x: Array  # net sale seen by the market in the session, swap shock left out
    unwound_par: Array  # of the basis trade, forced and imposed


def gather(given: Given, operations: Operations, swap_x: Array) -> SessionFlows:
    """The session's flows; `swap_x` is the swap-spread shock in ten-year equivalents."""
    state, inputs, p = given.state, given.inputs, given.p
    noise_x = p.flow_noise_usdbn * jnp.sqrt(inputs.flow_share) * given.shocks.flow
    run_off = operations.run_off_usdbn * p.size_scale
    run_off_x = operations.run_off_x_usdbn * p.size_scale * p.x_per_par_fed
    arriving_x = inputs.sale_x_usdbn * p.size_scale + noise_x + run_off_x
    unwound = _unwound(given)
    par = inputs.sale_par_usdbn * p.size_scale + noise_x / p.x_per_par_sellers + run_off + unwound
    bought = operations.bought_usdbn * p.size_scale
    fed = Flow(operations.bought_x_usdbn * p.size_scale * p.x_per_par_fed, bought)
    sold = Flow(arriving_x + swap_x, par)
    slow = Flow(_absorbed(state.x_usdbn, given), _absorbed(state.b_usdbn, given))
    star = Flow(
        state.x_usdbn - slow.x + sold.x - fed.x, state.b_usdbn - slow.par + sold.par - fed.par
    )
    return SessionFlows(sold, fed, slow, star, arriving_x - fed.x, unwound)


def _unwound(given: Given) -> Array:
    """Par sold out of the basis trade: what was forced, then what the scenario imposes."""
    state = given.state
    imposed = given.inputs.basis_unwind_par_usdbn * given.p.size_scale
    left = state.basis_usdbn - state.forced_usdbn
    return given.switches.basis_funds * (state.forced_usdbn + jnp.minimum(left, imposed))


def _absorbed(held_usdbn: Array, given: Given) -> Array:
    present, dt_days = given.switches.slow_capital, given.inputs.dt_days
    return held_usdbn * (1.0 - slow_capital.kept_share(held_usdbn, dt_days, present, given.p))


def ledger(state: State, flows: SessionFlows, elastic: Flow, held: Flow) -> Ledger:
    """Who sold and who bought; `held` is the inventory after the session."""
    return Ledger(
        *flows.sold,
        *flows.slow,
        *elastic,
        *flows.fed,
        held.x - state.x_usdbn,
        held.par - state.b_usdbn,
    )
