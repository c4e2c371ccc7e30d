from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pytest

from ustress.core.panel import Dates, Panel, Series, SeriesInfo
from ustress.data.catalogue import catalogue
from ustress.data.store import Store

Made = Mapping[str, tuple[Iterable[str], Iterable[float]]]


def make_series(info: SeriesInfo, days: Iterable[str], values: Iterable[float]) -> Series:
    """A series known the day after each observation."""
    dates = np.array(list(days), dtype="datetime64[D]")
    known: Dates = (dates + np.timedelta64(1, "D")).astype("datetime64[D]")
    return Series(info, dates, np.array(list(values), float), known, np.zeros(dates.size, bool))


def panel_from(as_of: date, series: Mapping[str, Series]) -> Panel:
    """A panel holding exactly `series`, the rest of the catalogue empty."""
    infos = dict(catalogue())

    def load(names: tuple[str, ...]) -> dict[str, Series]:
        return {n: series.get(n) or make_series(infos[n], (), ()) for n in names}

    return Panel(as_of, as_of - timedelta(days=1), infos, load)


@pytest.fixture(name="panel_from")
def _panel_from() -> Callable[[date, Mapping[str, Series]], Panel]:
    return panel_from


@pytest.fixture
def make_panel() -> Callable[[str, Made], Panel]:
    def make(as_of: str, made: Made) -> Panel:
        infos = catalogue()
        return panel_from(
            date.fromisoformat(as_of), {n: make_series(infos[n], *made[n]) for n in made}
        )

    return make


@lru_cache(maxsize=8)
def _figures_on(day: str) -> Panel:
    return Store().panel(date.fromisoformat(day))


@pytest.fixture(scope="session")
def figures_on() -> Callable[[str], Panel]:
    return _figures_on
