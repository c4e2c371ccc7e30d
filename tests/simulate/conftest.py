"""Openings from hand-made snapshots of two real dates, and a few runs that many tests share.

Figures: par yields, US Treasury, daily; SOFR and dealer positions, New York Fed; IORB and
reserves, Board; GDP, BEA; holdings, US Treasury (TIC). As known on the date; dealers' use is the
net coupon position over its largest of the trailing five years (325.1 of 341.7 $bn on 2 April
2025; 184.8 of 240.8 on 26 February 2020); volatility is realised, bp a day.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from ustress.core.evidence import Evidence
from ustress.monitor.snapshot import Composite, Reading, Snapshot
from ustress.simulate import Ensemble, Opening, open_state, simulate

APRIL, MARCH = date(2025, 4, 11), date(2020, 3, 6)
_TENORS = ("3m", "6m", "1y", "2y", "3y", "5y", "7y", "10y", "20y", "30y")
_PAR = {
    APRIL: (4.34, 4.21, 4.04, 3.96, 3.98, 4.15, 4.32, 4.48, 4.91, 4.85),
    MARCH: (0.45, 0.41, 0.39, 0.49, 0.53, 0.58, 0.69, 0.74, 1.09, 1.25),
}
_OTHER = {
    "curve.10y.realised_vol": ("bp_level", {APRIL: (7.14, 0), MARCH: (7.14, 0)}),
    "funding.sofr_iorb": ("bp_level", {APRIL: (-3.0, 1), MARCH: (-13.0, 1)}),
    "fed.reserves": ("usdbn", {APRIL: (3484.345, 2), MARCH: (1735.005, 2)}),
    "macro.gdp": ("usdbn", {APRIL: (29825.182, 101), MARCH: (21933.217, 66)}),
    "dealers.use": ("ratio", {APRIL: (0.9514, 9), MARCH: (0.7674, 9)}),
    "holdings.china": ("usdbn", {APRIL: (760.8, 70), MARCH: (1069.9, 66)}),
    "holdings.japan": ("usdbn", {APRIL: (1079.3, 70), MARCH: (1155.2, 66)}),
    "holdings.official": ("usdbn", {APRIL: (3818.7, 70), MARCH: (4076.9, 66)}),
    "holdings.total": ("usdbn", {APRIL: (8617.8, 70), MARCH: (6844.2, 66)}),
}


def reading(
    key: str, unit: str, value: float | None, day: date | None, reason: str = ""
) -> Reading:
    return Reading(
        key=key, title=key, family=key.split(".")[0], unit=unit, value=value, day=day, known=day,
        known_exact=False, age_days=0, stale=False, evidence=Evidence.MEASURED, sources=(key,),
        definition="as published", reason=reason,
    )  # fmt: skip


def make_snapshot(day: date, changed: dict[str, Reading | None] | None = None) -> Snapshot:
    """The snapshot of one of the two dates; `changed` replaces readings, None takes one out."""
    found = {
        f"curve.{t}": reading(f"curve.{t}", "pct", y, day)
        for t, y in zip(_TENORS, _PAR[day], strict=True)
    }
    for key, (unit, by_day) in _OTHER.items():
        value, age = by_day[day]
        found[key] = reading(key, unit, value, day - timedelta(days=age))
    kept = {**found, **(changed or {})}
    readings = tuple(one for one in kept.values() if one is not None)
    return Snapshot(day, day, readings, Composite(None, None, (), "", "not needed here"))


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiled programs of the tests stay out of the user's cache."""
    before = os.environ.get("USTRESS_CACHE")
    os.environ["USTRESS_CACHE"] = before or str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["USTRESS_CACHE"]


@pytest.fixture(scope="session")
def april() -> Opening:
    return open_state(make_snapshot(APRIL))


@pytest.fixture(scope="session")
def march() -> Opening:
    return open_state(make_snapshot(MARCH))


HORIZON = 60


@pytest.fixture(scope="session")
def tactical(april: Opening) -> Ensemble:
    return simulate(april, "tactical-qe", paths=2000, seed=11, horizon_days=HORIZON)


@pytest.fixture(scope="session")
def untouched(april: Opening) -> Ensemble:
    return simulate(april, "no-intervention", paths=2000, seed=11, horizon_days=HORIZON)


@pytest.fixture(scope="session")
def calm(april: Opening) -> Ensemble:
    return simulate(
        april, "baseline", paths=2000, seed=11, horizon_days=HORIZON, overrides=["policy.kind=none"]
    )


class Snapshots:
    """The snapshot of 11 April 2025 with one reading changed."""

    def plain(self) -> Snapshot:
        return make_snapshot(APRIL)

    def replaced(self, key: str, value: float) -> Snapshot:
        old = make_snapshot(APRIL)[key]
        return make_snapshot(APRIL, {key: reading(key, old.unit, value, old.day)})

    def without(self, key: str) -> Snapshot:
        return make_snapshot(APRIL, {key: None})

    def empty(self, key: str, reason: str) -> Snapshot:
        return make_snapshot(APRIL, {key: reading(key, "pct", None, None, reason)})


@pytest.fixture
def snapshots() -> Snapshots:
    return Snapshots()
