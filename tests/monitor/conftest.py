from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pytest

from ustress.core.panel import Dates, Panel, Series, SeriesInfo
from ustress.data.catalogue import catalogue
from ustress.data.store import Store
from ustress.monitor.registry import INDICATORS

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


def _made_up(panel: Panel, name: str) -> Series:
    """A walk for a series that is not embedded, on the days of one that is; made for the tests."""
    info = panel.infos[name]
    like = {"daily": "ust.par.10y", "weekly": "fed.reserves"}.get(info.frequency, "ust.par.10y")
    if name.endswith("when_issued"):
        like = name.replace("when_issued", "high_yield")
    if name == "mortgage.30y":
        like = "ust.par.10y"
    whole = _figures_on("2026-02-27")[like]
    steps = np.random.default_rng(zlib.crc32(name.encode())).normal(size=len(whole))
    values = whole.values + 0.01 * steps if name.endswith("when_issued") else 100.0 + steps.cumsum()
    seen = whole.known <= np.datetime64(panel.as_of)
    return Series(info, whole.dates[seen], values[seen], whole.known[seen], whole.known_exact[seen])


@lru_cache(maxsize=8)
def _world_on(day: str) -> Panel:
    real = _figures_on(day)
    own = {n for i in INDICATORS if i.outside for n in i.sources}

    def load(names: tuple[str, ...]) -> dict[str, Series]:
        return {
            n: real.get(n)
            or (_made_up(real, n) if n in own else make_series(real.infos[n], (), ()))
            for n in names
        }

    return Panel(real.as_of, real.latest_known, dict(real.infos), load)


@pytest.fixture(scope="session")
def world_on() -> Callable[[str], Panel]:
    """The embedded figures with made-up ones in the places that only a reader fills."""
    return _world_on


@pytest.fixture(scope="session")
def figures_on() -> Callable[[str], Panel]:
    return _figures_on
