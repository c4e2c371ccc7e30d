"""Which days a statement speaks of: a week is Friday to Friday, a month is one period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

import numpy as np

from ustress.claims.bench import UnjudgeableError
from ustress.claims.spoken import count, quoted, show_day, titled
from ustress.core import marked
from ustress.core.dates import calendar
from ustress.core.panel import Observation, Series

Window = Literal["week", "five_days", "month", "year", "last", "next"]

WINDOW_WORDS: dict[str, str] = {
    "week": "Friday to Friday, the last such week ended when it was said",
    "five_days": "five observations up to the day it was said",
    "month": "the month in which it was said against the month before",
    "year": "the newest period by the day it was said against the same one a year before",
    "last": "the newest observation by the day it was said against the one before",
    "next": "the first observation after the day it was said against the one before",
}


class Span(NamedTuple):
    """The two observations a change is taken between."""

    start: Observation
    end: Observation


def friday_of(day: date) -> date:
    """The last Friday on or before `day`."""
    return day - timedelta(days=(day.weekday() - 4) % 7)


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - years, day=last)


def period_words(series: Series, day: date) -> str:
    """How the observation of `day` is named: by month, by quarter or by day."""
    if series.info.frequency == "monthly":
        return marked.day(day, f"{day:%B %Y}")
    if series.info.frequency == "quarterly":
        return marked.day(day, f"Q{(day.month + 2) // 3} {day.year}")
    return show_day(day)


def _period(series: Series, day: date) -> tuple[int, ...]:
    if series.info.frequency == "monthly":
        return (day.year, day.month)
    if series.info.frequency == "quarterly":
        return (day.year, (day.month - 1) // 3)
    return (day.year, day.month, day.day)


def at_period(series: Series, day: date) -> str:
    """`in April 2025`, `on 11 Apr 2025`: a period as part of a sentence."""
    monthly = series.info.frequency in ("monthly", "quarterly")
    return f"{'in' if monthly else 'on'} {period_words(series, day)}"


def find(series: Series, day: date) -> Observation | None:
    """The observation of the period (day, month, quarter) that holds `day`, or None."""
    for candidate in (series.on_or_before(day), _first_after(series, day)):
        if candidate is not None and _period(series, candidate.day) == _period(series, day):
            return candidate
    return None


def exactly(series: Series, day: date) -> Observation:
    """As `find`, refusing where the period is not known.

    Raises:
        UnjudgeableError: naming the period and the newest one known.
    """
    found = find(series, day)
    if found is None:
        raise unknown(series, period_words(series, day))
    return found


def unknown(series: Series, what: str) -> UnjudgeableError:
    """The refusal for a period of a series that is not known."""
    newest = period_words(series, series.at(-1).day)
    return UnjudgeableError(
        f"{titled(series)} for {what} was not known (the newest known is {newest})",
        (f"{quoted(series.info.name)} for {what}",),
    )


def by(series: Series, day: date) -> Observation:
    """The newest observation dated on or before `day`.

    Raises:
        UnjudgeableError: if there is none.
    """
    found = series.on_or_before(day)
    if found is None:
        raise unknown(series, f"{show_day(day)} or before")
    return found


def span(series: Series, window: Window, said_on: date) -> Span:
    """The two observations of a window relative to the day a statement was made.

    Raises:
        UnjudgeableError: if one of them is not known.
    """
    if window == "week":
        friday = friday_of(said_on)
        return Span(_end_of_week(series, friday - timedelta(days=7)), _end_of_week(series, friday))
    if window in ("last", "five_days"):
        return _back(series, said_on, 1 if window == "last" else 5)
    if window == "next":
        after = _first_after(series, said_on)
        if after is None:
            raise unknown(series, f"the period after {show_day(said_on)}")
        return Span(by(series, said_on), after)
    return _periods(series, window, said_on)


def last_seven_days(series: Series, said_on: date) -> Series:
    """The observations of the seven days to `said_on`, as far as known.

    Raises:
        UnjudgeableError: if none of them is.
    """
    inside = series.between(said_on - timedelta(days=6), said_on)
    if not len(inside):
        raise unknown(series, f"the week to {show_day(said_on)}")
    return inside


def complete(series: Series, day: date) -> bool:
    """Whether a daily series is known to the last business day on or before `day`."""
    due = np.busday_offset(np.datetime64(day), 0, roll="backward", busdaycal=calendar())
    return series.info.frequency != "daily" or bool(series.dates[-1] >= due)


def _end_of_week(series: Series, friday: date) -> Observation:
    found = series.on_or_before(friday)
    stale = found is None or found.day <= friday - timedelta(days=7)
    if found is None or stale or not complete(series, friday):
        raise unknown(series, f"the week to {show_day(friday)}")
    return found


def _back(series: Series, day: date, n: int) -> Span:
    at = series.index_on_or_before(day)
    if at is None or at < n:
        raise unknown(series, f"{count(n + 1)} observations by {show_day(day)}")
    return Span(series.at(at - n), series.at(at))


def _periods(series: Series, window: str, said_on: date) -> Span:
    if window == "month":
        end = exactly(series, said_on)
        return Span(exactly(series, end.day.replace(day=1) - timedelta(days=1)), end)
    end = by(series, said_on)
    earlier = years_before(end.day, 1)
    if series.info.frequency in ("monthly", "quarterly"):
        return Span(exactly(series, earlier), end)
    return Span(by(series, earlier), end)


def _first_after(series: Series, day: date) -> Observation | None:
    at = series.index_on_or_before(day)
    after = 0 if at is None else at + 1
    return series.at(after) if after < len(series) else None
