from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.dates import business_days
from ustress.core.errors import BadInputError
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.outcomes.debt_profile import TENORS_YEARS, DebtProfile, debt_profile
from ustress.outcomes.debt_roll import MONTHS, Plan, Roll, roll
from ustress.outcomes.federal_interest import federal_interest, parallel_shift

DAYS = business_days(date(2025, 4, 11), 61)
Monthly = Callable[[str, np.datetime64, int], NDArray[np.float64]]


@pytest.fixture(scope="module")
def rolled(april: DebtProfile) -> Roll:
    return roll(april)


def step(bp: float) -> NDArray[np.float64]:
    return np.where(np.arange(61) > 0, 4.0 + bp / 100.0, 4.0)


def test_stocks_add_up(rolled: Roll) -> None:
    """Second route: classes rolled one by one keep their shares of a total that only borrows."""
    total = np.sum([rolled.stock_usdbn[n] for n in ("notes", "bonds")], axis=0)
    growth = rolled.stock_usdbn["bills"] / rolled.profile.totals_usdbn["bills"]
    coupons = rolled.profile.totals_usdbn["notes"] + rolled.profile.totals_usdbn["bonds"]
    np.testing.assert_allclose(total, coupons * growth, rtol=1e-10)
    assert (rolled.issued_usdbn > 0.0).all()


def test_interest_of_held_yields_by_a_second_route(april: DebtProfile) -> None:
    """Second route: securities one by one, month by month, against the linear kernel (notes)."""
    plan = Plan(months=48, net_borrowing_usdbn=(0.0,) * 48)
    result = roll(april, plan)
    y = np.linspace(3.0, 5.0, 48)[:, None] + 0.1 * np.arange(len(TENORS_YEARS))
    book = [
        (k, float(p), float(c))
        for k, (p, c) in enumerate(zip(*april.ladders["notes"], strict=True))
        if p > 0.0
    ]
    bonds_due = april.ladders["bonds"].par_usdbn
    for t in range(48):
        paid = sum(p * c for end, p, c in book if end >= t) / 1200.0
        assert paid == pytest.approx(float(result.interest_usdbn(y)["notes"][t]), rel=1e-9)
        due = sum(p for end, p, _ in book if end == t) + bonds_due[t]
        for i, life in enumerate((2, 3, 5, 7, 10)):
            sold = due * float(april.issuance_shares[i])
            book.append((t + 12 * life, sold, float(y[t, 4 + i])))


def test_no_change_costs_nothing_and_a_step_what_the_shift_says(rolled: Roll) -> None:
    """Analytic limit: a lasting step in every tenor is the parallel shift but for April's days."""
    quiet = federal_interest(rolled, DAYS, {10.0: np.full((3, 61), 4.48)})
    assert (quiet.extra_usdbn == 0.0).all()
    assert quiet.years == tuple(range(1, 11))
    moved = federal_interest(rolled, DAYS, {0.25: step(100), 10.0: step(100)})
    full = parallel_shift(rolled, 100.0)
    assert (moved.extra_usdbn[0] < full).all()
    np.testing.assert_allclose(moved.extra_usdbn[0, 2:], full[2:], rtol=0.03)


def test_without_a_short_yield_bills_stay_and_it_says_so(rolled: Roll) -> None:
    long_only = federal_interest(rolled, DAYS, {2.0: step(100), 10.0: step(100)})
    both = federal_interest(rolled, DAYS, {0.25: step(100), 10.0: step(100)})
    assert (long_only.extra_usdbn < 0.8 * both.extra_usdbn).all()
    assert any("bills and floaters stay" in a for a in long_only.about.assumptions)
    assert not any("bills and floaters stay" in a for a in both.about.assumptions)


