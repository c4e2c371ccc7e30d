"""What can be seen after a session: the curve, its parts, functioning, the Fed's book.

y(tau) = opening + [slow factors + lasting sales + arbitrageurs' wealth + policy + h(tau) (D +
transitory) + local term - convenience change] / 100, per cent; on the ten-year, where h = 1, the
parts add up to the change since the opening. The three-month bill moves by the slow factors alone.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model import fed, local, slow_factors, trust, wealth
from ustress.model.cross.drivers import drivers
from ustress.model.cross.levels import DOLLAR, EQUITY, joint_fall, levels, next_noise
from ustress.model.sectors import ByTenor, each
from ustress.model.session import Session
from ustress.model.types import (
    TEN,
    TENORS_YEARS,
    Array,
    FedState,
    Given,
    Observables,
    Parameters,
    State,
)

FIVE = TENORS_YEARS.index(5.0)


class Curve(NamedTuple):
    """Parts of the curve's change since the opening, bp: `(paths, tenors)` or `(paths,)`."""

    slow: Array
    expected: Array
    supply: Array
    wealth: Array
    policy: Array
    wedge: Array
    transitory: Array
    local: ByTenor
    convenience: Array


def _curve(given: Given, session: Session, after: State) -> Curve:
    p = given.p
    q = (after.r, after.m, after.b)
    sales_par = after.lasting_x_usdbn / p.x_per_par_sellers
    return Curve(
        slow=slow_factors.curve_change_bp(q, after.open_q, p.A_over_tau),
        expected=slow_factors.curve_change_bp(q, after.open_q, p.expected_over_tau),
        supply=slow_factors.lasting_bp(sales_par, p.lasting_bp_per_100bn),
        wealth=wealth.premium_bp(given.state.wealth_loss, p),
        policy=fed.policy_bp(session.operations.fed, given.policy, p),
        wedge=session.cleared.D_bp,
        transitory=transitory_bp(given, session),
        local=local.local_bp(after.local_x, given.switches.local, p.lam_l_bp_per_100bn),
        convenience=-trust.convenience_change_bp(
            after.haven_bp, after.trust_loss, given.switches.convenience, p
        ),
    )


def _bill_pct(after: State, p: Parameters) -> Array:
    """The three-month yield, per cent."""
    q = (after.r, after.m, after.b)
    change = slow_factors.bill_change_bp(q, after.open_q, p.bill_over_tau)
    return after.open_bill_pct + change / 100.0


def transitory_bp(given: Given, session: Session) -> Array:
    """Impact io sigma flow / (turnover x share), bp: the session's own impact, gone in the next."""
    turnover = given.p.volume_usdbn * given.inputs.volume_share
    return given.p.io * session.sigma_bp * session.met.traded_x / turnover


def _total_bp(curve: Curve, h: Array) -> Array:
    flat = curve.convenience[:, None]
    wedge = (curve.wedge + curve.transitory)[:, None] * jnp.asarray(h)
    here = jnp.stack(curve.local, axis=1)
    return curve.slow + curve.supply + curve.wealth + curve.policy + wedge + here + flat


