"""Slow capital, real money, basis funds, volatility, repo, trust: each against its equation."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.worlds import STEADY, cast, days, medians, run, sale
from ustress.core.status import PathStatus
from ustress.model import basis_funds, real_money, repo, slow_capital, trust, volatility
from ustress.model.types import status_code

ONE = jnp.ones(1)


def test_slow_capital_does_not_see_the_length_of_a_step_analytic() -> None:
    """Analytic: three thirds of a day absorb what one day absorbs; k- where short."""
    p = medians(k_plus_days=43.0, k_minus_days=3.0)
    day = slow_capital.kept_share(100.0 * ONE, 1.0, 1.0, p)
    third = slow_capital.kept_share(100.0 * ONE, 1 / 3, 1.0, p)
    assert float(day[0]) == pytest.approx(float(third[0]) ** 3, rel=1e-12)
    assert float(day[0]) == pytest.approx(np.exp(-1 / 43), rel=1e-12)
    assert float(slow_capital.kept_share(-ONE, 1.0, 1.0, p)[0]) == pytest.approx(np.exp(-1 / 3))


@STEADY
@given(D=st.floats(-500, 0), Dbar=st.floats(1, 200))
def test_real_money_buys_nothing_in_a_healed_market_property(D: float, Dbar: float) -> None:
    """Property: exactly nothing at D <= 0, whatever the level at which it starts."""
    p = medians(Dbar_bp=Dbar)
    assert float(real_money.bought(D * ONE, real_money.at_rest(p), ONE, p).value[0]) == 0.0


def test_real_money_far_above_its_level_analytic_limit() -> None:
    """Analytic limit: dt e (D - Dbar), the model document's 5 softplus(./5) being linear there."""
    p = medians(Dbar_bp=42.0)
    v = real_money.bought(400.0 * ONE, real_money.at_rest(p), 0.6 * ONE, p).value
    assert float(v[0]) == pytest.approx(0.6 * (400 - 42), rel=1e-4)


def test_price_elastic_buyers_bound_yields_property() -> None:
    """Property: $5tn sold in a month opens a far smaller wedge when someone may buy."""
    from ustress.model.types import IMPOSED_ONLY

    p, given_ = medians(), sale(30, 5000.0, 20)
    bounded = run(given_, p)[1].D_bp.max()
    alone = run(given_, p, switches=IMPOSED_ONLY._replace(price_elastic=0.0))[1].D_bp.max()
    assert float(bounded) < 500.0
    assert float(alone) > 5 * float(bounded)


def test_forced_sale_by_hand_analytic() -> None:
    """Analytic: N 630, L 20, kb .2, +10 bp: loss .5 x 8.5e-4 x 630 x .2 x 10, sold 19 times it."""
    p = medians(leverage=20.0, kb=0.2)
    forced = basis_funds.forced_sale(630.0 * ONE, 10.0 * ONE, 0.1 * ONE, 1.0, p)
    loss = 630 * 0.5 * 8.5e-4 * 0.2 * 10
    assert float(forced.par_usdbn[0]) == pytest.approx(19 * loss, rel=1e-12)
    assert float(forced.gain[0]) == pytest.approx(19 * loss / 10 * 0.1, rel=1e-12)
    assert float(basis_funds.forced_sale(630.0 * ONE, -5.0 * ONE, ONE, 1.0, p).par_usdbn[0]) == 0


def test_gain_below_one_dies_out_and_at_one_is_a_spiral() -> None:
    """Property: the status appears where the gain, approached from below, reaches one."""
    N = np.linspace(50.0, 3000.0, 12)
    p = medians(12)._replace(basis_usdbn=cast(N))
    seen = run(sale(3, 600.0, 1), p)[1]
    gain = np.asarray(seen.spiral_gain.max(axis=0))
    broke = np.asarray(seen.status[-1]) == status_code(PathStatus.SPIRAL)
    assert (np.diff(np.asarray(seen.spiral_gain[0])) > 0).all()
    assert (broke == (gain >= 1.0)).all()
    assert 0 < broke.sum() < 12
    assert gain[~broke].max() > 0.5
    assert bool(jnp.isfinite(seen.yields_pct).all())


def test_a_sold_out_basis_trade_has_its_name() -> None:
    """Property: N falls to exactly zero, never below, and the path says so."""
    N, L = np.full(12, 630.0), np.full(12, 2.0)
    N[0], L[0] = 20.0, 60.0
    seen = run(sale(10, 1500.0, 3), medians(12)._replace(basis_usdbn=cast(N), leverage=cast(L)))[1]
    assert float(seen.basis_usdbn[-1, 0]) == 0.0
    names = [PathStatus.LIQUIDATED] + [PathStatus.OK] * 11
    assert [int(s) for s in seen.status[-1]] == [status_code(name) for name in names]


