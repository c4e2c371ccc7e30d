"""Svensson fits: known curves recovered, limits, second routes, gaps, independence of days."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import least_squares

from ustress.core.errors import BadInputError
from ustress.curves import fit_basis
from ustress.curves.fit_par import par_map
from ustress.curves.fit_step import on_par_yields
from ustress.curves.svensson import SvenssonCurves, fit_svensson

Floats = NDArray[np.float64]

TENORS = np.array([0.25, 0.5, 1, 2, 3, 5, 7, 10, 20, 30])
# US Treasury, daily par yield curve rates, at these tenors: 11 April 2025, 18 March 2020,
# 27 June 2007, 15 August 1996.
DAYS = np.array(
    [
        [4.34, 4.21, 4.04, 3.96, 3.98, 4.15, 4.32, 4.48, 4.91, 4.85],
        [0.02, 0.08, 0.21, 0.54, 0.66, 0.79, 1.08, 1.18, 1.60, 1.77],
        [4.76, 4.94, 4.93, 4.87, 4.89, 4.95, 5.00, 5.09, 5.27, 5.20],
        [5.20, 5.35, 5.71, 6.08, 6.26, 6.45, 6.56, 6.63, 6.99, 6.80],
    ]
)
AT = np.array([0.25, 1.0, 2.5, 5.0, 8.0, 10.0, 15.0, 25.0, 30.0])


def curves_of(theta: Floats) -> SvenssonCurves:
    n = theta.shape[0]
    return SvenssonCurves(theta, np.zeros(n), np.full(n, 10), np.full(n, 30.0))


def drawn(n: int, seed: int) -> Floats:
    """Curves with well separated decays and humps of both signs."""
    rng = np.random.default_rng(seed)
    level, slope = rng.uniform(2, 8, n), rng.uniform(-4, 1, n)
    humps = rng.uniform(0.8, 4, (2, n)) * rng.choice([-1.0, 1.0], (2, n))
    tau1 = rng.uniform(0.6, 2.5, n)
    ratio = rng.uniform(3.0, 6.0, n)
    return np.column_stack([level, slope, *humps, np.log(tau1), np.log(ratio)])


def test_simulated_parameters_are_recovered() -> None:
    """Property: from par yields without error the curve comes back, decays included.

    Some searches end in a neighbouring minimum; its error is below 0.5 bp, about what rounding
    published yields to two decimals does (0.29 bp), and its yields are the curve's within 2 bp.
    """
    theta = drawn(120, 7)
    true = curves_of(theta)
    found = fit_svensson(TENORS, true.par(TENORS))
    exact = found.rmse_bp < 1e-4
    assert exact.mean() > 0.8
    assert found.rmse_bp.max() < 0.5
    np.testing.assert_allclose(found.yields_cc(AT), true.yields_cc(AT), atol=0.02)
    np.testing.assert_allclose(found.theta[exact], theta[exact], atol=2e-3)
    np.testing.assert_allclose(found.yields_cc(AT)[exact], true.yields_cc(AT)[exact], atol=1e-4)


def test_flat_curve() -> None:
    """Analytic limit: flat par yields y give zero yields and forwards of 2 log(1 + y/2).

    Three-month simple interest does not lie on that line, by y^2/8 or 0.02 bp at 4 %.
    """
    found = fit_svensson(TENORS, np.array([np.full(10, 4.0), np.full(10, 0.5)]))
    flat = 200.0 * np.log1p(np.array([4.0, 0.5]) / 200.0)
    assert found.rmse_bp.max() < 0.05
    np.testing.assert_allclose(found.yields_cc(AT[1:]), np.repeat(flat[:, None], 8, 1), atol=2e-3)
    np.testing.assert_allclose(found.forward(5.0, 10.0), flat, atol=1e-3)


def test_par_yields_by_a_second_route() -> None:
    """Second route: a bond with the par yield as coupon, payment by payment, is worth 100."""
    curves = curves_of(drawn(5, 3))
    par = curves.par(TENORS)
    for day in range(5):
        for j, tenor in enumerate(TENORS):
            if tenor <= 1.0:  # a bill: simple interest to half a year, then again
                growth = (1 + par[day, j] / 100 * min(tenor, 0.5)) ** (2 if tenor == 1.0 else 1)
                price = float(np.exp(-tenor * curves.yields_cc(tenor)[day, 0] / 100.0))
                assert growth * price == pytest.approx(1.0, abs=1e-12)
                continue
            pays = np.arange(1, round(2 * tenor) + 1) / 2.0
            discount = np.exp(-pays * curves.yields_cc(pays)[day] / 100.0)
            value = float((par[day, j] / 2.0 * discount).sum() + 100.0 * discount[-1])
            assert value == pytest.approx(100.0, abs=1e-10)


def test_gradient_by_a_second_route() -> None:
    """Second route: slopes of the par yields against central differences."""
    theta, mapped = drawn(4, 11), par_map(TENORS)
    par = np.zeros((4, TENORS.size))
    slopes = on_par_yields(mapped, par, theta).slopes
    for k in range(6):
        step = np.zeros(6)
        step[k] = 1e-6
        up = on_par_yields(mapped, par, theta + step).residual
        down = on_par_yields(mapped, par, theta - step).residual
        np.testing.assert_allclose(slopes[k], (up - down) / 2e-6, atol=2e-7)


def test_forwards_by_a_second_route() -> None:
    """Second route: instantaneous forwards integrate to the forward rate between two dates."""
    curves = curves_of(drawn(3, 5))
    grid = np.linspace(5.0, 10.0, 2001)
    integral = np.trapezoid(curves.instantaneous(grid), grid, axis=1) / 5.0
    np.testing.assert_allclose(curves.forward(5.0, 10.0), integral, atol=1e-6)


def test_no_better_curve_by_a_second_route() -> None:
    """Second route: scipy's trust region from twelve starts finds nothing better by 0.1 bp."""
    found, mapped = fit_svensson(TENORS, DAYS), par_map(TENORS)
    low = np.array([-1e4, -1e4, -1e4, -1e4, np.log(0.2), np.log(1.5)])
    for day in range(len(DAYS)):

        def miss(theta: Floats, par: Floats = DAYS[day : day + 1]) -> Floats:
            return np.asarray(on_par_yields(mapped, par, theta[None, :]).residual[0])

        best = np.inf
        for tau1 in (0.4, 1.0, 2.5):
            for ratio in (2.0, 4.0, 7.0, 11.0):
                start = np.array([4.0, -1.0, 0.1, 0.1, np.log(tau1), np.log(ratio)])
                high = np.array([1e4, 1e4, 1e4, 1e4, np.log(10.0), np.log(30.0)])
                done = least_squares(miss, start, bounds=(low, high), max_nfev=60)
                tau2 = np.exp(done.x[4] + done.x[5])
                if tau2 <= 30.0:
                    best = min(best, 100.0 * float(np.sqrt(np.mean(done.fun**2))))
        assert found.rmse_bp[day] < best + 0.1