def test_bills_and_floaters_follow_a_short_yield(april: DebtProfile) -> None:
    """Analytic: once reset, floaters and bills of up to three months cost all of a step at three
    months, those of six months 6/7 of it and those of a year 4/7, interpolated to two years."""
    result = roll(april, Plan(finance_extra=False))
    still = {years: np.full(61, 4.0) for years in (2.0, 10.0)}
    moved = federal_interest(result, DAYS, {0.25: step(100), **still})
    share = 0.11 + 0.34 + 0.40 * 6 / 7 + 0.15 * 4 / 7
    stock = result.stock_usdbn["bills"] * share + result.stock_usdbn["frn"]
    expected = stock[:-1].reshape(-1, 12).sum(axis=1) / 1200.0
    np.testing.assert_allclose(moved.extra_usdbn[0, 2:], expected[2:10], rtol=1e-12)
    assert 0.4 * expected[0] < moved.extra_usdbn[0, 0] < expected[0]


def test_what_is_common_leaves_a_difference_alone(rolled: Roll) -> None:
    """Property: on common shocks a short yield widens every path's interest, and the difference
    of two scenarios whose yields differ from ten years on is the same with it and without."""
    rng = np.random.default_rng(np.random.Philox(11))
    walks = {years: 4.0 + np.cumsum(0.05 * rng.standard_normal((40, 61)), axis=1)
             for years in (0.25, 2.0, 10.0)}  # fmt: skip
    notes = {years: walks[years] for years in (2.0, 10.0)}
    sold = {**walks, 10.0: walks[10.0] + np.linspace(0.0, 0.2, 61)}

    def interest(yields: dict[float, NDArray[np.float64]]) -> NDArray[np.float64]:
        return federal_interest(rolled, DAYS, yields).extra_usdbn

    with_bills = interest(sold) - interest(walks)
    np.testing.assert_allclose(with_bills, interest({2.0: walks[2.0], 10.0: sold[10.0]})
                               - interest(notes), atol=1e-9)  # fmt: skip
    assert (with_bills[:, 1:] > 0.0).all()
    assert (interest(walks).std(axis=0) > 1.1 * interest(notes).std(axis=0)).all()


def test_linear_in_the_path(rolled: Roll) -> None:
    """Property: the sum of two moves costs the sum of their costs."""
    rng = np.random.default_rng(np.random.Philox(3))
    a, b = (4.0 + np.cumsum(0.05 * rng.standard_normal((5, 61)), axis=1) for _ in range(2))
    cost = [federal_interest(rolled, DAYS, {2.0: p, 10.0: p}).extra_usdbn for p in (a, b, a + b)]
    np.testing.assert_allclose(cost[0] + cost[1], cost[2], atol=1e-9)


def test_borrowing_the_interest_compounds_it(april: DebtProfile) -> None:
    """Second route: the recursion E_t + r sum of all before, month by month."""
    plain = roll(april, Plan(finance_extra=False))
    r = float(april.issuance_shares @ april.opening_pct[4:]) / 1200.0
    monthly = np.sum([k.sum(axis=(1, 2)) for k in plain.kernel.values()], axis=0)
    total = np.zeros(MONTHS)
    for t in range(MONTHS):
        total[t] = monthly[t] + r * total[:t].sum()
    expected = total[:120].reshape(10, 12).sum(axis=1)
    np.testing.assert_allclose(parallel_shift(roll(april), 100.0), expected, rtol=1e-10)
    assert (parallel_shift(plain, 100.0)[1:] < expected[1:]).all()


def test_fading_and_fiscal_years(rolled: Roll) -> None:
    held = federal_interest(rolled, DAYS, {10.0: step(50)})
    fading = federal_interest(rolled, DAYS, {10.0: step(50)}, fade_half_life_years=0.5)
    assert 0.0 < fading.extra_usdbn[0, -1] < 0.3 * held.extra_usdbn[0, -1]
    fiscal = federal_interest(rolled, DAYS, {10.0: step(50)}, fiscal_years=True)
    assert fiscal.years == tuple(range(2025, 2036))
    # Six months of fiscal 2025 are left; two half years make up the first year from April.
    assert fiscal.extra_usdbn[0, 0] < held.extra_usdbn[0, 0] < fiscal.extra_usdbn[0, :2].sum()
    assert fiscal.baseline_usdbn[0] == pytest.approx(fiscal.baseline_usdbn[1] / 2, rel=0.1)


