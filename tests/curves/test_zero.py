import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import brentq

from ustress.core.errors import BadInputError, CannotError
from ustress.curves.hermite import hermite, monotone_slopes
from ustress.curves.zero import half_yearly_discounts, zero_curve

Floats = NDArray[np.float64]

TENORS = np.array([1 / 12, 2 / 12, 0.25, 1 / 3, 0.5, 1, 2, 3, 5, 7, 10, 20, 30])
# US Treasury, daily par yield curve, 11 April 2025 (no six-week tenor here).
APRIL_2025 = np.array(
    [4.37, 4.38, 4.34, 4.35, 4.21, 4.04, 3.96, 3.98, 4.15, 4.32, 4.48, 4.91, 4.85]
)


def smooth(level: float, slope: float, hump: float) -> Floats:
    decay = (1 - np.exp(-TENORS / 2.5)) / (TENORS / 2.5)
    return np.asarray(level - slope * decay + hump * (decay - np.exp(-TENORS / 2.5)))


smooth_curves = st.builds(smooth, st.floats(1.0, 9.0), st.floats(-1.5, 3.0), st.floats(-2.0, 2.0))


def test_flat_curve() -> None:
    """Analytic limit: at a flat bond-equivalent y the zero yield is 2 log(1 + y/2) throughout."""
    curve = zero_curve([0.5, 1, 2, 5, 10, 30], np.full(6, 4.0))
    at = np.array([0.5, 1.0, 2.0, 7.25, 10.0, 29.9])
    np.testing.assert_allclose(curve.yields_cc(at), 200 * np.log(1.02), atol=1e-9)
    np.testing.assert_allclose(curve.forward(3.0, [3.0, 4.0, 10.0]), 200 * np.log(1.02), atol=1e-9)
    np.testing.assert_allclose(curve.par([1.0, 2.0, 10.0, 17.5]), 4.0, atol=1e-10)


@given(smooth_curves)
def test_round_trip_at_the_nodes(par: Floats) -> None:
    """Property: par to zero and back returns the published yields within 1e-10."""
    np.testing.assert_allclose(zero_curve(TENORS, par).par(TENORS), par, atol=1e-10)


@given(smooth_curves)
def test_discount_factors_fall_where_forwards_are_positive(par: Floats) -> None:
    """Property: the discount function falls exactly where the forward rate is positive."""
    curve = zero_curve(TENORS, par)
    at = np.linspace(0.0, 30.0, 601)
    falls = np.diff(curve.discount(at)) < 0.0
    assert (falls == (curve.forward(at[:-1], at[1:]) > 0.0)).all()
    assert (curve.discount(at) > 0.0).all()
    rising = bool(par[0] > 0.0 and (np.diff(par) >= 0.0).all())
    assert not rising or falls.all()


@given(smooth_curves, st.floats(0.0, 29.0), st.floats(0.01, 1.0))
def test_forwards_add_up(par: Floats, start: float, length: float) -> None:
    """Property: investing to t1 and then at the forward is investing to t2."""
    curve, end = zero_curve(TENORS, par), start + length
    joined = float(curve.discount(start)) * np.exp(
        -float(curve.forward(start, end)) * length / 100.0
    )
    assert joined == pytest.approx(float(curve.discount(end)), rel=1e-12)


def test_bootstrap_by_a_second_route() -> None:
    """Second route: each discount factor found by a root search that prices its bond at 100."""
    grid = np.arange(1, 61) / 2.0
    par = hermite(TENORS, APRIL_2025, monotone_slopes(TENORS, APRIL_2025), grid)
    found = list((1 + par[:2] / 200.0) ** -np.array([1.0, 2.0]))
    for coupon in par[2:]:
        paid = sum(found)

        def miss(d: float, c: float = float(coupon) / 2, before: float = paid) -> float:
            return c * (before + d) + 100.0 * d - 100.0

        found.append(brentq(miss, 1e-6, 2.0, xtol=1e-15))
    np.testing.assert_allclose(half_yearly_discounts(par / 100.0), found, atol=1e-12)
    np.testing.assert_allclose(zero_curve(TENORS, APRIL_2025).discount(grid), found, atol=1e-12)


def test_a_bill_is_a_zero() -> None:
    """Analytic: at three months the price is 1/(1 + y/4), and the cc yield its log."""
    curve = zero_curve(TENORS, APRIL_2025)
    assert float(curve.discount(0.25)) == pytest.approx(1 / (1 + 0.0434 * 0.25), abs=1e-12)
    assert float(curve.discount(1.0)) == pytest.approx(1 / 1.0202**2, abs=1e-12)


def test_missing_tenors() -> None:
    """Published gaps: no 20-year (before October 1993), no 30-year (2002 to 2006)."""
    no_twenty = np.where(TENORS == 20, np.nan, APRIL_2025)
    curve = zero_curve(TENORS, no_twenty)
    there = TENORS != 20
    np.testing.assert_allclose(curve.par(TENORS[there]), APRIL_2025[there], atol=1e-10)
    assert 4.48 < float(curve.par(20.0)) < 4.85
    no_thirty = zero_curve(TENORS, np.where(TENORS == 30, np.nan, APRIL_2025))
    assert no_thirty.last_years == 20.0
    with pytest.raises(CannotError, match="ends at 20 years"):
        no_thirty.yields_cc(30.0)


@pytest.mark.parametrize(
    ("tenors", "par", "error", "words"),
    [
        ([2, 10], [4.0, 4.5], CannotError, "4 tenors"),
        ([0.25, 0.5, 1, 1.5], [4.0, 4.0, np.nan, np.nan], CannotError, "4 tenors"),
        ([0.25, 0.5, 0.75, 1], [4.0, 4.0, 4.0, 4.0], CannotError, "two years"),
        ([1, 2, 3, 5], [1.0, 1.0, 1.0, 90.0], CannotError, "discount factor"),
        ([1, 2, 3], [4.0, 4.0], BadInputError, "same length"),
        ([1, 3, 2, 5], [4.0, 4.0, 4.0, 4.0], BadInputError, "ascending"),
        ([1, 2.3, 3, 5], [4.0, 4.0, 4.0, 4.0], BadInputError, "multiples of half a year"),
        ([1, 2, 3, 5], [4.0, np.inf, 4.0, 4.0], BadInputError, "finite"),
    ],
)
def test_refuses(tenors: list[float], par: list[float], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        zero_curve(tenors, par)


def test_refuses_maturities_without_meaning() -> None:
    curve = zero_curve(TENORS, APRIL_2025)
    for bad in (-1.0, np.nan):
        with pytest.raises(BadInputError, match="maturity"):
            curve.discount(bad)
    with pytest.raises(BadInputError, match="positive maturity"):
        curve.par(0.0)
    with pytest.raises(BadInputError, match="earlier"):
        curve.forward(5.0, 4.0)


def test_a_day_s_curve_takes_under_a_millisecond() -> None:
    """Speed: best of fifty, so that a busy machine does not fail it."""
    best = np.inf
    for _ in range(50):
        start = time.perf_counter()
        zero_curve(TENORS, APRIL_2025)
        best = min(best, time.perf_counter() - start)
    assert best < 1e-3