def test_missing_tenors() -> None:
    """No 20-year (before October 1993) and no 30-year (2002 to 2006): close to the whole curve."""
    par = np.repeat(DAYS[:1], 5, axis=0)
    par[1, 8], par[2, 9], par[3, :4], par[4, 7:] = np.nan, np.nan, np.nan, np.nan
    found = fit_svensson(TENORS, par)
    np.testing.assert_allclose(
        found.yields_cc(AT[:6])[1:3], found.yields_cc(AT[:6])[[0, 0]], atol=0.1
    )
    assert found.tenors.tolist() == [10, 9, 9, 6, 7]
    assert found.longest_years.tolist() == [30.0, 30.0, 20.0, 30.0, 7.0]
    assert np.isnan(found.rmse_bp[3:]).all(), "six tenors are too few; seven years too short"
    assert np.isnan(found.theta[3:]).all()
    assert np.isnan(found.yields_cc(AT)[3:]).all()


def test_a_slip_in_the_figures_is_not_fitted() -> None:
    par = DAYS.copy()
    par[0, 7] = 448.0
    found = fit_svensson(TENORS, par)
    assert np.isnan(found.rmse_bp[0])
    assert np.isfinite(found.rmse_bp[1:]).all()


def test_negative_yields_are_fitted() -> None:
    found = fit_svensson(TENORS, DAYS[1:2] - 1.5)
    assert float(found.rmse_bp[0]) < 15.0
    np.testing.assert_allclose(found.par(TENORS), DAYS[1:2] - 1.5, atol=0.2)