def test_imposed_unwind_uses_par_and_no_duration_property() -> None:
    """Property: a basis unwind fills balance sheets and moves D only where X is held already."""
    p = medians(u0=0.70, beta=0.37, capacity_usdbn=415.0)
    calm = run(days(5, basis_unwind_par_usdbn=[100.0, 0, 0, 0, 0]), p)[1]
    assert float(calm.D_bp[0, 0]) == 0.0
    assert float(calm.dealer_use[0, 0]) == pytest.approx(0.70 + 0.37 * 100 / 415, rel=1e-9)
    sold = run(sale(5, 300.0, 1), p)[1].D_bp[0, 0]
    both = run(sale(5, 300.0, 1, basis_unwind_par_usdbn=[100.0, 0, 0, 0, 0]), p)[1].D_bp[0, 0]
    assert float(both) > float(sold)


def test_volatility_by_hand_and_its_cap_analytic() -> None:
    """Analytic: reversion .05 a day, +.5 per 100 bp of wedge, never above 12 bp."""
    p = medians()
    up = volatility.next_log_sigma(jnp.log(8.0) * ONE, 20.0 * ONE, 0.0 * ONE, 0.0, 1.0, p)
    assert float(up[0]) == pytest.approx(np.log(8) + 0.05 * np.log(5 / 8) + 0.1, rel=1e-12)
    top = volatility.next_log_sigma(jnp.log(8.0) * ONE, 900.0 * ONE, 0.0 * ONE, 0.0, 1.0, p)
    assert float(jnp.exp(top[0])) == pytest.approx(12.0, rel=1e-12)


def test_repo_formula_by_hand_analytic() -> None:
    """Analytic: ample, then scarce reserves, then the drain of September 2019."""
    p = medians()
    ample = repo.uncapped_bp(4000.0, 0.0, 20_000.0, 0.0 * ONE, p)
    assert float(ample[0]) == pytest.approx(-9.76, abs=1e-9)
    scarce = repo.uncapped_bp(1980.0, 0.0, 20_000.0, 10.0 * ONE, p)
    assert float(scarce[0]) == pytest.approx(-9.76 + 3.49 * 2.0 + 2.2, abs=1e-9)
    # x = 6.5: the argument of the squeeze is .24/.08 = 3
    drain = (6.5 - float(p.repo_drain_kink_pct) + 0.24) / 100.0 * 20_000.0
    drained = repo.uncapped_bp(1300.0, drain, 20_000.0, 0.0 * ONE, p)
    by_hand = -9.76 + 3.49 * 5.4 + 35 * np.log1p(np.exp(3.0)) ** 2
    assert float(drained[0]) == pytest.approx(by_hand, rel=1e-9)


def test_the_standing_facility_caps_the_spread_property() -> None:
    """Property: the September 2019 drain stops at the facility; without one it does not."""
    inputs = days(2, cash_drain_usdbn=[0.0, 250.0], reserves_change_usdbn=[-1400.0, 0.0])
    capped = run(inputs, medians())[1].sofr_iorb_bp[:, 0]
    free = run(inputs, medians(facility_cap_bp=1e4))[1].sofr_iorb_bp[:, 0]
    assert float(capped[1]) == 10.0
    assert float(free[1]) > 100.0


@STEADY
@given(wear=st.floats(0, 1e3), start=st.floats(0, 1), shock=st.floats(0, 5))
def test_trust_stays_between_nothing_and_everything_property(
    wear: float, start: float, shock: float
) -> None:
    """Property: bounded for any wear; without wear it comes back."""
    p = medians()
    worn = trust.Wear(1e3 * wear * ONE, wear * ONE, 1.0, shock)
    after = float(trust.next_trust_loss(start * ONE, worn, 1.0, p)[0])
    rested = trust.next_trust_loss(start * ONE, trust.Wear(0.0, 0.0, 0.0, 0.0), 1.0, p)
    assert 0.0 <= after <= 1.0
    assert after >= float(rested[0])
    assert float(rested[0]) == pytest.approx(start * np.exp(-1 / 250), abs=1e-12)


def test_haven_first_trust_later_signs_property() -> None:
    """Property: risk-off lowers Treasury yields, lost trust raises them, the same at all tenors."""
    p = medians()
    haven = run(days(2, haven_shock_bp=[30.0, 0.0]), p)[1].yields_pct[0, 0]
    lost = run(days(2, trust_shock=[0.2, 0.0]), p)[1].yields_pct[0, 0]
    base = run(days(2), p)[1].yields_pct[0, 0]
    np.testing.assert_allclose(100 * (haven - base), -30.0, atol=1e-9)
    np.testing.assert_allclose(100 * (lost - base), 90 * (1 - np.exp(-0.2)), rtol=1e-6)


def test_swap_shock_opens_the_wedge_by_its_own_size() -> None:
    """Second route: 20 bp imposed is 20 bp seen, though it enters as a sale of X."""
    seen = run(days(3, swap_shock_bp=[20.0, 0, 0]), medians())[1]
    assert float(seen.D_bp[0, 0]) == pytest.approx(20.0, abs=0.05)
    # April 2025 on official flows plus such a shock: dysfunction about .10
    assert float(seen.dysfunction[0, 0]) == pytest.approx(0.10, abs=0.015)
