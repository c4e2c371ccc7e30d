"""Records by the rule 'nth largest (smallest) since', for levels and for changes over a window.

The rule, the same everywhere: an observation is more extreme only if it lies strictly beyond; a
tie neither breaks a record nor costs a rank, and the text names it. Changes are compared over all
windows that end on an observation, overlapping ones included, so one episode can hold several
ranks; Friday-to-Friday changes do not overlap. Values are compared after rounding to nine
decimals, so that 4.48 - 4.01 ties with 4.47 - 4.00. Figures after the day asked for never count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ustress.core.dates import calendar, show_day
from ustress.core.errors import BadInputError, MissingSeriesError
from ustress.core.panel import Dates, Values
from ustress.monitor.snapshot import Record

DECIMALS = 9
RANK_SHOWN = 25
# A window's start may fall on a day without figure; older than this it is no start (in days).
TOLERANCE_DAYS = 4
_KINDS = {"highest": 1.0, "lowest": -1.0, "largest rise": 1.0, "largest fall": -1.0}
_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 12: "twelve", 13: "thirteen"}


class Dated(Protocol):
    """Anything with parallel ascending dates and values: a series, a track, changes."""

    @property
    def dates(self) -> Dates:
        """The days of the observations."""

    @property
    def values(self) -> Values:
        """The observations."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far back a change looks: business days, calendar weeks, or calendar months.

    Months match month to month (the last observation of each), for monthly and quarterly series.
    With none of them it is `FRIDAYS`.
    """

    label: str
    business_days: int = 0
    weeks: int = 0
    months: int = 0

    @property
    def words(self) -> str:
        """The window as an adjective: 'five-business-day'."""
        for n, noun in ((self.business_days, "business-day"), (self.weeks, "week")):
            if n:
                return "one-day" if noun == "business-day" and n == 1 else f"{_count(n)}-{noun}"
        return f"{_count(self.months)}-month" if self.months else "Friday-to-Friday"

    @property
    def span(self) -> str:
        """The window as a length: '5 business days'."""
        for n, noun in (
            (self.business_days, "business day"),
            (self.weeks, "week"),
            (self.months, "month"),
        ):
            if n:
                return f"{n} {noun}{'s' if n > 1 else ''}"
        return "a complete calendar week, close to close"


FRIDAYS = Lag("friday_week")
"""From the last observation of one complete calendar week to that of the next."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes ending on `dates`, measured from the observations of `bases`."""

    dates: Dates
    values: Values
    bases: Dates

    def __len__(self) -> int:
        return int(self.values.size)


def change_over(
    series: Dated,
    business_days: int | None = None,
    *,
    weekly_friday: bool = False,
    lag: Lag | None = None,
    scale: float = 1.0,
    relative: bool = False,
    breaks: Dates | None = None,
) -> Changes:
    """Every change of a series over a window, as far as both of its ends exist.

    Args:
        series: dates ascending, values in the series' unit.
        business_days: the window in business days of the bond market.
        weekly_friday: complete weeks, last observation to last observation, instead.
        lag: the window as a `Lag` (weeks, months) instead.
        scale: factor on the change (100 turns per cent into bp).
        relative: per cent of the level at the window's start instead of a difference.
        breaks: days on which the series changed its method; windows across one are left out.

    Raises:
        BadInputError: unless exactly one window is given.
    """
    window = _window(business_days, weekly_friday, lag)
    ends, starts = _fridays(series.dates) if window == FRIDAYS else _pairs(series.dates, window)
    if breaks is not None and breaks.size:
        inside = np.searchsorted(breaks, series.dates[ends], side="right") - np.searchsorted(
            breaks, series.dates[starts], side="right"
        )
        ends, starts = ends[inside == 0], starts[inside == 0]
    end, start = series.values[ends], series.values[starts]
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = 100.0 * (end - start) / np.abs(start) if relative else scale * (end - start)
    good = np.isfinite(moved)
    rounded = np.round(moved[good], DECIMALS)
    return Changes(series.dates[ends][good], rounded, series.dates[starts][good])


def record_of_level(
    series: Dated,
    kind: str | None = None,
    *,
    at: date | None = None,
    first: date | None = None,
    breaks: Dates | None = None,
) -> Record:
    """The record a level holds: 'lowest since 17 Mar 2009'.

    Args:
        series: dates ascending, values in any unit.
        kind: 'highest' or 'lowest'; None takes the one that reaches further back.
        at: the day judged (the newest observation on or before it); None: the newest.
        first: observations before this day do not count.
        breaks: days on which the series changed its method: no record is read off them.

    Raises:
        BadInputError: for another kind.
        MissingSeriesError: with fewer than two observations, or on a break.
    """
    dates, values = _until(series, at, first)
    if breaks is not None and dates.size and np.isin(dates[-1], breaks).item():
        raise MissingSeriesError(f"the series breaks on {dates[-1]}: no record is read off it")
    kinds = ("highest", "lowest") if kind is None else (kind,)
    return max((_record(dates, values, k, k) for k in kinds), key=lambda r: reach(r, dates[-1]))


