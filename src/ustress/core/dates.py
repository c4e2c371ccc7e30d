"""Days: parsing what was typed, and the business calendar of the US bond market."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError

FIRST_YEAR, LAST_YEAR = 1985, 2060
# One-off closings of the market: mourning, 11 September 2001, hurricane Sandy.
_CLOSED = (
    "1994-04-27", "2001-09-11", "2001-09-12", "2004-06-11", "2007-01-02",
    "2012-10-30", "2018-12-05", "2025-01-09",
)  # fmt: skip


def parse_day(text: str, what: str = "date") -> date:
    """The day written as YYYY-MM-DD.

    Raises:
        BadInputError: naming `what`, if the text is no such date.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInputError(f"{what} '{text}' is not a date; expected YYYY-MM-DD") from None


def show_day(day: date) -> str:
    """A day as written in text: 11 Apr 2025."""
    return f"{day.day} {day:%b %Y}"


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _last_monday_of_may(year: int) -> date:
    end = date(year, 5, 31)
    return end - timedelta(days=end.weekday())


def _easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    week = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * week) // 451
    month, day = divmod(h + week - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _observed(day: date) -> date:
    """Sunday holidays move to Monday; Saturday ones to Friday unless that ends the year."""
    if day.weekday() == 6:
        return day + timedelta(days=1)
    if day.weekday() == 5 and not (day.month == 1 and day.day == 1):
        return day - timedelta(days=1)
    return day


def _holidays_of(year: int) -> list[date]:
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)]
    if year >= 2022:  # the market first closed for Juneteenth in 2022
        fixed.append((6, 19))
    days = [_observed(date(year, month, day)) for month, day in fixed]
    days += [_nth_weekday(year, 1, 0, 3), _nth_weekday(year, 2, 0, 3), _last_monday_of_may(year)]
    days += [_nth_weekday(year, 9, 0, 1), _nth_weekday(year, 10, 0, 2)]
    days += [_nth_weekday(year, 11, 3, 4), _easter(year) - timedelta(days=2)]
    return days


@lru_cache(maxsize=1)
def calendar() -> np.busdaycalendar:
    """The bond market's business days, 1985 to 2060 (SIFMA's recommended full closings).

    Good Friday counts as closed although the market has opened for some hours when the
    employment report fell on it.
    """
    days = [d for year in range(FIRST_YEAR, LAST_YEAR + 1) for d in _holidays_of(year)]
    closed = np.array(sorted({*days, *(date.fromisoformat(d) for d in _CLOSED)}), "datetime64[D]")
    return np.busdaycalendar(holidays=closed)


def add_business_days(day: date, n: int) -> date:
    """The business day `n` after `day` (n < 0: before); n = 0 is `day` or the next open one."""
    start = np.datetime64(day, "D")
    if n < 0:
        return _to_date(np.busday_offset(start, n, roll="backward", busdaycal=calendar()))
    return _to_date(np.busday_offset(start, n, roll="forward", busdaycal=calendar()))


def business_days_between(first: date, last: date) -> int:
    """How many business days lie in the half-open interval [first, last)."""
    return int(np.busday_count(np.datetime64(first), np.datetime64(last), busdaycal=calendar()))


def business_days(first: date, n: int) -> NDArray[np.datetime64]:
    """The `n` business days from `first` on, `first` rolled forward if the market is closed."""
    offsets = np.arange(n)
    start = np.datetime64(first, "D")
    return np.busday_offset(start, offsets, roll="forward", busdaycal=calendar())


def _to_date(moved: np.datetime64) -> date:
    item = moved.astype("datetime64[D]").item()
    if not isinstance(item, date):
        raise TypeError(f"{moved} is not a day")
    return item