def observe(given: Given, session: Session, after: State, gain: Array) -> Observables:
    """Everything observable at the end of the session; the status is still the old one."""
    p = given.p
    curve = _curve(given, session, after)
    total = _total_bp(curve, p.h)
    crossed = (after.fed.first_crossing_day >= 0).astype(after.D_bp.dtype)
    intervened = (after.fed.intervention_day >= 0).astype(after.D_bp.dtype)
    return Observables(
        yields_pct=after.open_yields_pct + total / 100.0,
        bill_pct=_bill_pct(after, p),
        ten_year_change_bp=total[:, TEN],
        expected_bp=curve.expected[:, TEN],
        premium_bp=(curve.slow - curve.expected)[:, TEN],
        supply_bp=curve.supply[:, TEN],
        wealth_bp=curve.wealth[:, TEN],
        policy_bp=curve.policy[:, TEN],
        D_bp=curve.wedge,
        convenience_bp=curve.convenience,
        transitory_bp=curve.transitory + curve.local[TEN],
        local_bp=curve.local,
        dysfunction=session.S,
        g=session.cleared.use.g,
        dealer_use=session.cleared.use.u,
        dealer_spread_bp=session.funded.Lam_bp,
        sofr_iorb_bp=session.funded.sofr_iorb_bp,
        sigma_bp=session.sigma_bp,
        reserves_usdbn=after.reserves_usdbn,
        fed_held_usdbn=after.fed.held_usdbn[fed.FIRST_OUTRIGHT :].sum(axis=0),
        fed_bought_usdbn=after.fed.bought_usdbn[fed.FIRST_OUTRIGHT :].sum(axis=0),
        fed_active=after.fed.active[fed.FIRST_OUTRIGHT :].max(axis=0),
        fed_rung=_rung(after),
        belief=after.fed.belief,
        fed_carry_usdbn=after.fed.carry_usdbn,
        fed_mbs_usdbn=after.fed.mbs_usdbn,
        wealth_loss=after.wealth_loss,
        wealth_beyond=after.wealth_beyond,
        cross=after.cross_noise,
        intervened=intervened,
        crossed=crossed,
        basis_usdbn=after.basis_usdbn / p.size_scale,
        forced_usdbn=given.state.forced_usdbn / p.size_scale,
        spiral_gain=gain,
        trust_loss=after.trust_loss,
        auction_tail_bp=after.auction.tail_bp,
        auction_cover=after.auction.cover,
        auction_dealer_share=after.auction.dealer_share,
        auctions_failed=after.auction.failed,
        bought_usdbn=each(lambda par: par / p.size_scale, after.bought),
        status=after.status,
        ledger=session.ledger,
    )


def _rung(after: State) -> Array:
    number = jnp.arange(1, fed.COUNT + 1, dtype=after.D_bp.dtype)[:, None]
    return (after.fed.active * number).max(axis=0)


def settle(
    given: Given, session: Session, after: State, seen: Observables
) -> tuple[State, Observables]:
    """What follows from the session's yields: other markets, wealth, the Fed's book."""
    p, inputs = given.p, given.inputs
    close = inputs.is_close > 0
    noise = next_noise(after.cross_noise, given.shocks, inputs, p)
    driven = drivers(seen, after, given.switches.convenience, p)
    found = levels(driven, noise, p)
    fall = jnp.where(close, joint_fall(seen.ten_year_change_bp, found, given.state, p), 0.0)
    newest = jnp.stack([seen.ten_year_change_bp, found[EQUITY], found[DOLLAR]])
    marked = seen.expected_bp + seen.premium_bp + seen.supply_bp + seen.policy_bp + seen.D_bp
    loss, beyond = wealth.next_loss(after.wealth_loss, marked - after.marked_bp, inputs.dt_days, p)
    booked = _booked(given, session, after, seen)
    after = after._replace(
        cross_noise=noise,
        cross_close=jnp.where(close, newest, after.cross_close),
        trust_loss=trust.after_joint_fall(after.trust_loss, fall, p),
        wealth_loss=loss,
        wealth_beyond=jnp.maximum(after.wealth_beyond, beyond),
        marked_bp=marked,
        fed=booked,
    )
    return after, seen._replace(
        cross=found,
        wealth_loss=loss,
        wealth_beyond=after.wealth_beyond,
        trust_loss=after.trust_loss,
        fed_carry_usdbn=booked.carry_usdbn,
    )


def _booked(given: Given, session: Session, after: State, seen: Observables) -> FedState:
    """The Fed's book: bought at the mean of the five- and seven-year yield, carried against IORB.

    IORB is the model's short rate, which at the opening fits the three-month bill.
    """
    bought_at = 0.5 * (seen.yields_pct[:, FIVE] + seen.yields_pct[:, FIVE + 1])
    iorb = 100.0 * (given.p.rbar + after.r)
    kept = fed.accrue(
        given.state.fed, session.operations, bought_at, iorb, given.policy, given.inputs.dt_days
    )
    return after.fed._replace(book_usdbn_pct=kept.book_usdbn_pct, carry_usdbn=kept.carry_usdbn)
