"""Publication lags: a battery every rule passes, and releases whose dates are on record."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ustress.core.dates import add_business_days, calendar
from ustress.core.errors import UnknownNameError
from ustress.data.lags import LAGS, lag, month_end, month_start

DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
RULES = pytest.mark.parametrize("name", LAGS)
AT_ONCE = {"announced", "stated", "same_day"}


def is_open(day: date) -> bool:
    return bool(np.is_busday(np.datetime64(day), busdaycal=calendar()))


@RULES
@given(day=DAYS)
def test_nothing_is_known_before_its_day(name: str, day: date) -> None:
    """Property."""
    assert lag(name).rule(day) >= day


@RULES
@given(day=DAYS)
def test_figures_come_out_on_business_days(name: str, day: date) -> None:
    """Property; a figure known at once keeps its day, whose publisher was evidently at work."""
    known = lag(name).rule(day)
    assert (known == day) if name in AT_ONCE else is_open(known)


@RULES
@given(day=DAYS, later=st.integers(1, 500))
def test_an_older_figure_is_never_known_after_a_newer_one(name: str, day: date, later: int) -> None:
    """Property: every rule is monotone in the observation date."""
    rule = lag(name).rule
    assert rule(day) <= rule(day + timedelta(days=later))


@RULES
def test_only_announcements_have_exact_dates(name: str) -> None:
    assert lag(name).exact == (name in {"announced", "stated"})
    assert lag(name).words


@pytest.mark.parametrize(
    ("name", "day", "known"),
    [  # published table: release days on the publishers' calendars, or product rules by hand
        ("tic_release", "2025-01-31", "2025-03-18"),  # TIC release of January 2025
        ("tic_release", "2024-12-31", "2025-02-18"),  # TIC release of December 2024
        ("tic_release", "2025-10-31", "2025-12-18"),
        ("tic_release", "2025-02-28", "2025-04-21"),  # the 18th was Good Friday
        ("next_business_day", "2025-04-10", "2025-04-11"),
        ("next_business_day", "2025-04-17", "2025-04-21"),  # over Good Friday and Easter
        ("next_business_day", "2025-04-18", "2025-04-21"),  # the funds rate is set on Good Friday
        ("two_business_days", "2025-04-09", "2025-04-11"),
        ("thursday_of_week", "2025-04-09", "2025-04-10"),
        ("thursday_of_week", "2024-11-27", "2024-11-29"),  # Thanksgiving: H.4.1 on Friday
        ("thursday_of_week", "2019-11-28", "2019-11-29"),  # dated on Thanksgiving itself
        ("thursday_next_week", "2025-04-02", "2025-04-10"),
        ("friday_of_week", "2025-04-08", "2025-04-11"),
        ("friday_of_week", "2025-04-15", "2025-04-21"),  # Good Friday
        ("monday_after_week", "2025-04-04", "2025-04-07"),
        ("monday_after_week", "2025-03-31", "2025-04-07"),
        ("wednesday_after_week", "2025-04-04", "2025-04-09"),
        ("fifth_business_day", "2025-03-31", "2025-04-07"),
        ("fifth_business_day", "2024-12-31", "2025-01-08"),
        ("first_business_day", "2025-03-31", "2025-04-01"),
        ("first_friday", "2025-02-28", "2025-03-07"),  # Employment Situation of February 2025
        ("fourth_tuesday", "2025-02-28", "2025-03-25"),  # H.6 of February 2025
        ("mid_next_month", "2025-07-31", "2025-08-15"),
        ("thirty_days_after", "2025-03-31", "2025-04-30"),  # GDP of 2025Q1, first estimate
        ("thirty_days_after", "2024-12-31", "2025-01-30"),  # GDP of 2024Q4, first estimate
        ("sixty_days_after", "2024-12-31", "2025-03-03"),
        ("year_after", "2020-04-30", "2021-04-30"),
        ("announced", "2025-04-09", "2025-04-09"),
        ("stated", "2025-04-11", "2025-04-11"),
        ("same_day", "2023-04-07", "2023-04-07"),  # a yield curve stands for that Good Friday
    ],
)
def test_known_releases(name: str, day: str, known: str) -> None:
    assert lag(name).rule(date.fromisoformat(day)) == date.fromisoformat(known)


@given(day=DAYS, n=st.integers(1, 3))
def test_business_days_after_by_counting(day: date, n: int) -> None:
    """Second route: walk the calendar a day at a time."""
    walked, left = day, n
    while left:
        walked += timedelta(days=1)
        left -= is_open(walked)
    rules = {1: "next_business_day", 2: "two_business_days"}
    if n in rules:
        assert lag(rules[n]).rule(day) == walked
    assert add_business_days(day + timedelta(days=1), n - 1) == walked


@given(day=DAYS)
def test_fifth_business_day_by_counting(day: date) -> None:
    """Second route: count the open days of the next month."""
    first = month_start(day, 1)
    opened = [d for k in range(20) if is_open(d := first + timedelta(days=k))]
    assert lag("fifth_business_day").rule(day) == opened[4]


@given(day=DAYS, months=st.integers(-30, 30))
def test_months(day: date, months: int) -> None:
    """Property: months add up, and a month's end is the day before the next one's start."""
    assert month_start(month_start(day, months), -months) == day.replace(day=1)
    assert month_end(day) + timedelta(days=1) == month_start(day, 1)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown lag rule 'fridays'"):
        lag("fridays")
