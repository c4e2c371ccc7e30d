"""Properties on made-up pasts: order of rows, holidays, leap days, gaps, constants, one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ustress.core.dates import calendar
from ustress.core.panel import Dates, Panel, Series, Values
from ustress.data.catalogue import catalogue
from ustress.monitor import history, keys
from ustress.monitor.indicator import DAY, MONTH, WEEK, YEAR
from ustress.monitor.percentile import expanding_percentiles, percentile_of_last
from ustress.monitor.reading import take_reading
from ustress.monitor.records import FRIDAYS, change_over, record_of_level
from ustress.monitor.registry import indicator
from ustress.monitor.track import of_series

PanelFrom = Callable[[date, Mapping[str, Series]], Panel]
QUIET = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def pasts(draw: st.DrawFn, least: int = 1, most: int = 400) -> Series:
    """A daily series over leap days, weekends and holidays, with holes and few distinct values."""
    first = np.datetime64(draw(st.sampled_from(["1999-12-20", "2004-02-20", "2024-02-15"])))
    span = draw(st.integers(least, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    days = first + np.arange(span)
    kept = rng.uniform(size=span) >= draw(st.floats(0, 0.8))
    kept[-1] = True
    days = days[kept]
    grain = draw(st.sampled_from([0.01, 0.25, 10.0]))
    values = np.round(rng.normal(size=days.size).cumsum() / grain) * grain
    lag = rng.integers(0, 5, size=days.size).astype("timedelta64[D]")
    return Series(catalogue()["ust.par.10y"], days, values, days + lag, np.zeros(days.size, bool))


@QUIET
@given(pasts())
def test_a_reading_is_finite_or_has_a_reason(panel_from: PanelFrom, series: Series) -> None:
    day: date = series.dates[-1].item()
    panel = panel_from(day + timedelta(days=9), {"ust.par.10y": series})
    for key in ("curve.10y", "curve.10y.realised_vol", "havens.bonds_and_dollar"):
        reading, _ = take_reading(indicator(key), panel)
        assert not reading.reason.startswith("could not be computed"), reading.reason
        assert (reading.value is None) == bool(reading.reason)


@QUIET
@given(pasts(least=2))
def test_a_change_is_the_difference_of_two_observations_that_are_there(series: Series) -> None:
    value = dict(zip(series.dates.tolist(), series.values.tolist(), strict=True))
    for lag in (DAY, WEEK, MONTH, YEAR, FRIDAYS):
        moves = change_over(series, lag=lag)
        for day, base, change in zip(
            moves.dates.tolist(), moves.bases.tolist(), moves.values.tolist(), strict=True
        ):
            assert base < day
            assert abs(change - (value[day] - value[base])) < 1e-8
        assert (np.diff(moves.dates).astype(int) > 0).all()


@QUIET
@given(pasts(least=30), st.integers(1, 200))
def test_what_came_later_changes_nothing_earlier(series: Series, cut: int) -> None:
    n = max(len(series) - cut, 1)
    head = replace(series, dates=series.dates[:n], values=series.values[:n],
                   known=series.known[:n], known_exact=series.known_exact[:n])  # fmt: skip
    for lag in (DAY, WEEK):
        whole, part = change_over(series, lag=lag), change_over(head, lag=lag)
        np.testing.assert_array_equal(part.values, whole.values[: len(part)])
    at = np.arange(n)
    np.testing.assert_array_equal(
        expanding_percentiles(series.values, at), expanding_percentiles(head.values, at)
    )


@QUIET
@given(pasts(least=30), st.integers(1, 60))
def test_complete_weeks_stay_as_they_were(series: Series, cut: int) -> None:
    """On business days: a week is taken once its last one has passed, and never again."""
    open_ = np.is_busday(series.dates, busdaycal=calendar())
    days, values = series.dates[open_], series.values[open_]
    n = max(days.size - cut, 0)
    whole = change_over(_Dated(days, values), lag=FRIDAYS)
    part = change_over(_Dated(days[:n], values[:n]), lag=FRIDAYS)
    np.testing.assert_array_equal(part.values, whole.values[: len(part)])
    np.testing.assert_array_equal(part.dates, whole.dates[: len(part)])


class _Dated(NamedTuple):
    dates: Dates
    values: Values


@QUIET
@given(pasts(least=24))
def test_second_route_expanding_percentiles_one_by_one(series: Series) -> None:
    at = np.arange(len(series))
    found = expanding_percentiles(series.values, at)
    for i in at[23::17]:
        assert found[i] == percentile_of_last(series.values[: i + 1])


@QUIET
@given(pasts(least=2))
def test_a_record_names_the_last_value_beyond_it(series: Series) -> None:
    if len(series) < 2:
        return
    record = record_of_level(of_series(series))
    sign = 1.0 if record.kind == "highest" else -1.0
    beyond = sign * series.values[:-1] > sign * series.values[-1] + 1e-9
    assert record.rank == int(beyond.sum()) + 1
    last = series.dates[:-1][beyond][-1].item() if beyond.any() else None
    assert record.since == last


@QUIET
@given(pasts(least=40))
def test_a_revision_is_available_no_later_than_its_successor(series: Series) -> None:
    track = of_series(series)
    available = track.available()
    assert (np.diff(available).astype(int) >= 0).all()
    assert (available <= track.known).all()


def test_february_the_29th_has_windows(panel_from: PanelFrom) -> None:
    """2024-02-29 was a Thursday: day, week and month before it exist; nothing falls on the 29th."""
    days = np.busday_offset("2023-01-03", np.arange(300), roll="forward").astype("datetime64[D]")
    series = Series(catalogue()["ust.par.10y"], days, np.arange(300.0), days,
                    np.zeros(300, bool))  # fmt: skip
    panel = panel_from(date(2024, 2, 29), {"ust.par.10y": series.between(last=date(2024, 2, 29))})
    found = history(panel, "curve.10y")
    assert len(found) == int((days <= np.datetime64("2024-02-29")).sum())
    reading, _ = take_reading(indicator("curve.10y"), panel)
    assert set(reading.changes) >= {"1d", "1w", "1m"}


def test_every_key_is_known_once() -> None:
    assert len(keys()) == len(set(keys()))