def test_a_day_does_not_depend_on_the_days_beside_it() -> None:
    """Property: to the bit in a longer history, to rounding in any order."""
    rng = np.random.default_rng(5)
    par = DAYS[rng.integers(0, 4, 600)] + np.round(rng.normal(0, 0.03, (600, 10)), 2)
    par[rng.integers(0, 600, 40), 8] = np.nan
    whole = fit_svensson(TENORS, par)
    head = fit_svensson(TENORS, par[:300])
    np.testing.assert_array_equal(head.theta, whole.theta[:300])
    shuffled = rng.permutation(600)[:40]
    alone = fit_svensson(TENORS, par[shuffled])
    np.testing.assert_allclose(alone.rmse_bp, whole.rmse_bp[shuffled], atol=1e-6)


@settings(max_examples=15)
@given(st.lists(st.floats(-3.0, 18.0), min_size=10, max_size=10))
def test_any_yields_give_a_curve(values: list[float]) -> None:
    """Property: however odd the yields, the error is finite and below that of the best level."""
    par = np.round(np.array([values]), 2)
    found = fit_svensson(TENORS, par)
    assert np.isfinite(found.theta).all()
    tau1, tau2 = found.decays_years
    assert 0.2 - 1e-9 <= float(tau1[0]) <= 10.0 + 1e-9
    assert float(tau2[0]) <= 30.0 + 1e-9
    flat = 200.0 * np.log1p(np.mean(par) / 200.0)
    level = curves_of(np.array([[flat, 0.0, 0.0, 0.0, 0.0, 1.0]])).par(TENORS)
    assert float(found.rmse_bp[0]) <= 100.0 * float(np.sqrt(np.mean((level - par) ** 2))) + 1e-6


def test_zero_maturity_is_the_short_rate() -> None:
    """Analytic limit: z(0) = b0 + b1, and the forward there is the same."""
    theta = drawn(3, 2)
    curves = curves_of(theta)
    np.testing.assert_allclose(curves.yields_cc(0.0)[:, 0], theta[:, 0] + theta[:, 1], atol=1e-12)
    np.testing.assert_allclose(curves.instantaneous(0.0), curves.yields_cc(0.0), atol=1e-12)
    near = fit_basis.yields(theta, np.array([1e-9]))
    np.testing.assert_allclose(near, curves.yields_cc(0.0), atol=1e-7)


@pytest.mark.parametrize(
    ("tenors", "columns", "words"),
    [
        (TENORS[::-1], 10, "ascending"),
        (TENORS, 9, "one column for each tenor"),
        (np.array([0.25, 1.0, 2.25]), 3, "half a year"),
        (np.array([-1.0, 1.0]), 2, "positive"),
    ],
)
def test_bad_input(tenors: Floats, columns: int, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        fit_svensson(tenors, np.full((2, columns), 4.0))


def test_maturities_and_forwards_are_checked() -> None:
    found = fit_svensson(TENORS, DAYS)
    with pytest.raises(BadInputError, match="zero or more"):
        found.yields_cc(-1.0)
    with pytest.raises(BadInputError, match="earlier to the later"):
        found.forward(5.0, 5.0)
