"""The session's flows put together: who sells, who buys before a price is asked, what is left.

Everything here stands at the 2025 size of the economy, as pairs of ten-year equivalents (X) and
par: a basis unwind and a forced sale have par and no X, a swap-spread shock X and no par (its
basis points are observed, the amount sold is not, so no use of balance sheet is assumed).
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model import auctions, slow_capital
from ustress.model.clearing import Clearing
from ustress.model.fed import Operations
from ustress.model.sectors import Sectors, Sellers, each
from ustress.model.sellers import Outright
from ustress.model.types import Array, Given, Ledger


class Flow(NamedTuple):
    """Ten-year equivalents and par of one side of the market, $bn at 2025 size."""

    x: Array
    par: Array


class SessionFlows(NamedTuple):
    """What meets the dealers in a session before real money buys."""

    outright: Outright
    auction: auctions.Result
    unexplained: Flow
    swap_x: Array
    run_off: Flow
    fed: Flow
    slow: Flow
    star: Flow  # X* and B*
    traded_x: Array  # net sale seen by the market in the session, swap shock left out
    unwound_par: Array  # of the basis trade, forced and imposed
    lasting: Flow  # what of the session's sales and issuance is taken to be gone for good


def unexplained_x(given: Given) -> Array:
    """Flow that nothing else explains, ten-year equivalents; positive when somebody sells."""
    return given.p.flow_noise_usdbn * jnp.sqrt(given.inputs.flow_share) * given.shocks.flow


def gather(
    given: Given,
    operations: Operations,
    swap_x: Array,
    outright: Outright,
    auction: auctions.Result,
) -> SessionFlows:
    """The session's flows; `swap_x` is the swap-spread shock in ten-year equivalents."""
    state, p = given.state, given.p
    per, scale = p.x_per_par_sellers, p.size_scale
    # Bids missing at an auction are part of the unexplained flow: they are not sold twice.
    noise_x = unexplained_x(given) - auction.missing * per
    unexplained = Flow(noise_x, noise_x / per)
    per_fed = scale * p.x_per_par_fed
    run_off = Flow(operations.run_off_x_usdbn * per_fed, operations.run_off_usdbn * scale)
    fed = Flow(operations.bought_x_usdbn * per_fed, operations.bought_usdbn * scale)
    unwound = _unwound(given)
    arriving_x = sum(outright.x) + noise_x + run_off.x + auction.excess_x
    par = sum(outright.par) + unexplained.par + run_off.par + unwound + auction.excess_par
    slow = Flow(_absorbed(state.x_usdbn, given), _absorbed(state.b_usdbn, given))
    star = Flow(
        state.x_usdbn - slow.x + arriving_x + swap_x - fed.x,
        state.b_usdbn - slow.par + par - fed.par,
    )
    extra = auction.extra_issued
    return SessionFlows(
        outright, auction, unexplained, swap_x, run_off, fed, slow, star,
        arriving_x - fed.x, unwound,
        Flow(
            outright.lasting_x + extra * given.inputs.auction.x_per_par,
            outright.lasting_par + extra,
        ),
    )  # fmt: skip


def _fed_flow(par: Array, x_per_par: Array) -> Flow:
    return Flow(par * x_per_par, par)


def _unwound(given: Given) -> Array:
    """Par sold out of the basis trade: what was forced, then what the scenario imposes."""
    state = given.state
    imposed = given.inputs.basis_unwind_par_usdbn * given.p.size_scale
    left = state.basis_usdbn - state.forced_usdbn
    return given.switches.basis_funds * (state.forced_usdbn + jnp.minimum(left, imposed))


def _absorbed(held_usdbn: Array, given: Given) -> Array:
    present, dt_days = given.switches.slow_capital, given.inputs.dt_days
    return held_usdbn * (1.0 - slow_capital.kept_share(held_usdbn, dt_days, present, given.p))


def ledger_of(given: Given, met: SessionFlows, cleared: Clearing) -> Ledger:
    """Net purchases by sector in the session, in ten-year equivalents and in par."""
    state, auction = given.state, met.auction
    elastic = Flow(cleared.v_usdbn, cleared.v_usdbn / given.p.x_per_par_sellers)
    held, x_per_par = Flow(cleared.x_usdbn, cleared.b_usdbn), given.inputs.auction.x_per_par

    def side(pick: int, own: Sellers, one: Array, basis: Array, noise: Array) -> Sectors:
        return Sectors(
            china=-own.china,
            japan=-own.japan,
            other_official=-own.other_official,
            foreign_private=-own.foreign_private,
            mutual_funds=-own.mutual_funds,
            banks=-own.banks,
            households=elastic[pick] - own.households,
            hedge_funds=-basis,
            slow_capital=met.slow[pick],
            dealers=held[pick] - (state.x_usdbn, state.b_usdbn)[pick],
            auction_investors=auction.investors_par * one,
            treasury=-auction.issued * one,
            fed=met.fed[pick] - met.run_off[pick],
            others=-noise,
        )

    nothing = jnp.zeros_like(held.x)
    return Ledger(
        x=side(0, met.outright.x, x_per_par, nothing, met.unexplained.x + met.swap_x),
        par=side(1, met.outright.par, 1.0, met.unwound_par, met.unexplained.par),
    )


def add_up(bought: Sectors, par: Sectors) -> Sectors:
    """Purchases since the opening after a session's."""
    return each(lambda so_far, now: so_far + now, bought, par)