def test_quantiles_and_monte_carlo_error(rolled: Roll) -> None:
    """Analytic: the error of a mean of n paths is their standard deviation over root n."""
    paths = np.stack([step(bp) for bp in range(100)])
    result = federal_interest(rolled, DAYS, {10.0: paths})
    mean, error = result.mean()
    assert error[0] == pytest.approx(result.at(1).std(ddof=1) / 10.0)
    assert result.quantile((0.05, 0.5, 0.95)).shape == (3, 10)
    assert result.quantile(0.5)[4] == pytest.approx(mean[4], rel=1e-9)
    with pytest.raises(BadInputError, match="outside 1 to 10"):
        result.at(11)


def test_the_rule_of_thumb_of_the_budget_office(rolled: Roll) -> None:
    """Published: CBO (March 2025), all rates .1 point higher, adds 184 to 388 $bn in ten years.

    Those are the smallest and the largest of the four scenarios of "How Changes in Economic
    Conditions Might Affect the Federal Budget: 2025 to 2035", of which higher rates are one;
    they count all debt and the Federal Reserve's remittances, so only the size compares.
    """
    assert 184.0 < parallel_shift(rolled, 10.0).sum() < 388.0


@pytest.mark.parametrize(
    ("opening", "tolerance_bp"),
    [
        # From 2015 the mix of issuance hardly changed: what is left is old bonds' run-off and
        # the coupons of reopened issues.
        (date(2015, 1, 30), {"notes": 12.0, "bonds": 8.0, "bills": 6.0}),
        # In 2020 the Treasury borrowed 2.5 trillion in bills within four months and then doubled
        # the sales of long bonds; the roll keeps shares and mix of 2019, which costs up to a
        # quarter point on bonds.
        (date(2020, 1, 31), {"notes": 20.0, "bonds": 30.0, "bills": 12.0}),
    ],
)
def test_rolled_forward_with_the_yields_that_came(
    opening: date,
    tolerance_bp: dict[str, float],
    panel_on: Callable[[date], Panel],
    monthly: Monthly,
) -> None:
    """Published: average rates one to five years on, against the Treasury's; better than no roll.

    Yields and total borrowing are those that came; issuance mix and class shares stay as opened.
    """
    profile = debt_profile(panel_on(opening))
    names = [f"ust.par.{t}" for t in ("1m", "3m", "6m", "1y", "2y", "3y", "5y", "7y")]
    names += ["ust.par.10y", "ust.par.20y", "ust.par.30y"]
    yields = np.column_stack([monthly(n, profile.month, 60) for n in names])
    borrowed = np.diff(monthly("debt.public.marketable", profile.month - 1, 61))
    result = roll(profile, Plan(months=60, net_borrowing_usdbn=tuple(borrowed)))
    rates = result.average_rate_pct(yields)
    for name, tolerance in tolerance_bp.items():
        published = monthly(f"debt.rate.{name}", profile.month, 60)
        miss = 100.0 * (rates[name] - published)[11::12]
        unrolled = 100.0 * (profile.rates_pct[name] - published)[11::12]
        assert np.abs(miss).max() < tolerance, (name, miss)
        assert np.sqrt(np.mean(miss**2)) < 0.5 * np.sqrt(np.mean(unrolled**2)), name


def test_refuses_what_does_not_fit(rolled: Roll, april: DebtProfile) -> None:
    with pytest.raises(BadInputError, match="at least one tenor"):
        federal_interest(rolled, DAYS, {})
    with pytest.raises(BadInputError, match="same number of paths"):
        federal_interest(rolled, DAYS, {2.0: np.zeros((2, 61)), 10.0: np.zeros((3, 61))})
    with pytest.raises(BadInputError, match="begins in 2024-04"):
        federal_interest(rolled, business_days(date(2024, 4, 11), 61), {10.0: step(1)})
    with pytest.raises(BadInputError, match="surplus"):
        roll(april, Plan(deficit_pct_gdp=-60.0))
    with pytest.raises(BadInputError, match="12 or more months"):
        roll(april, Plan(months=3))


def test_the_label(rolled: Roll) -> None:
    about = federal_interest(rolled, DAYS, {10.0: step(10)}).about
    assert about.evidence is Evidence.ASSUMED
    assert about.cannot_say
    assert "5.9 % of GDP" in " ".join(about.assumptions)
