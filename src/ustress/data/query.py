"""The one room that speaks to the database: DuckDB over the pack and the segments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ustress.core.errors import CannotError
from ustress.data import large
from ustress.data.history import BITS, EPOCH, MOST_NAMES, History, split

# Within one key the later vintage wins; at the same known-from date the later retrieval, then
# the later segment ('' is the pack, segments are named in order), then the later row.
_ORDER = "known_from, coalesce(retrieved, DATE '0001-01-01'), segment, position"
_COLUMNS = "series, day, value, known_from, known_exact, source, retrieved"
_CACHED_BYTES = 512 << 20


@lru_cache(maxsize=1)
def _connection() -> duckdb.DuckDBPyConnection:
    """One engine for the process, holding no data; queries run on cursors of it."""
    # Nothing may reach the network: no extension is ever fetched.
    return duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )


@lru_cache(maxsize=8)
def database(pack: tuple[Path, int, int] | None, parts: tuple[Path, ...]) -> Database:
    """The database over these files; one and the same, with what it has read, while they stand.

    `pack` is its path with the size and time of change that tell one version from another.
    Segments never change, so that their names say all.
    """
    return Database(None if pack is None else pack[0], parts)


class Database:
    """Read access to a pack and a fixed list of segments."""

    def __init__(self, pack: Path | None, parts: Sequence[Path]) -> None:
        self.pack, self.parts = pack, tuple(parts)
        self._seen: dict[str, History] = {}
        self._bytes = 0
        self._indices: dict[Path, large.Places | None] = {}
        self._known: list[date] | None = None
        self._first: list[tuple[str, date]] | None = None

    def histories(self, names: Sequence[str]) -> list[History]:
        """Every vintage of each of `names`, read once and kept while the process runs."""
        wanted = [n for n in dict.fromkeys(names) if n not in self._seen]
        found = {n: self._seen[n] for n in names if n in self._seen}
        for start in range(0, len(wanted), MOST_NAMES - 1):
            some = wanted[start : start + MOST_NAMES - 1]
            found.update(zip(some, self._read(some), strict=True))
        self._remember({n: found[n] for n in wanted})
        return [found[n] for n in names]

    def _read(self, names: list[str]) -> list[History]:
        keys, values, exact = self._unordered(names)
        if np.any(keys[1:] < keys[:-1]):
            order = np.argsort(keys, kind="stable")
            keys, values, exact = keys[order], values[order], exact[order]
        if np.any(keys[1:] == keys[:-1]):
            # Rows that tie need the order of appending, which the faster query does not promise.
            keys, values, exact = self._arrays(names, in_order=True)
        return split(keys, values, exact, len(names))

    def _unordered(self, names: list[str]) -> large.Arrays:
        """Large segments by position, the rest by the database, one after the other."""
        by_position, rest = self._by_size()
        pieces = [rest._arrays(names, in_order=False)] if rest.parts or rest.pack else []
        try:
            for path, places in by_position.items():
                pieces += large.read(path, places, names)
        except Exception as fault:
            raise self._blame(fault) from fault
        if len(pieces) == 1:
            return pieces[0]
        empty = (np.empty(0, np.int64), np.empty(0), np.empty(0, np.bool_))
        keys, values, exact = (np.concatenate(c) for c in zip(*(pieces or [empty]), strict=True))
        return keys, values, exact

    def _by_size(self) -> tuple[dict[Path, large.Places], Database]:
        """The large segments with their indices, and the rest."""
        by_position = {p: places for p in self.parts if (places := self._index(p)) is not None}
        return by_position, Database(self.pack, [p for p in self.parts if p not in by_position])

    def _index(self, path: Path) -> large.Places | None:
        if path not in self._indices:
            try:
                self._indices[path] = large.index(path)
            except Exception as fault:
                raise self._blame(fault) from fault
        return self._indices[path]

    def _arrays(self, names: list[str], *, in_order: bool) -> large.Arrays:
        key = "(list_position($names, series) - 1)::BIGINT"
        for day in ("day", "known_from", "coalesce(retrieved, DATE '1800-01-01')"):
            key = f"({key} * {1 << BITS} + (({day} - DATE '1970-01-01') - ({EPOCH})))"
        listed = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
        found = self._numpy(
            f"SELECT {key} AS key, value, known_exact FROM {self._rows(placed=in_order)}"
            f" WHERE series IN ({listed})"
            + (" ORDER BY key, segment, position" if in_order else ""),
            {"names": names},
        )
        return (
            np.asarray(found["key"], np.int64),
            np.asarray(found["value"], np.float64),
            np.asarray(found["known_exact"], np.bool_),
        )

    def _remember(self, read: dict[str, History]) -> None:
        size = sum(17 * h.keys.size for h in read.values())
        if self._bytes + size > _CACHED_BYTES:
            self._seen, self._bytes = {}, 0
        if size <= _CACHED_BYTES:
            self._seen = {**self._seen, **read}
            self._bytes += size

    def vintages(self, name: str) -> list[tuple[Any, ...]]:
        """Every stored row of a series, by day, then vintage."""
        return self.fetch(
            f"SELECT {_COLUMNS} FROM {self._rows()} WHERE series = $name ORDER BY day, {_ORDER}",
            {"name": name},
        )

    def newest_known(self, as_of: date | None = None) -> date | None:
        """The newest known-from date (at or before `as_of`), or None."""
        if self._known is None:
            rows = self.fetch(f"SELECT DISTINCT known_from FROM {self._rows(placed=False)}")
            self._known = sorted(day for (day,) in rows)
        at = bisect_right(self._known, as_of or date.max)
        return self._known[at - 1] if at else None

    def first_known(self, without: Collection[str]) -> date | None:
        """The first known-from date of any series not in `without`, or None."""
        if self._first is None:
            by_position, rest = self._by_size()
            rows = rest.fetch(
                f"SELECT series, min(known_from) FROM {rest._rows(placed=False)} GROUP BY series"
            )
            found = [(n, p.first_known) for places in by_position.values()
                     for n, p in places.items()]  # fmt: skip
            self._first = [*found, *((n, day) for n, day in rows)]
        left = frozenset(without)
        return min((day for name, day in self._first if name not in left), default=None)

    def stored(self, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Every stored row of several series, the winner of each key last."""
        return self.fetch(
            f"""
            SELECT {_COLUMNS} FROM {self._rows()} WHERE series IN (SELECT unnest($names))
            ORDER BY series, day, {_ORDER}
            """,
            {"names": list(names)},
        )

    def coverage(self, as_of: date) -> list[tuple[Any, ...]]:
        """Of each series: name, rows, first day, last day, newest known-from by `as_of`."""
        return self.fetch(
            f"""
            SELECT series, count(*), min(day), max(day), max(known_from) FROM {self._rows()}
            WHERE known_from <= $as_of GROUP BY series
            """,
            {"as_of": as_of},
        )

    def counts(self) -> list[tuple[Any, ...]]:
        """Of each series: its name and how many rows are stored of it."""
        return self.fetch(f"SELECT series, count(*) FROM {self._rows()} GROUP BY series ORDER BY 1")

    def sources(self) -> list[tuple[Any, ...]]:
        """Of each source of rows: what stands for it, and how many rows there are."""
        return self.fetch(f"SELECT source, count(*) FROM {self._rows()} GROUP BY source ORDER BY 1")

    def unsound(self) -> int:
        """How many rows have no number, or were known before their day."""
        found = self.fetch(
            f"SELECT count(*) FROM {self._rows()} WHERE NOT isfinite(value) OR known_from < day"
        )
        return int(found[0][0])

    def fetch(self, sql: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query.

        Raises:
            CannotError: naming the segment that cannot be read.
        """
        try:
            return _connection().cursor().execute(sql, values or {}).fetchall()
        except duckdb.Error as fault:
            raise self._blame(fault) from fault

    def _numpy(self, sql: str, values: dict[str, Any]) -> dict[str, Any]:
        try:
            return _connection().cursor().execute(sql, values).fetchnumpy()
        except duckdb.Error as fault:
            raise self._blame(fault) from fault

    def _rows(self, *, placed: bool = True) -> str:
        sources = []
        if self.pack is not None:
            sources.append(_scan([self.pack], "''", placed=placed))
        if self.parts:
            sources.append(_scan(self.parts, "parse_filename(filename)", placed=placed))
        return f"({' UNION ALL '.join(sources) or _EMPTY})"

    def _blame(self, fault: Exception) -> CannotError:
        if self.pack is not None and not readable(self.pack):
            return CannotError(f"the pack {self.pack} is damaged; install ustress again")
        for path in self.parts:
            if not readable(path):
                return CannotError(
                    f"segment {path} of the store is damaged; `ustress data verify --repair`"
                    " moves it aside and rebuilds what it can"
                )
        return CannotError(
            f"the store cannot be read: {(str(fault) or repr(fault)).splitlines()[0]}"
        )


def readable(path: Path) -> bool:
    """Whether every column of a segment can be read to its end."""
    try:
        _connection().cursor().execute(
            f"SELECT count({_COLUMNS.replace(', ', '), count(')}) FROM read_parquet(?)",
            [str(path)],
        ).fetchall()
    except duckdb.Error:
        return False
    return True


_EMPTY = (
    "SELECT '' AS series, DATE '1970-01-01' AS day, 0.0 AS value, DATE '1970-01-01' AS known_from,"
    " false AS known_exact, '' AS source, NULL::DATE AS retrieved, '' AS segment, 0 AS position"
    " WHERE false"
)


def _scan(paths: Sequence[Path], segment: str, *, placed: bool) -> str:
    """A table of the files' rows, in their order; `placed` adds the file and the row's number."""
    listed = ", ".join("'" + str(p).replace("'", "''") + "'" for p in paths)
    if not placed:
        return f"SELECT {_COLUMNS} FROM read_parquet([{listed}])"
    return (
        f"SELECT {_COLUMNS}, {segment} AS segment, file_row_number AS position"
        f" FROM read_parquet([{listed}], filename=true, file_row_number=true)"
    )
