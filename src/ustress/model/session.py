"""What a cleared session leaves behind: the next state, and the path's status."""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.core.status import PathStatus
from ustress.model import auctions, basis_funds, fed, local, trust, volatility
from ustress.model.clearing import Clearing
from ustress.model.fed import Operations
from ustress.model.flows import SessionFlows, add_up
from ustress.model.slow_factors import step_slow
from ustress.model.types import Array, FedState, Given, Ledger, Observables, State, status_code

OUT_OF_RANGE_BP = 2000.0
"""A ten-year that moved further than this since the opening is outside the equations' range."""
WEDGE_RANGE_BP = 500.0
"""A wedge beyond this is too. The record's largest move is 64 bp (March 2020), the largest wedge of
any experiment behind the fit 135 bp (90 % of draws): sales by funds and forced sales that feed on
wedges of many times that are no longer held against anything. S from the wedge alone stands above
the whole bracket of the Fed's threshold there, so no crossing hangs on what would come after."""


class Funded(NamedTuple):
    """Funding after the session: reserves, the dealers' spread, the gap's state, the rate."""

    reserves_usdbn: Array
    Lam_bp: Array
    gap_bp: Array
    sofr_iorb_bp: Array


class Session(NamedTuple):
    """What the session brought: operations, flows, price, funding, dysfunction, weak auctions.

    auction_weakness: 0 in a session without an auction or with an ordinary one.
    """

    operations: Operations
    sigma_bp: Array
    met: SessionFlows
    cleared: Clearing
    funded: Funded
    S: Array
    auction_weakness: Array
    ledger: Ledger


def carry_on(given: Given, session: Session) -> tuple[State, Array]:
    """The state after the session (status not yet judged) and the spiral's gain."""
    state, inputs, p = given.state, given.inputs, given.p
    rise = session.cleared.D_bp - state.D_bp
    basis = state.basis_usdbn - session.met.unwound_par
    deeper = p._replace(leverage=fed.leverage(p, given.policy, state.fed.belief))
    forced = basis_funds.forced_sale(
        basis, rise, session.cleared.D_per_par_bp, given.switches.basis_funds, deeper
    )
    backstop = _backstop(given, session, rise)
    closing_S = jnp.where(inputs.is_close > 0, session.S, 0.0)
    log_sigma = volatility.next_log_sigma(
        state.log_sigma, rise, given.shocks.volatility, inputs.volatility_shock, inputs.dt_days, p
    )
    r, m, b = step_slow(state, given.shocks, p)
    after = state._replace(
        r=r,
        m=m,
        b=b,
        x_usdbn=session.cleared.x_usdbn,
        b_usdbn=session.cleared.b_usdbn,
        basis_usdbn=basis,
        forced_usdbn=forced.par_usdbn,
        D_bp=session.cleared.D_bp,
        log_sigma=log_sigma + fed.calm(state.fed.belief, backstop.belief, p),
        reserves_usdbn=session.funded.reserves_usdbn,
        repo_gap_bp=session.funded.gap_bp,
        lasting_x_usdbn=state.lasting_x_usdbn + session.met.lasting.x,
        bought=add_up(state.bought, session.ledger.par),
        reacting=session.met.outright.memory,
        auction=auctions.newest(state.auction, session.met.auction),
        local_x=local.next_local_x(
            given,
            inputs.sale_x_usdbn * p.size_scale,
            session.met.auction.excess_x,
            session.met.fed.x,
        ),
        trust_loss=_trust_loss(given, session),
        haven_bp=trust.next_haven_bp(state.haven_bp, inputs.haven_shock_bp, inputs.dt_days, p),
        max_close_dysfunction=jnp.maximum(state.max_close_dysfunction, closing_S),
        fed=backstop,
    )
    return after, forced.gain


def _backstop(given: Given, session: Session, rise_bp: Array) -> FedState:
    """The Fed after the session: belief as operations left it, then what the close decides."""
    now, inputs, policy = session.operations.fed, given.inputs, given.policy
    believed = now._replace(belief=fed.next_belief(now, rise_bp, inputs, policy, given.p))
    return fed.decide(believed, session.S, given.p.threshold, inputs, policy, given.switches.fed)


def _trust_loss(given: Given, session: Session) -> Array:
    inputs, p = given.inputs, given.p
    wear = trust.Wear(
        lasting_sale_usdbn=session.met.lasting.par,
        open_ended_purchase_usdbn=session.operations.open_ended_usdbn * p.size_scale,
        dysfunction=session.S,
        shock=inputs.trust_shock,
        forced_usdbn=given.state.forced_usdbn * given.switches.basis_funds,
        auction_weakness=session.auction_weakness,
    )
    belief = given.state.fed.belief
    return trust.next_trust_loss(given.state.trust_loss, wear, inputs.dt_days, p, belief)


def judge(
    status: Array, basis_usdbn: Array, basis_before_usdbn: Array, gain: Array, seen: Observables
) -> Array:
    """The path's status: the first break stays; a spiral is named before what it leads to."""
    in_range = jnp.abs(seen.ten_year_change_bp) <= OUT_OF_RANGE_BP  # false for NaN too
    in_range &= jnp.abs(seen.D_bp) <= WEDGE_RANGE_BP
    fresh = jnp.where(in_range, status_code(PathStatus.OK), status_code(PathStatus.EXPLOSIVE))
    sold_out = (basis_usdbn <= 0) & (basis_before_usdbn > 0)
    fresh = jnp.where(sold_out, status_code(PathStatus.LIQUIDATED), fresh)
    fresh = jnp.where(gain >= 1.0, status_code(PathStatus.SPIRAL), fresh)
    kept = jnp.where(status == status_code(PathStatus.OK), fresh, status)
    return kept.astype(jnp.int32)
