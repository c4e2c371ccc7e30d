"""One session of the market: every actor in turn, then the price, then what the Fed decides.

`step` is a pure function of state, shocks, inputs, policy, switches and parameters, written for
arrays of paths; the engine folds it over sessions. Model document, sections 2 and 3.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.core.status import PathStatus
from ustress.model import auctions, clearing, dealers, fed, flows, real_money, repo, volatility
from ustress.model.actors import AuctionSeen, Reacting
from ustress.model.cross import MARKETS
from ustress.model.dysfunction import dysfunction
from ustress.model.observe import observe, settle
from ustress.model.sectors import ByTenor, Sectors, each
from ustress.model.sellers import funds, gather_sales
from ustress.model.session import Funded, Session, carry_on, judge
from ustress.model.types import (
    Array,
    Given,
    Inputs,
    Observables,
    Opening,
    Parameters,
    Policy,
    Shocks,
    State,
    Switches,
    status_code,
)


def initial_state(opening: Opening, parameters: Parameters) -> State:
    """The market as it opens: nothing unabsorbed, no wedge, the curve and funding as observed.

    `parameters.lam0_bp_per_100bn` must have the shape `(paths,)`; it gives shape and type.
    """
    p = parameters
    zero = jnp.zeros_like(p.lam0_bp_per_100bn)
    log_sigma = zero + jnp.minimum(jnp.log(opening.sigma_bp), jnp.log(p.sigma_cap_bp))
    cap = dealers.capacity(jnp.exp(p.nu * volatility.log_ratio(log_sigma)), 1.0, p.u0, p)
    use = dealers.use(zero, cap, p)
    Lam = dealers.spread_bp(use, p)
    said = repo.uncapped_bp(opening.reserves_usdbn, 0.0, opening.gdp_usdbn, Lam, p)
    return State(
        open_yields_pct=jnp.asarray(opening.yields_pct, zero.dtype),
        open_bill_pct=jnp.asarray(opening.bill_pct, zero.dtype),
        r=zero + opening.q[0],
        m=zero + opening.q[1],
        b=zero + opening.q[2],
        open_q=jnp.asarray(opening.q, zero.dtype),
        x_usdbn=zero,
        b_usdbn=zero,
        basis_usdbn=zero + p.basis_usdbn,
        forced_usdbn=zero,
        D_bp=zero,
        log_sigma=log_sigma,
        reserves_usdbn=zero + opening.reserves_usdbn,
        gdp_usdbn=zero + opening.gdp_usdbn,
        repo_gap_bp=zero + opening.sofr_iorb_bp - said,
        open_sofr_iorb_bp=zero + opening.sofr_iorb_bp,
        lasting_x_usdbn=zero,
        trust_loss=zero,
        haven_bp=zero,
        wealth_loss=zero,
        wealth_beyond=zero,
        marked_bp=zero,
        open_log_sigma=log_sigma,
        cross_noise=jnp.zeros((len(MARKETS), *zero.shape), zero.dtype),
        cross_close=jnp.zeros((3, *zero.shape), zero.dtype),
        max_close_dysfunction=zero,
        bought=Sectors(*[zero] * len(Sectors._fields)),
        open_holdings=each(lambda held: zero + held * p.size_scale, opening.holdings),
        reacting=Reacting(*[zero] * len(Reacting._fields)),
        auction=AuctionSeen(
            zero, zero + opening.auction_cover, zero + opening.auction_dealer_share, zero
        ),
        local_x=ByTenor(*[zero] * len(ByTenor._fields)),
        ten_bp=zero,
        S=dysfunction(use.g, Lam, zero, zero + opening.sofr_iorb_bp),
        sofr_iorb_bp=zero + opening.sofr_iorb_bp,
        open_reserves_usdbn=zero + opening.reserves_usdbn,
        fed=fed.at_rest(zero),
        status=jnp.full(zero.shape, status_code(PathStatus.OK), jnp.int32),
    )


def step(
    state: State,
    shocks: Shocks,
    inputs: Inputs,
    policy: Policy,
    switches: Switches,
    parameters: Parameters,
) -> tuple[State, Observables]:
    """The market after one session, and what can be seen of it.

    Shapes: `(paths,)` throughout; see the tuples' own documentation for units.
    """
    state = state._replace(fed=fed.with_prior(state.fed, policy))
    given = Given(state, shocks, inputs, policy, switches, parameters)
    operations = fed.operate(state.fed, inputs, policy, switches.fed)
    depth = depth_of(given)
    use = dealers.use(state.b_usdbn, depth.capacity, parameters)
    lam_g = depth.lam_bp_per_usdbn * use.g
    noise_par = flows.unexplained_x(given) / parameters.x_per_par_sellers
    auction = auctions.hold(given, lam_g, use.z, noise_par)
    outright = gather_sales(given, depth.sigma_bp)
    met = flows.gather(given, operations, inputs.swap_shock_bp / lam_g, outright, auction)
    cleared = clearing.clear(_pressure(given, met, depth), parameters)
    funded = _fund(given, operations, cleared)
    S = dysfunction(cleared.use.g, funded.Lam_bp, cleared.D_bp, funded.sofr_iorb_bp)
    booked = flows.ledger_of(given, met, cleared)
    session = Session(
        operations, depth.sigma_bp, met, cleared, funded, S, auction.weakness, booked
    )  # fmt: skip
    after, gain = carry_on(given, session)
    after, seen = settle(given, session, after, observe(given, session, after, gain))
    status = judge(state.status, after.basis_usdbn, state.basis_usdbn, gain, seen)
    after = _remember(after, seen, given)
    return after._replace(status=status), seen._replace(status=status)


def _remember(after: State, seen: Observables, given: Given) -> State:
    """What sellers look back on in the next session: yields, functioning, funding."""
    change, memory = seen.ten_year_change_bp - given.state.ten_bp, after.reacting
    felt = funds.next_return_bp(memory.fund_return_bp, change, given.inputs.dt_days, given.p)
    return after._replace(
        ten_bp=seen.ten_year_change_bp,
        S=seen.dysfunction,
        sofr_iorb_bp=seen.sofr_iorb_bp,
        reacting=memory._replace(fund_return_bp=felt),
    )


class Depth(NamedTuple):
    """What the session's volatility makes of dealers and of price pressure."""

    lam_bp_per_usdbn: Array
    capacity: dealers.Capacity
    sigma_bp: Array


