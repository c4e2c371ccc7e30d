"""Dysfunction measured: the wedge from a reader's swap spreads, or named as missing."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ustress.core.dates import business_days
from ustress.model.dysfunction import WEDGE_HALF_BP, WEIGHTS
from ustress.workflows import functioning

DAY = date(2025, 4, 11)


def panel_with(values: Any) -> Any:
    days = business_days(date(2024, 12, 16), 200)
    days = days[days <= np.datetime64(DAY)][-len(values) :]
    series = SimpleNamespace(
        dates=days,
        values=np.asarray(values, float),
        index_on_or_before=lambda day: int(np.searchsorted(days, np.datetime64(day), "right")) - 1,
    )
    return SimpleNamespace(get=lambda name: series)


def test_a_fall_of_the_swap_spread_is_the_wedge_analytic() -> None:
    """Analytic: 20 bp below a flat quarter; too short a history gives nothing."""
    flat = [-40.0] * 70
    assert functioning._wedge_bp(panel_with([*flat, -60.0]), DAY) == pytest.approx(20.0)
    assert functioning._wedge_bp(panel_with([-40.0] * 30), DAY) is None
    assert functioning._wedge_bp(SimpleNamespace(get=lambda name: None), DAY) is None  # type: ignore[arg-type]


def test_the_wedge_enters_s_with_its_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Second route: without it the bounds are its weight apart; with it, by its own formula."""
    without = functioning.measured_dysfunction(DAY)
    assert "wedge" in without.missing
    monkeypatch.setattr(functioning, "_wedge_bp", lambda panel, day: 20.0)
    found = functioning.measured_dysfunction(DAY)
    assert "wedge" not in found.missing
    expected = WEIGHTS[2] * 20.0 / (20.0 + WEDGE_HALF_BP)
    assert without.low is not None
    assert found.low == pytest.approx(without.low + expected)
    assert found.high == pytest.approx(found.low)


def test_bought_or_not_the_measured_index_alone_does_not_tell() -> None:
    """The record: 18 September 2019 (nothing bought) stands above 18 March 2020 (bought)."""
    repo, bought = (functioning.measured_dysfunction(d) for d in ("2019-09-18", "2020-03-18"))
    assert repo.low is not None
    assert bought.low is not None
    assert repo.low > bought.low > 0.1
