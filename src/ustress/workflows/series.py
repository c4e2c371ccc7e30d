"""The catalogue, one series as known on a date, its vintages, and first releases against later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from ustress.core.errors import UnknownNameError
from ustress.core.panel import SeriesInfo
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    import polars as pl

    from ustress.data.rows import Row
    from ustress.data.store import Store


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One stored value: the day it is for, when it became known, and from where.

    Of a vintage also the day it was fetched, the hash of the raw answer it was parsed from, and
    what was asked for to get that answer; None or empty where nothing was fetched.
    """

    day: date
    value: float
    known_from: date
    known_exact: bool
    source: str
    retrieved: date | None = None
    raw_sha256: str | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class SeriesFound:
    """Either the catalogue's entries under a prefix, or one series with its newest rows."""

    as_of: date
    infos: tuple[SeriesInfo, ...]
    rows: tuple[SeriesRow, ...] = ()
    observations: int = 0
    vintages: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One observation day as first released and as known on the date, in the series' unit."""

    day: date
    first: float
    first_known: date
    now: float
    now_known: date
    vintages: int

    @property
    def change(self) -> float:
        """What revisions added to the first release."""
        return self.now - self.first


@dataclass(frozen=True, slots=True)
class Revisions:
    """First releases against what is known on a date.

    `revised` counts the days, of all `observations`, whose value is not the first released; their
    mean and mean absolute change are in the series' unit (None if there are none).
    """

    as_of: date
    info: SeriesInfo
    rows: tuple[Revision, ...]
    observations: int
    revised: int
    mean_change: float | None
    mean_absolute_change: float | None


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
        known_rows = [r for r in store.vintages(name) if r.known_from <= day]
        rows = tuple(_traced(store, r) for r in known_rows[-last:])
        return SeriesFound(day, info, rows, len(known_rows), vintages=True)
    known = store.panel(day, (name,)).get(name)
    if known is None:
        return SeriesFound(day, info)
    newest = [known.at(i) for i in range(max(len(known) - last, 0), len(known))]
    rows = tuple(SeriesRow(o.day, o.value, o.known, o.known_exact, info[0].source) for o in newest)
    return SeriesFound(day, info, rows, len(known))


def revisions(name: str, as_of: str | date | None = None, *, last: int = 12) -> Revisions:
    """The first release of each day of a series against its value as known on a date.

    Days whose first vintage in the store is already a revision (the embedded figures carry the
    latest one, by lag) show no change: only vintages that were kept can be compared.

    Raises:
        UnknownNameError: if the catalogue has no such series.
        BadInputError: if the date is wrong.
    """
    from ustress.data.store import Store

    store, until = Store(), resolve_day(as_of)
    if name not in store.infos:
        raise UnknownNameError("series", name, tuple(store.infos))
    known = (r for r in store.vintages(name) if r.known_from <= until)
    found = [_revision(day, list(rows)) for day, rows in groupby(known, key=lambda r: r.day)]
    changes = [r.change for r in found if r.now != r.first]
    count = len(changes)
    return Revisions(
        until,
        store.infos[name],
        tuple(found[-last:]),
        len(found),
        count,
        sum(changes) / count if count else None,
        sum(map(abs, changes)) / count if count else None,
    )


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


def _revision(day: date, rows: list[Row]) -> Revision:
    first, now = rows[0], rows[-1]
    return Revision(day, first.value, first.known_from, now.value, now.known_from, len(rows))


def _traced(store: Store, row: Row) -> SeriesRow:
    from ustress.data.raw import RawAnswers
    from ustress.data.rows import trace

    source, sha256 = trace(row.source)
    asked = [kept.asked for kept in RawAnswers(store.root).behind(row.source)]
    return SeriesRow(
        row.day, row.value, row.known_from, row.known_exact, source, row.retrieved, sha256,
        asked[0] if asked else "",
    )  # fmt: skip


def _under(store: Store, prefix: str | None) -> tuple[SeriesInfo, ...]:
    found = tuple(
        info
        for name, info in store.infos.items()
        if prefix is None or name.startswith(f"{prefix.rstrip('.')}.") or info.family == prefix
    )
    if not found:
        raise UnknownNameError("series", prefix or "", tuple(store.infos))
    return found
