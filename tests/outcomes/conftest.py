"""The past as it was seen, and profiles built from it, shared by the tests of outcomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.panel import Panel
from ustress.data.store import Store
from ustress.outcomes.debt_profile import DebtProfile, debt_profile

Monthly = Callable[[str, np.datetime64, int], NDArray[np.float64]]
APRIL_2025 = date(2025, 4, 11)


@lru_cache(maxsize=8)
def _panel(day: date) -> Panel:
    return Store().panel(day)


@pytest.fixture(scope="session")
def panel_on() -> Callable[[date], Panel]:
    return _panel


@pytest.fixture(scope="session")
def april() -> DebtProfile:
    return debt_profile(_panel(APRIL_2025))


@pytest.fixture(scope="session")
def monthly() -> Monthly:
    """Monthly means of a series as known today, NaN where a month has none."""

    def of(name: str, first: np.datetime64, months: int) -> NDArray[np.float64]:
        series = _panel(date(2026, 8, 1))[name]
        month = series.dates.astype("datetime64[M]")
        inside = [series.values[month == first + i] for i in range(months)]
        return np.array([v.mean() if v.size else np.nan for v in inside])

    return of
