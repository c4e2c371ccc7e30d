"""The bond market's calendar, against published closings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ustress.core.dates import (
    add_business_days,
    business_days,
    business_days_between,
    calendar,
    parse_day,
    show_day,
)
from ustress.core.errors import BadInputError

DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    "day",
    [  # published table: SIFMA's recommended closings of the US market
        "2025-01-01", "2025-01-09", "2025-01-20", "2025-02-17", "2025-04-18", "2025-05-26",
        "2025-06-19", "2025-07-04", "2025-09-01", "2025-10-13", "2025-11-11", "2025-11-27",
        "2025-12-25", "2001-09-11", "2012-10-30", "2022-06-20", "2010-12-24",
    ],
)  # fmt: skip
def test_published_closings(day: str) -> None:
    """Published table."""
    assert date.fromisoformat(day) in {d.item() for d in calendar().holidays}


@pytest.mark.parametrize("day", ["2010-12-31", "2021-12-31", "2025-04-17", "2021-06-18"])
def test_days_that_were_open(day: str) -> None:
    """Published table: Saturday's New Year closes nothing; Juneteenth closed first in 2022."""
    assert business_days(date.fromisoformat(day), 1)[0].item() == date.fromisoformat(day)


@given(DAYS, st.integers(-400, 400))
def test_moving_there_and_back(day: date, n: int) -> None:
    """Property: from an open day, n forward and n back returns, and the count agrees."""
    start = add_business_days(day, 0)
    there = add_business_days(start, n)
    assert add_business_days(there, -n) == start
    assert abs(business_days_between(min(start, there), max(start, there))) == abs(n)


@given(DAYS, st.integers(1, 300))
def test_runs_of_business_days_are_open_and_ascending(day: date, n: int) -> None:
    """Property."""
    run = [d.item() for d in business_days(day, n)]
    assert run == sorted(set(run))
    assert all(d.weekday() < 5 for d in run)


def test_typed_days() -> None:
    assert parse_day("2025-04-11") == date(2025, 4, 11)
    assert show_day(date(2025, 4, 3)) == "3 Apr 2025"
    with pytest.raises(BadInputError, match=r"--as-of '11\.4\.' is not a date; expected YYYY"):
        parse_day("11.4.", "--as-of")