def depth_of(given: Given) -> Depth:
    """Depth at the volatility with which the session begins."""
    p = given.p
    ratio = volatility.log_ratio(given.state.log_sigma)
    lam = p.lam0_bp_per_100bn / 100.0 * jnp.exp(p.eta * ratio)
    relieved = fed.capacity_ratio(given.state.fed, given.policy)
    u0 = dealers.underlying_use(given.inputs.day, p)
    cap = dealers.capacity(jnp.exp(p.nu * ratio) / relieved, given.switches.dealers, u0, p)
    return Depth(lam, cap, jnp.exp(given.state.log_sigma))


def _pressure(given: Given, met: flows.SessionFlows, depth: Depth) -> clearing.Pressure:
    days_times_e = given.inputs.dt_days * given.p.e_usdbn_per_day_per_bp
    return clearing.Pressure(
        x_star_usdbn=met.star.x,
        b_star_usdbn=met.star.par,
        lam_bp_per_usdbn=depth.lam_bp_per_usdbn,
        capacity=depth.capacity,
        days_times_e=given.switches.price_elastic * days_times_e,
        rest=real_money.at_rest(given.p),
    )


def _fund(given: Given, operations: fed.Operations, cleared: clearing.Clearing) -> Funded:
    """Reserves after the session and the funding market at them."""
    state, inputs, p = given.state, given.inputs, given.p
    created = operations.reserves_usdbn + inputs.reserves_change_usdbn
    reserves = jnp.maximum(state.reserves_usdbn + created, 0.0)
    Lam = dealers.spread_bp(cleared.use, p) * fed.spread_kept(state.fed, given.policy)
    said = repo.uncapped_bp(reserves, inputs.cash_drain_usdbn, state.gdp_usdbn, Lam, p)
    gap = repo.next_gap(state.repo_gap_bp, given.shocks.repo, inputs.dt_days, p)
    cap = fed.facility_cap_bp(state.fed, given.policy, p.facility_cap_bp)
    moving = repo.capped_bp(said + gap, p._replace(facility_cap_bp=cap))
    spread = jnp.where(given.switches.repo > 0, moving, state.open_sofr_iorb_bp)
    return Funded(reserves, Lam, gap, spread)