def record_of_change(
    series: Dated,
    business_days: int | None = None,
    *,
    weekly_friday: bool = False,
    lag: Lag | None = None,
    kind: str | None = None,
    at: date | None = None,
    first: date | None = None,
    breaks: Dates | None = None,
    relative: bool = False,
) -> Record:
    """The record a change holds: 'largest five-business-day rise since 16 Nov 2001'.

    The window is given as in `change_over`. `kind` is 'largest rise' or 'largest fall'; None
    takes the direction of the change itself. `at` and `first` bound the days windows end on.

    Raises:
        BadInputError: for another kind, or unless exactly one window is given.
        MissingSeriesError: with fewer than two changes.
    """
    window = _window(business_days, weekly_friday, lag)
    changes = change_over(series, lag=window, relative=relative, breaks=breaks)
    return record_among(changes, window, kind=kind, at=at, first=first)


def record_among(
    changes: Changes,
    lag: Lag,
    *,
    kind: str | None = None,
    at: date | None = None,
    first: date | None = None,
) -> Record:
    """`record_of_change` for changes already taken over `lag`.

    Raises:
        BadInputError: for another kind.
        MissingSeriesError: with fewer than two changes.
    """
    dates, values = _until(changes, at, first)
    kind = kind or ("largest rise" if values[-1] >= 0 else "largest fall")
    return _record(dates, values, kind, kind.replace("largest", f"largest {lag.words}"))


def reach(record: Record, day: np.datetime64) -> int:
    """How many days a record reaches back from `day`."""
    return int((day - np.datetime64(record.since or record.first, "D")).astype(int))


def _record(dates: Dates, values: Values, kind: str, words: str) -> Record:
    """The record of the last of `values`, as far as they go; `words` names it in the text."""
    if kind not in _KINDS:
        raise BadInputError(f"unknown record '{kind}'; expected one of: {', '.join(_KINDS)}")
    signed = np.round(_KINDS[kind] * values, DECIMALS)
    beyond = np.flatnonzero(signed[:-1] > signed[-1])
    last = int(beyond[-1]) if beyond.size else -1
    equal = last + 1 + np.flatnonzero(signed[last + 1 : -1] == signed[-1])
    first: date = dates[0].item()
    since: date | None = dates[last].item() if beyond.size else None
    rank = int(beyond.size) + 1
    text = f"{words} since {show_day(since)}" if since else f"{words} from {show_day(first)} on"
    if since and rank <= RANK_SHOWN:
        superlative = "largest" if kind.startswith("largest") else kind
        text += f", {_ordinal(rank)} {superlative} from {show_day(first)} on"
    if equal.size:
        text += f", equalled on {show_day(dates[equal[-1]].item())}"
    return Record(kind, rank, since, first, text)


def _until(series: Dated, at: date | None, first: date | None) -> tuple[Dates, Values]:
    """The observations from `first` to `at`; at least two.

    Raises:
        MissingSeriesError: with fewer than two.
    """
    lo = 0 if first is None else int(np.searchsorted(series.dates, np.datetime64(first, "D")))
    hi = series.dates.size
    if at is not None:
        hi = int(np.searchsorted(series.dates, np.datetime64(at, "D"), side="right"))
    if hi - lo < 2:
        raise MissingSeriesError("a record needs at least two observations to compare")
    return series.dates[lo:hi], series.values[lo:hi]


def _window(business_days: int | None, weekly_friday: bool, lag: Lag | None) -> Lag:
    given = [business_days is not None, weekly_friday, lag is not None]
    if sum(given) != 1:
        raise BadInputError("give one window: business_days, weekly_friday or lag")
    if lag is not None:
        return lag
    if weekly_friday or business_days is None:
        return FRIDAYS
    if business_days < 1:
        raise BadInputError(f"a window of {business_days} business days; expected 1 or more")
    return Lag(f"{business_days}d", business_days=business_days)


def _pairs(dates: Dates, lag: Lag) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Positions of the windows' ends and starts: the newest observation at or before the start."""
    ends = np.arange(dates.size, dtype=np.intp)
    if lag.months:
        months = dates.astype("datetime64[M]")
        starts = np.searchsorted(months, months - lag.months, side="right") - 1
        good = (starts >= 0) & (months[np.maximum(starts, 0)] == months - lag.months)
        return ends[good], starts[good]
    if lag.weeks:
        target = dates - np.timedelta64(7 * lag.weeks, "D")
    else:
        target = np.busday_offset(
            dates, -lag.business_days, roll="backward", busdaycal=calendar()
        ).astype("datetime64[D]")
    starts = np.searchsorted(dates, target, side="right") - 1
    age = target - dates[np.maximum(starts, 0)]
    good = (starts >= 0) & (age <= np.timedelta64(TOLERANCE_DAYS, "D"))
    return ends[good], starts[good]


def _fridays(dates: Dates) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Last observations of consecutive calendar weeks; an unfinished last week is left out."""
    if not dates.size:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    week = (dates.astype(np.int64) + 3) // 7  # 1 January 1970 was a Thursday: weeks from Monday
    last = np.flatnonzero(np.append(week[1:] != week[:-1], True))
    following = np.busday_offset(dates[-1], 1, roll="backward", busdaycal=calendar())
    if (following.astype(np.int64) + 3) // 7 == week[-1]:
        last = last[:-1]
    consecutive = np.diff(week[last]) == 1
    return last[1:][consecutive], last[:-1][consecutive]


def _count(n: int) -> str:
    return _WORDS.get(n, str(n))


def _ordinal(n: int) -> str:
    if 10 <= n % 100 <= 20:
        return f"{n}th"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"
