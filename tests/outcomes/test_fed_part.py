"""What the Federal Reserve receives of federal interest and pays on reserves."""

from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from outcomes.courses import DAYS, LAST, single, step
from ustress.core.panel import Panel
from ustress.outcomes.assumptions import Assumptions
from ustress.outcomes.budget import budget, federal
from ustress.outcomes.debt_profile import DebtProfile
from ustress.outcomes.debt_roll import Plan, Roll, roll
from ustress.outcomes.fed_itself import fed_itself
from ustress.outcomes.fed_part import FedBook, bought, fed_book, paid, received
from ustress.outcomes.federal_interest import by_year, federal_interest, moves

APRIL = date(2025, 4, 11)
STEPS = {0.25: step(1.0, 4.3), 2.0: step(0.5, 3.9), 10.0: step(-0.2, 4.4)}


@pytest.fixture(scope="module")
def still(april: DebtProfile) -> Roll:
    """No new borrowing, so that stocks stay as they opened."""
    return roll(april, Plan(finance_extra=False, net_borrowing_usdbn=(0.0,) * 132))


def along(rolled: Roll, response: NDArray[np.float64]) -> NDArray[np.float64]:
    moved = moves(DAYS, STEPS)
    found = by_year(rolled, moved, response, fiscal_years=True, fade=float("inf"))
    return np.asarray(found[0])


def test_the_book_of_april_2025(panel_on: Callable[[date], Panel], april: DebtProfile) -> None:
    """Published: H.4.1 of 9 April 2025, and SOMA's own totals of that day by class, $bn."""
    book = fed_book(panel_on(APRIL), april)
    assert book is not None
    held = book.held_usdbn
    assert sum(held.values()) == pytest.approx(4219.496)
    assert held["bills"] == pytest.approx(195.343, rel=1e-4)
    assert held["notes"] + held["bonds"] == pytest.approx(3581.737, rel=1e-4)
    assert held["tips"] == pytest.approx(321.443 + 110.153, rel=1e-4)
    assert book.pays_on_usdbn == pytest.approx(3484.345 + 534.253)


def test_who_holds_everything_receives_everything(still: Roll) -> None:
    """Analytic: with the whole of every class, and no interest on interest, all that is added.

    Without borrowing every class keeps its size, and notes and bonds keep their sum.
    """
    totals = still.profile.totals_usdbn
    rest = {name: totals[name] for name in ("bills", "tips", "frn")}
    whole = received(still, rest) + (totals["notes"] + totals["bonds"]) * bought(still)
    extra = federal_interest(still, DAYS, STEPS, fiscal_years=True).extra_usdbn[0]
    np.testing.assert_allclose(along(still, whole), extra, rtol=1e-9)
    assert not along(still, received(still, dict.fromkeys(totals, 0.0))).any()
    half = along(still, received(still, {"frn": 0.5 * totals["frn"]}))
    np.testing.assert_allclose(half, 0.5 * along(still, still.kernel["frn"]), rtol=1e-9)


def test_reserves_cost_the_short_yield_at_once(still: Roll) -> None:
    """Analytic: a point more on 4,000 $bn is 40 a year, and longer yields do not enter."""
    book = FedBook(APRIL, {}, 4000.0)
    found = along(still, paid(still, book))
    np.testing.assert_allclose(found[1:], 40.0, rtol=1e-9)
    assert 15.0 < found[0] < 20.0  # what was left of fiscal 2025


def test_the_deferred_asset_grows_with_the_short_yield(panel_on: Callable[[date], Panel]) -> None:
    """Analytic: a point more for 126 of 252 days on 4,018.6 $bn of reserves and reverse repos."""
    found = []
    for by in (1.0, 0.0):
        quantities = fed_itself(single(ust_3m=step(by, 4.3)), panel_on(APRIL)).quantities
        values = next(q.values for q in quantities if q.id == f"fed.deferred_asset.d{LAST}")
        assert values is not None
        found.append(float(values[0]))
    assert found[0] - found[1] == pytest.approx(40.186 * LAST / 252, rel=1e-3)


def test_its_rows(panel_on: Callable[[date], Panel]) -> None:
    """Property: net income is what it receives less what it pays; without a short yield only the
    first is told; a purchase on the path receives more."""
    found = federal(panel_on(APRIL), Assumptions())
    rows = partial(budget, found=found, given=Assumptions())

    def of(**columns: NDArray[np.float64]) -> dict[str, float | None]:
        quantities = rows(single(**columns)).quantities
        return {q.id: None if q.values is None else float(q.values[0]) for q in quantities}

    yields = {"ust_3m": step(1.0, 4.3), "ust_2y": step(0.5, 3.9), "ust_10y": step(0.5, 4.4)}
    plain = of(**yields)
    to_fed, reserves = plain["budget.interest.to_fed"], plain["budget.fed_reserves"]
    assert to_fed is not None
    assert reserves is not None
    assert plain["budget.fed_income"] == pytest.approx(to_fed - reserves)
    assert reserves == pytest.approx(10 * 40.186, rel=1e-3)
    buys = of(**yields, fed_purchases=np.where(np.arange(LAST + 1) < LAST, 0.0, 500.0))
    assert (buys["budget.interest.to_fed"] or 0.0) > 1.05 * to_fed
    long = of(ust_2y=yields["ust_2y"], ust_10y=yields["ust_10y"])
    assert long["budget.fed_reserves"] is None
    assert long["budget.fed_income"] is None
    assert long["budget.interest.to_fed"] is not None
