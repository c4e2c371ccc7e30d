"""How old and how complete each family of series is, and when its next figure is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from ustress.core.dates import add_business_days
from ustress.core.evidence import Rights
from ustress.core.panel import SeriesInfo
from ustress.data.lags import lag, month_end, month_start


class Coverage(NamedTuple):
    """What the store holds of one series by a date."""

    series: str
    rows: int
    first_day: date
    last_day: date
    last_known: date


@dataclass(frozen=True, slots=True)
class FamilyStatus:
    """One family of series as of a date.

    `last_day` is its newest observation, known on `last_known`; `next_expected` is when the one
    after it should become known (None where nothing is due on a calendar), in the past if it is
    overdue. `stale` says that even the newest observation is too old; `stale_series` counts the
    series for which their own newest is, discontinued ones included.
    """

    family: str
    publisher: str
    source: str
    rights: Rights
    frequency: str
    series: int
    rows: int
    first_day: date
    last_day: date
    last_known: date
    next_expected: date | None
    stale: bool
    stale_series: int


def family_status(
    coverage: Iterable[Coverage], infos: Mapping[str, SeriesInfo], as_of: date
) -> tuple[FamilyStatus, ...]:
    """The families of the series in `coverage`, by name."""
    ordered = sorted(coverage, key=lambda c: (infos[c.series].family, c.series))
    grouped = groupby(ordered, key=lambda c: infos[c.series].family)
    return tuple(_family(list(members), infos, as_of) for _, members in grouped)


def _family(members: list[Coverage], infos: Mapping[str, SeriesInfo], as_of: date) -> FamilyStatus:
    newest = max(members, key=lambda c: (c.last_day, c.last_known))
    info = infos[newest.series]
    stale = [c for c in members if is_stale(infos[c.series], c.last_day, as_of)]
    return FamilyStatus(
        family=info.family,
        publisher=info.publisher,
        source=info.source,
        rights=info.rights,
        frequency=info.frequency,
        series=len(members),
        rows=sum(c.rows for c in members),
        first_day=min(c.first_day for c in members),
        last_day=newest.last_day,
        last_known=newest.last_known,
        next_expected=next_expected(info, newest.last_day),
        stale=newest in stale,
        stale_series=len(stale),
    )


def is_stale(info: SeriesInfo, last_day: date, as_of: date) -> bool:
    """Whether an observation of `last_day` is too old on `as_of` for its series."""
    return (as_of - last_day).days > info.stale_after_days


def next_expected(info: SeriesInfo, last_day: date) -> date | None:
    """When the observation after that of `last_day` should become known, or None."""
    following = next_day(info.frequency, last_day)
    return None if following is None else lag(info.lag).rule(following)


def next_day(frequency: str, last: date) -> date | None:
    """The observation date after `last`, or None where no calendar sets one."""
    match frequency:
        case "daily":
            return add_business_days(last + timedelta(days=1), 0)
        case "weekly":
            return last + timedelta(days=7)
        case "monthly":
            return month_end(month_start(last, 1))
        case "quarterly":
            return month_end(month_start(last, 3))
        case _:
            return None
