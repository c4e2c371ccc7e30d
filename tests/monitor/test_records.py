"""Records by the rule 'nth largest since'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustress.core.dates import add_business_days, business_days
from ustress.core.errors import BadInputError, MissingSeriesError
from ustress.core.panel import Dates, Values
from ustress.monitor.records import Lag, change_over, record_of_change, record_of_level


@dataclass(frozen=True)
class Plain:
    dates: Dates
    values: Values


def plain(values: list[float], first: date = date(2024, 1, 2)) -> Plain:
    return Plain(business_days(first, len(values)), np.array(values, float))


LEVELS = st.lists(st.integers(-300, 300).map(lambda n: n / 100), min_size=2, max_size=60)


@given(LEVELS)
def test_property_a_record_of_level_agrees_with_a_plain_search(values: list[float]) -> None:
    """Second route: a loop over the definition."""
    found = record_of_level(plain(values), "highest")
    higher = [i for i, v in enumerate(values[:-1]) if v > values[-1]]
    days = plain(values).dates
    assert found.rank == len(higher) + 1
    assert found.since == (days[higher[-1]].item() if higher else None)
    assert found.first == days[0].item()


@given(LEVELS, st.integers(-50, 50))
def test_property_records_do_not_move_with_the_level_and_mirror(
    values: list[float], shift: int
) -> None:
    high = record_of_level(plain(values), "highest")
    assert record_of_level(plain([v + shift for v in values]), "highest") == high
    low = record_of_level(plain([-v for v in values]), "lowest")
    assert (low.rank, low.since) == (high.rank, high.since)


@given(LEVELS, LEVELS)
def test_property_what_comes_later_does_not_count(past: list[float], later: list[float]) -> None:
    known = plain(past)
    whole = plain(past + later)
    at = known.dates[-1].item()
    assert record_of_level(whole, "lowest", at=at) == record_of_level(known, "lowest")
    if len(past) > 6:
        assert record_of_change(whole, 4, at=at) == record_of_change(known, 4)


@given(LEVELS)
def test_property_the_kind_left_open_is_the_one_that_reaches_further(values: list[float]) -> None:
    series = plain(values)
    free = record_of_level(series)
    both = [record_of_level(series, kind) for kind in ("highest", "lowest")]
    assert free in both
    assert (free.since or free.first) == min(r.since or r.first for r in both)


@settings(max_examples=40)
@given(LEVELS, st.integers(1, 7), st.sets(st.integers(0, 59), max_size=6))
def test_property_changes_agree_with_a_plain_search_despite_gaps(
    values: list[float], n: int, gaps: set[int]
) -> None:
    """Second route: day by day through the calendar, some days without figure."""
    whole = plain(values)
    kept = [i for i in range(len(values)) if i not in gaps]
    series = Plain(whole.dates[kept], whole.values[kept])
    level = {d.item(): v for d, v in zip(series.dates, series.values, strict=True)}
    expected = {}
    for day in level:
        start = add_business_days(day, -n)
        back = next((k for k in range(5) if start - timedelta(days=k) in level), None)
        if back is not None:
            expected[day] = level[day] - level[start - timedelta(days=back)]
    found = change_over(series, n)
    assert [d.item() for d in found.dates] == list(expected)
    np.testing.assert_allclose(found.values, list(expected.values()), atol=1e-9)


def test_ties_neither_break_a_record_nor_cost_a_rank() -> None:
    found = record_of_level(plain([3.0, 5.0, 4.0, 4.0, 2.0, 4.0]), "highest")
    assert (found.rank, found.since) == (2, date(2024, 1, 3))
    assert found.text.endswith("equalled on 5 Jan 2024")


def test_changes_tie_despite_binary_fractions() -> None:
    """4.48 - 4.01 and 4.47 - 4.00 differ in the last bits only: neither beats the other."""
    assert 4.48 - 4.01 != 4.47 - 4.00
    found = record_of_change(plain([4.00, 4.47, 4.01, 4.48]), 1)
    assert found.rank == 1
    assert "equalled on 3 Jan 2024" in found.text


def test_weeks_run_from_close_to_close_and_an_unfinished_one_does_not_count() -> None:
    """Good Friday 2025 (18 April): that week closes on the Thursday."""
    days = business_days(date(2025, 4, 3), 14)  # Thursday 3 to Wednesday 23 April
    series = Plain(days, np.arange(14.0))
    found = change_over(series, weekly_friday=True)
    assert [str(d) for d in found.dates] == ["2025-04-11", "2025-04-17"]
    assert [str(d) for d in found.bases] == ["2025-04-04", "2025-04-11"]
    assert found.values.tolist() == [5.0, 4.0]


def test_a_week_without_figures_gives_no_change_across_it() -> None:
    days = np.array(["2024-01-05", "2024-01-19", "2024-01-26"], "datetime64[D]")
    found = change_over(Plain(days, np.array([1.0, 2.0, 4.0])), weekly_friday=True)
    assert found.values.tolist() == [2.0]


def test_leap_days_and_month_ends_match_month_to_month() -> None:
    days = np.array(["2023-02-28", "2024-01-31", "2024-02-29", "2025-02-28"], "datetime64[D]")
    series = Plain(days, np.array([1.0, 2.0, 4.0, 8.0]))
    assert change_over(series, lag=Lag("12m", months=12)).values.tolist() == [3.0, 4.0]
    assert change_over(series, lag=Lag("1m", months=1)).values.tolist() == [2.0]


def test_windows_across_a_break_are_no_changes_and_its_day_holds_no_record() -> None:
    days = np.array([f"2011-{m:02d}-28" for m in range(1, 7)], "datetime64[D]")
    series = Plain(days, np.array([1.0, 2.0, 3.0, 4.0, 90.0, 91.0]))
    breaks = days[4:5]
    month = Lag("1m", months=1)
    assert change_over(series, lag=month, breaks=breaks).values.tolist() == [1.0] * 4
    assert change_over(series, lag=month).values.max() == 86.0
    with pytest.raises(MissingSeriesError, match="breaks on 2011-05-28"):
        record_of_level(series, "highest", at=date(2011, 5, 28), breaks=breaks)
    assert record_of_level(series, "highest", breaks=breaks).rank == 1


def test_relative_changes_are_per_cent_of_the_starting_level() -> None:
    """The slip of claim 6 of April 2025: 4.43 from 4.01 is 42 bp, or 10.5 % of the level."""
    series = plain([4.01, 4.43])
    assert change_over(series, 1, scale=100.0).values[0] == pytest.approx(42.0)
    assert change_over(series, 1, relative=True).values[0] == pytest.approx(10.474, abs=1e-3)


def test_misuse_and_shortness_are_named() -> None:
    series = plain([1.0, 2.0])
    with pytest.raises(BadInputError, match="one window"):
        change_over(series, 5, weekly_friday=True)
    with pytest.raises(BadInputError, match="0 business days"):
        change_over(series, 0)
    with pytest.raises(BadInputError, match="unknown record"):
        record_of_level(series, "biggest")
    with pytest.raises(MissingSeriesError, match="two observations"):
        record_of_change(series, 1)
    with pytest.raises(MissingSeriesError, match="two observations"):
        record_of_level(plain([1.0]))
    empty = Plain(np.empty(0, "datetime64[D]"), np.empty(0))
    assert len(change_over(empty, 5)) == len(change_over(empty, weekly_friday=True)) == 0
