"""What can be seen after a session: the curve, its parts, functioning, the Fed's book.

y(tau) = opening + [slow factors + lasting supply + h(tau) (D + transitory) - convenience change]
/ 100, per cent; on the ten-year, where h = 1, the parts add up to the change since the opening.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model import convenience, fed, slow_factors
from ustress.model.flows import Flow, ledger
from ustress.model.session import Session
from ustress.model.types import TEN, Array, Given, Ledger, Observables, State


class Curve(NamedTuple):
    """Parts of the curve's change since the opening, bp: `(paths, tenors)` or `(paths,)`."""

    slow: Array
    expected: Array
    sales: Array
    fed: Array
    wedge: Array
    transitory: Array
    convenience: Array


def _curve(given: Given, session: Session, after: State) -> Curve:
    p, policy = given.p, given.policy
    q = (after.r, after.m, after.b)
    held = fed.stock_in_slow_layer(session.operations.fed, policy) * p.size_scale
    per_fed = policy.temporary * p.lasting_temporary_bp_per_100bn
    per_fed = per_fed + (1.0 - policy.temporary) * p.lasting_bp_per_100bn
    # The coefficients are per par of the sellers' maturity mix: longer paper counts for more.
    fed_par = -held * p.x_per_par_fed / p.x_per_par_sellers
    sales_par = after.lasting_x_usdbn / p.x_per_par_sellers
    return Curve(
        slow=slow_factors.curve_change_bp(q, after.open_q, p.A_over_tau),
        expected=slow_factors.curve_change_bp(q, after.open_q, p.expected_over_tau),
        sales=slow_factors.lasting_bp(sales_par, p.lasting_bp_per_100bn),
        fed=slow_factors.lasting_bp(fed_par, per_fed),
        wedge=session.cleared.D_bp,
        transitory=transitory_bp(given, session),
        convenience=-convenience.convenience_change_bp(
            after.haven_bp, after.trust_loss, given.switches.convenience, p
        ),
    )


def transitory_bp(given: Given, session: Session) -> Array:
    """Impact io sigma flow / (turnover x share), bp: the session's own impact, gone in the next."""
    turnover = given.p.volume_usdbn * given.inputs.volume_share
    return given.p.io * session.sigma_bp * session.met.traded_x / turnover


def _total_bp(curve: Curve, h: Array) -> Array:
    flat = curve.convenience[:, None]
    wedge = (curve.wedge + curve.transitory)[:, None] * jnp.asarray(h)
    return curve.slow + curve.sales + curve.fed + wedge + flat


def observe(given: Given, session: Session, after: State, gain: Array) -> Observables:
    """Everything observable at the end of the session; the status is still the old one."""
    p = given.p
    curve = _curve(given, session, after)
    total = _total_bp(curve, p.h)
    crossed = (after.fed.first_crossing_day >= 0).astype(after.D_bp.dtype)
    intervened = (after.fed.intervention_day >= 0).astype(after.D_bp.dtype)
    return Observables(
        yields_pct=after.open_yields_pct + total / 100.0,
        ten_year_change_bp=total[:, TEN],
        expected_bp=curve.expected[:, TEN],
        premium_bp=(curve.slow - curve.expected)[:, TEN],
        lasting_sales_bp=curve.sales[:, TEN],
        lasting_fed_bp=curve.fed[:, TEN],
        D_bp=curve.wedge,
        convenience_bp=curve.convenience,
        transitory_bp=curve.transitory,
        dysfunction=session.S,
        g=session.cleared.use.g,
        dealer_use=session.cleared.use.u,
        dealer_spread_bp=session.funded.Lam_bp,
        sofr_iorb_bp=session.funded.sofr_iorb_bp,
        sigma_bp=session.sigma_bp,
        reserves_usdbn=after.reserves_usdbn,
        fed_held_usdbn=after.fed.held_usdbn,
        fed_bought_usdbn=after.fed.bought_usdbn,
        fed_active=after.fed.active,
        intervened=intervened,
        crossed=crossed,
        basis_usdbn=after.basis_usdbn / p.size_scale,
        forced_usdbn=given.state.forced_usdbn / p.size_scale,
        spiral_gain=gain,
        trust_loss=after.trust_loss,
        status=after.status,
        ledger=_ledger(given, session),
    )


def _ledger(given: Given, session: Session) -> Ledger:
    cleared = session.cleared
    elastic = Flow(cleared.v_usdbn, cleared.v_usdbn / given.p.x_per_par_sellers)
    held = Flow(cleared.x_usdbn, cleared.b_usdbn)
    return ledger(given.state, session.met, elastic, held)
