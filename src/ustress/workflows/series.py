"""The catalogue, and one series as known on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ustress.core.errors import UnknownNameError
from ustress.core.panel import SeriesInfo
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    import polars as pl

    from ustress.data.store import Store


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One stored value: the day it is for, when it became known, and from where."""

    day: date
    value: float
    known_from: date
    known_exact: bool
    source: str


@dataclass(frozen=True, slots=True)
class SeriesFound:
    """Either the catalogue's entries under a prefix, or one series with its newest rows."""

    as_of: date
    infos: tuple[SeriesInfo, ...]
    rows: tuple[SeriesRow, ...] = ()
    observations: int = 0
    vintages: bool = False


def look_up(
    name: str | None = None,
    as_of: str | date | None = None,
    *,
    last: int = 12,
    vintages: bool = False,
) -> SeriesFound:
    """The catalogue (all of it, or under a prefix), or the `last` rows of the series `name`.

    Raises:
        UnknownNameError: if neither a series nor a prefix has this name.
        BadInputError: if the date is wrong.
    """
    from ustress.data.store import Store

    store, day = Store(), resolve_day(as_of)
    if name is None or name not in store.infos:
        return SeriesFound(day, _under(store, name))
    info = (store.infos[name],)
    if vintages:
        rows = tuple(
            SeriesRow(r.day, r.value, r.known_from, r.known_exact, r.source)
            for r in store.vintages(name)
            if r.known_from <= day
        )
        return SeriesFound(day, info, rows[-last:], len(rows), vintages=True)
    known = store.panel(day, (name,)).get(name)
    if known is None:
        return SeriesFound(day, info)
    newest = [known.at(i) for i in range(max(len(known) - last, 0), len(known))]
    rows = tuple(SeriesRow(o.day, o.value, o.known, o.known_exact, info[0].source) for o in newest)
    return SeriesFound(day, info, rows, len(known))


def frame(name: str, as_of: str | date | None = None) -> pl.DataFrame:
    """The series `name` as known on a date: a polars frame with day, value and known date.

    Raises:
        UnknownNameError: if the catalogue has no such series.
        MissingSeriesError: if nothing of it was known on the date.
    """
    import polars as pl

    from ustress.data.store import Store

    store = Store()
    if name not in store.infos:
        raise UnknownNameError("series", name, tuple(store.infos))
    series = store.panel(resolve_day(as_of), (name,))[name]
    return pl.DataFrame({"day": series.dates, name: series.values, "known_from": series.known})


def _under(store: Store, prefix: str | None) -> tuple[SeriesInfo, ...]:
    found = tuple(
        info
        for name, info in store.infos.items()
        if prefix is None or name.startswith(f"{prefix.rstrip('.')}.") or info.family == prefix
    )
    if not found:
        raise UnknownNameError("series", prefix or "", tuple(store.infos))
    return found
