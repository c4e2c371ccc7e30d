"""Which requests a visit makes: the past cut into windows, each read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ustress.data.http import Wanted
from ustress.data.lags import month_end, month_start
from ustress.data.sources.spec import Source


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of a visit, before paging; `each` names the part of the source it is for."""

    wanted: Wanted
    each: str


def first_day(source: Source, newest: date | None, *, complete: bool) -> date:
    """From which day to ask: the overlap before the newest figure held, else the beginning.

    `complete` says that some earlier visit has fetched the whole past.
    """
    if newest is None or not complete:
        return source.start
    return max(source.start, newest - timedelta(days=source.overlap_days))


def plan(
    source: Source, base: str, since: date, today: date, secret: dict[str, str]
) -> tuple[Ask, ...]:
    """The requests of a visit, oldest first."""
    windows = _windows(source, since, today)
    parts = tuple(source.each) or ("",)
    return tuple(
        Ask(_wanted(source, base, secret, each, *window), each)
        for each in parts
        for window in windows
    )


def _windows(source: Source, since: date, today: date) -> tuple[tuple[date, date], ...]:
    match source.window:
        case "year":
            years = range(since.year, max(today.year, since.year) + 1)
            return tuple((date(y, 1, 1), min(date(y, 12, 31), today)) for y in years)
        case "month":
            months = range((today.year - since.year) * 12 + today.month - since.month + 1)
            return tuple((month_start(since, n), month_end(month_start(since, n))) for n in months)
        case "week":
            first = since + timedelta(days=(2 - since.weekday()) % 7)
            # Wednesday's holdings come out on Thursday.
            weeks = range(max((today - timedelta(days=1) - first).days // 7 + 1, 0))
            return tuple((first + timedelta(weeks=n),) * 2 for n in weeks)
        case _:
            return ((since, today),)


def _wanted(
    source: Source, base: str, secret: dict[str, str], each: str, since: date, until: date
) -> Wanted:
    words = {
        "{since}": since.strftime(source.date_form),
        "{until}": until.strftime(source.date_form),
        "{year}": str(since.year),
        "{each}": each,
    }

    def filled(text: str) -> str:
        for place, word in words.items():
            text = text.replace(place, word)
        return text

    query = {name: filled(text) for name, text in source.query.items()}
    return Wanted(base, filled(source.path), query, secret)


def pages(ask: Ask, source: Source) -> Iterator[Wanted]:
    """The requests of one ask, page after page without end; the caller stops at a short page."""
    paging = source.paging
    if paging is None:
        yield ask.wanted
        return
    step = 1 if paging.step == "page" else paging.size
    place = paging.first
    while True:
        query = {**ask.wanted.query, paging.parameter: str(place)}
        if paging.size_parameter:
            query[paging.size_parameter] = str(paging.size)
        yield replace(ask.wanted, query=query)
        place += step
