"""What every indicator must pass: no look-ahead, gaps, shortness, constancy, ties, age."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from ustress.core.errors import UnknownNameError, UstressError
from ustress.core.panel import Panel, Series
from ustress.core.units import unit, unit_keys
from ustress.data.catalogue import catalogue
from ustress.monitor import build, history, indicator, keys
from ustress.monitor.reading import take_reading
from ustress.monitor.registry import INDICATORS
from ustress.monitor.snapshot import Reading
from ustress.monitor.track import Track

FiguresOn = Callable[[str], Panel]
PanelFrom = Callable[[date, Mapping[str, Series]], Panel]
TODAY = "2025-04-11"
EVERY = pytest.mark.parametrize("key", keys())


def sources(panel: Panel, key: str) -> dict[str, Series]:
    found = {name: panel.get(name) for name in indicator(key).sources}
    return {name: series for name, series in found.items() if series is not None}


def read(panel: Panel, key: str) -> Reading:
    return take_reading(indicator(key), panel)[0]


def sound(reading: Reading) -> None:
    """A value is finite; a missing one has a reason; nothing is NaN; no defect was caught."""
    assert not reading.reason.startswith("could not be computed"), reading.reason
    if reading.value is None:
        assert reading.reason
        assert not reading.changes
        assert reading.percentile is None
        assert reading.record is None
    else:
        assert math.isfinite(reading.value)
        assert reading.reason == ""
    assert all(math.isfinite(change) for change in reading.changes.values())


@EVERY
def test_the_declaration_is_complete(key: str) -> None:
    one = indicator(key)
    assert one.unit in unit_keys()
    assert one.title
    assert one.definition.endswith(".")
    assert one.reference
    assert set(one.sources) <= set(catalogue())
    assert one.stress in (-1, 0, 1)
    assert set(one.records) <= {"level", *(lag.label for lag in one.windows)}
    marked = [catalogue()[name].comparator for name in one.sources]
    assert one.comparator == any(marked), "a comparator must be declared as one"
    assert not (one.comparator and one.stress), "a comparator never enters the composite"


@EVERY
@pytest.mark.parametrize("then", ["2013-06-21", "2020-03-18", TODAY])
def test_no_look_ahead(world_on: FiguresOn, key: str, then: str) -> None:
    """Property: the history known then is the head of the history known later, to the bit."""
    late = history(world_on("2026-02-27"), key)
    try:
        early = history(world_on(then), key)
    except UstressError:
        assert late.known.min() > np.datetime64(then)
        return
    n = int((late.known <= np.datetime64(then)).sum())
    np.testing.assert_array_equal(early.dates, late.dates[:n])
    np.testing.assert_array_equal(early.values, late.values[:n])
    assert early.known.max() <= np.datetime64(then)


@EVERY
def test_every_reading_of_the_day_is_complete(world_on: FiguresOn, key: str) -> None:
    panel = world_on(TODAY)
    reading = read(panel, key)
    sound(reading)
    assert reading.value is not None, reading.reason
    assert reading.day is not None
    assert reading.known is not None
    assert reading.day <= reading.known <= panel.as_of
    assert reading.age_days == (panel.as_of - reading.day).days
    assert reading.change_unit in unit_keys()
    assert not reading.stale, "all of these series run past April 2025"
    assert reading.percentile is None or 0 < reading.percentile < 100
    assert (reading.percentile is None) == (not indicator(key).percentile)


@pytest.mark.parametrize("key", [i.key for i in INDICATORS if i.outside])
def test_a_place_nobody_filled_names_its_series(figures_on: FiguresOn, key: str) -> None:
    reading = read(figures_on(TODAY), key)
    sound(reading)
    assert reading.value is None
    assert reading.outside
    assert any(name in reading.reason for name in indicator(key).sources)


@EVERY
def test_nothing_known_gives_a_reason(panel_from: PanelFrom, key: str) -> None:
    reading = read(panel_from(date(2025, 4, 11), {}), key)
    sound(reading)
    assert reading.value is None


@EVERY
def test_any_one_series_may_be_missing_or_unknown(
    world_on: FiguresOn, panel_from: PanelFrom, key: str
) -> None:
    whole = sources(world_on(TODAY), key)
    for left_out in whole:
        rest = {name: s for name, s in whole.items() if name != left_out}
        panel = panel_from(date(2025, 4, 11), rest)
        sound(read(panel, key))
        infos = {n: i for n, i in panel.infos.items() if n != left_out}
        sound(read(replace(panel, infos=infos), key))


@EVERY
@pytest.mark.parametrize("n", [1, 2, 25])
def test_a_short_history(world_on: FiguresOn, panel_from: PanelFrom, key: str, n: int) -> None:
    """The last n observations of each source: a finite reading, or none with a reason."""
    cut = {
        name: s.between(first=s.dates[-min(n, len(s))].item())
        for name, s in sources(world_on(TODAY), key).items()
    }
    reading = read(panel_from(date(2025, 4, 11), cut), key)
    sound(reading)
    if n == 1:
        assert reading.record is None
        assert reading.percentile is None
        assert not reading.changes


@EVERY
def test_a_constant_series(world_on: FiguresOn, panel_from: PanelFrom, key: str) -> None:
    flat = {
        name: replace(s, values=np.full(len(s), 1.0))
        for name, s in sources(world_on(TODAY), key).items()
    }
    reading = read(panel_from(date(2025, 4, 11), flat), key)
    sound(reading)
    assert all(change == 0 for change in reading.changes.values())
    assert reading.percentile in (None, 50.0)
    if reading.comparison is not None:
        assert reading.comparison.deviation_sd is None


@EVERY
def test_values_that_are_not_finite_never_show(
    world_on: FiguresOn, panel_from: PanelFrom, key: str
) -> None:
    broken = {}
    for name, s in sources(world_on(TODAY), key).items():
        values = s.values.copy()
        values[-3:], values[len(s) // 2] = math.nan, math.inf
        broken[name] = replace(s, values=values)
    sound(read(panel_from(date(2025, 4, 11), broken), key))


@EVERY
def test_age_is_told(world_on: FiguresOn, panel_from: PanelFrom, key: str) -> None:
    """Two years on, the same figures are stale in every reading."""
    later = date(2027, 4, 11)
    reading = read(panel_from(later, sources(world_on(TODAY), key)), key)
    assert reading.stale
    assert reading.day is not None
    assert reading.age_days == (later - reading.day).days > 700


@EVERY
def test_the_limit_of_age_is_the_series_own(
    world_on: FiguresOn, panel_from: PanelFrom, key: str
) -> None:
    panel = world_on(TODAY)
    reading = read(panel, key)
    assert reading.day is not None
    limit = panel.infos[indicator(key).sources[0]].stale_after_days
    held = sources(panel, key)
    for days, stale in ((limit, False), (limit + 1, True)):
        as_of = reading.day + timedelta(days=days)
        assert read(panel_from(as_of, held), key).stale is stale


def test_a_defect_in_one_indicator_stops_no_other(
    figures_on: FiguresOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(panel: Panel) -> Track:
        raise ZeroDivisionError("made for the test")

    broken = tuple(replace(i, compute=fail) if i.key == "curve.10y" else i for i in INDICATORS)
    monkeypatch.setattr(sys.modules["ustress.monitor.build"], "INDICATORS", broken)
    snapshot = build(figures_on(TODAY))
    assert "made for the test" in snapshot["curve.10y"].reason
    assert snapshot.value("curve.2y") == 3.96
    assert snapshot.composite.value is not None


def test_keys_choose_and_unknown_ones_are_refused(figures_on: FiguresOn) -> None:
    some = build(figures_on(TODAY), keys=("curve.10y", "fed.tga"))
    assert [r.key for r in some.readings] == ["curve.10y", "fed.tga"]
    assert some.composite.value is None
    assert "selection" in some.composite.reason
    with pytest.raises(UnknownNameError, match=r"did you mean curve\.10y"):
        build(figures_on(TODAY), keys=("curve.10yr",))


def test_units_have_units_of_change() -> None:
    assert {unit(indicator(key).unit).change for key in keys()} <= set(unit_keys())
