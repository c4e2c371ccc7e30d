import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ustress.core.errors import BadInputError
from ustress.curves.bonds import (
    bond_price,
    dv01_usdmn_per_bn,
    flow_risk,
    par_bond_convexity,
    par_bond_duration,
    ten_year_equivalents,
)

lives = st.integers(1, 60).map(lambda n: n / 2.0)
yields = st.floats(-0.5, 16.0)


def cash_flow_price(coupon_pct: float, yield_pct: float, years: float) -> float:
    """The price per 100 straight from the definition: each payment discounted."""
    n = round(2 * years)
    pays = np.full(n, coupon_pct / 2.0)
    pays[-1] += 100.0
    return float(np.sum(pays * (1.0 + yield_pct / 200.0) ** -np.arange(1, n + 1)))


def test_textbook_values() -> None:
    """Analytic: a ten-year at 4 % has modified duration (1 - 1.02^-20)/.04 = 8.1757 years."""
    assert float(par_bond_duration(4.0, 10.0)) == pytest.approx((1 - 1.02**-20) / 0.04, abs=1e-12)
    assert float(par_bond_duration(4.0, 10.0)) == pytest.approx(8.18, abs=0.005)
    assert float(bond_price(4.0, 4.0, 10.0)) == pytest.approx(100.0, abs=1e-12)
    # Half a year at zero yield: one payment, duration its time, convexity n (n + 1) / 4.
    assert float(par_bond_duration(0.0, 0.5)) == pytest.approx(0.5)
    assert float(par_bond_convexity(0.0, 10.0)) == pytest.approx(20 * 21 / 4)


@example(coupon=2.0, yield_pct=5.599452477177956e-09, years=15.0)  # a yield next to nothing
@given(st.floats(0.0, 16.0), yields, lives)
def test_price_equals_the_sum_of_its_discounted_payments(
    coupon: float, yield_pct: float, years: float
) -> None:
    """Second route: the closed form against the payments one by one."""
    expected = cash_flow_price(coupon, yield_pct, years)
    assert float(bond_price(coupon, yield_pct, years)) == pytest.approx(expected, rel=1e-10)


@given(yields, lives)
def test_duration_and_convexity_are_the_price_s_derivatives(y: float, years: float) -> None:
    """Second route: central differences of the price of a par bond."""
    step = 0.01
    up, mid, down = (cash_flow_price(y, y + d, years) for d in (step, 0.0, -step))
    slope = -(up - down) / (2 * step) / mid * 100.0
    bend = (up - 2 * mid + down) / step**2 / mid * 1e4
    assert float(par_bond_duration(y, years)) == pytest.approx(slope, rel=1e-5)
    assert float(par_bond_convexity(y, years)) == pytest.approx(bend, rel=1e-3)


@given(st.floats(-1e-7, 1e-7), lives)
def test_smooth_through_zero_yield(y: float, years: float) -> None:
    """Analytic limit: at a yield of zero duration is the life, convexity n (n + 1) / 4."""
    n = 2 * years
    assert float(par_bond_duration(y, years)) == pytest.approx(years, rel=1e-6)
    assert float(par_bond_convexity(y, years)) == pytest.approx(n * (n + 1) / 4, rel=1e-5)


def test_risk_of_a_flow_by_one_convention() -> None:
    """Analytic: $100bn of duration 8.5 are 100 of ten-years and lose $85mn a basis point."""
    risk = flow_risk(100.0, 8.5)
    assert float(risk.ten_year_usdbn) == pytest.approx(100.0)
    assert float(risk.dv01_usdmn) == pytest.approx(85.0)
    assert float(ten_year_equivalents(-50.0, 4.25)) == pytest.approx(-25.0)
    loss = 10.0 * (cash_flow_price(4.0, 4.0, 10.0) - cash_flow_price(4.0, 4.01, 10.0))
    assert float(dv01_usdmn_per_bn(4.0, 10.0)) == pytest.approx(loss, rel=1e-3)


@pytest.mark.parametrize("years", [0.0, -1.0, 0.3, np.nan, np.inf])
def test_refuses_a_life_that_is_no_number_of_half_years(years: float) -> None:
    with pytest.raises(BadInputError, match="half a year"):
        par_bond_duration(4.0, years)


@pytest.mark.parametrize("yield_pct", [-200.0, np.nan, np.inf])
def test_refuses_a_yield_without_meaning(yield_pct: float) -> None:
    with pytest.raises(BadInputError, match="yield"):
        bond_price(4.0, yield_pct, 10.0)
