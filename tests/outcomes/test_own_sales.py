"""Losses of a holder who sells on the way."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from outcomes.courses import DAYS, LAST, single, walks
from ustress.core.panel import Panel
from ustress.outcomes.course import of_run
from ustress.outcomes.groups import Setting, group
from ustress.outcomes.own_sales import lost

LOSS = np.array([[0.0, 1.0, 3.0, 2.0]])


def test_by_hand() -> None:
    """Analytic: of 100, 20 sold at a loss of 1 % and 30 at 3 %, the other 50 down 2 %."""
    found = lost(100.0, np.array([[0.0, -20.0, -50.0, -50.0]]), LOSS)
    assert found.realised_usdbn[0] == pytest.approx(0.2 + 0.9)
    assert found.unrealised_usdbn[0] == pytest.approx(1.0)
    assert found.whole_usdbn[0] == pytest.approx(2.1)


def test_who_holds_throughout_has_realised_nothing() -> None:
    """Limit: no sale, and a path that tells nothing of sales."""
    for bought in (None, np.zeros((1, 4))):
        found = lost(100.0, bought, LOSS)
        assert found.realised_usdbn[0] == 0.0
        assert found.unrealised_usdbn[0] == pytest.approx(2.0)


def test_who_sells_all_has_nothing_left_to_lose() -> None:
    """Limit: all sold on the first day loses that day's price and no more."""
    found = lost(100.0, np.array([[0.0, -100.0, -100.0, -100.0]]), LOSS)
    assert found.realised_usdbn[0] == pytest.approx(1.0)
    assert found.unrealised_usdbn[0] == 0.0


def test_what_is_bought_back_loses_from_its_own_day_on() -> None:
    """Second route: wealth, marked at the day's prices, less what was paid for it."""
    bought = np.array([[0.0, -40.0, -10.0, -10.0]])
    price = 1.0 - LOSS[0] / 100.0
    flows = np.diff(bought[0])
    paid = 100.0 + float(flows @ price[1:])
    # Units: opening value; what is bought on a day is par of the opening's price.
    worth = (100.0 + bought[0, -1]) * price[-1]
    assert lost(100.0, bought, LOSS).whole_usdbn[0] == pytest.approx(paid - worth)


def test_a_holder_of_a_run(panel_on: Callable[[date], Panel]) -> None:
    """Property: the two parts are the whole; who sells into falling prices loses less."""
    setting = Setting(panel_on(date(2025, 4, 11)))
    found = group("foreign_reserves", setting, of_run(walks(30)))
    for key in ("china", "japan", "official"):
        whole, *parts = (
            found.row(f"foreign_reserves.{key}_{part}.d{LAST}")
            for part in ("loss", "realised", "unrealised")
        )
        values = [p.value for p in parts if p is not None and p.value is not None]
        assert whole is not None
        assert len(values) == 2
        assert sum(values) == pytest.approx(whole.value)


def test_china_by_hand(panel_on: Callable[[date], Panel]) -> None:
    """Second route: half of $760.8bn sold half way up a straight rise of yields."""
    up = np.linspace(4.0, 5.0, DAYS.size)
    half = LAST // 2
    sold = np.where(np.arange(DAYS.size) >= half, -380.4, 0.0)
    run = single(**{f"ust_{t}": up for t in ("2y", "5y", "10y", "30y")}, held_china=sold)
    found = group("foreign_reserves", Setting(panel_on(date(2025, 4, 11))), run)

    def loss(rate: float) -> float:
        """Of a bond of each maturity with a coupon of 4 % at `rate`, weighted."""
        total = 0.0
        for years, share in ((2, 0.30), (5, 0.35), (9, 0.25), (25, 0.10)):
            v = (1.0 + rate / 200.0) ** -np.arange(1, 2 * years + 1)
            total += share * (100.0 - 2.0 * v.sum() - 100.0 * v[-1])
        return total / 100.0

    expected = {"realised": 380.4 * loss(up[half]), "unrealised": 380.4 * loss(5.0)}
    for part, value in expected.items():
        row = found.row(f"foreign_reserves.china_{part}.d{LAST}")
        assert row is not None
        assert row.value == pytest.approx(value, rel=1e-3)
