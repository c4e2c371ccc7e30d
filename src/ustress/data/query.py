"""The one room that speaks to the database: DuckDB over the pack and the segments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from ustress.core.errors import CannotError

# Within one key the later vintage wins; at the same known-from date the later retrieval, then
# the later segment ('' is the pack, segments are named in order), then the later row.
_ORDER = "known_from, coalesce(retrieved, DATE '0001-01-01'), segment, position"
_COLUMNS = "series, day, value, known_from, known_exact, source, retrieved"


@lru_cache(maxsize=1)
def _connection() -> duckdb.DuckDBPyConnection:
    """One engine for the process, holding no data; queries run on cursors of it."""
    # Nothing may reach the network: no extension is ever fetched.
    return duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )


class Database:
    """Read access to a pack and a fixed list of segments."""

    def __init__(self, pack: Path | None, parts: Sequence[Path]) -> None:
        self.pack, self.parts = pack, tuple(parts)

    def latest(self, names: Sequence[str], as_of: date) -> dict[str, Any]:
        """The winning row of each (series, day) known by `as_of`: columns as NumPy arrays.

        `i` is the position in `names`; rows are ordered by it, then by day; of several rows with
        the same key the last one wins (the caller drops the others: most keys have one).
        """
        return self._numpy(
            f"""
            SELECT n.i, r.day, r.value, r.known_from, r.known_exact FROM {self._rows()} r
            JOIN (SELECT unnest($names) AS series, generate_subscripts($names, 1) - 1 AS i) n
            USING (series)
            WHERE r.known_from <= $as_of AND r.series IN (SELECT unnest($names))
            ORDER BY n.i, r.day, {_ORDER}
            """,
            {"names": list(names), "as_of": as_of},
        )

    def vintages(self, name: str) -> list[tuple[Any, ...]]:
        """Every stored row of a series, by day, then vintage."""
        return self.fetch(
            f"SELECT {_COLUMNS} FROM {self._rows()} WHERE series = $name ORDER BY day, {_ORDER}",
            {"name": name},
        )

    def newest_known(self, as_of: date | None = None) -> date | None:
        """The newest known-from date (at or before `as_of`), or None."""
        until = as_of or date.max
        found = self.fetch(
            f"SELECT max(known_from) FROM {self._rows()} WHERE known_from <= $until",
            {"until": until},
        )[0][0]
        return found if isinstance(found, date) else None

    def first_known(self, without: Sequence[str]) -> date | None:
        """The first known-from date of any series not in `without`, or None."""
        found = self.fetch(
            f"SELECT min(known_from) FROM {self._rows()} WHERE NOT list_contains($names, series)",
            {"names": list(without)},
        )[0][0]
        return found if isinstance(found, date) else None

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

    def _rows(self) -> str:
        sources = []
        if self.pack is not None:
            sources.append(_scan([self.pack], "''"))
        if self.parts:
            sources.append(_scan(self.parts, "parse_filename(filename)"))
        return f"({' UNION ALL '.join(sources) or _EMPTY})"

    def _blame(self, fault: duckdb.Error) -> CannotError:
        if self.pack is not None and not readable(self.pack):
            return CannotError(f"the pack {self.pack} is damaged; install ustress again")
        for path in self.parts:
            if not readable(path):
                return CannotError(
                    f"segment {path} of the store is damaged; move it away and fetch it again"
                )
        return CannotError(f"the store cannot be read: {str(fault).splitlines()[0]}")


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


def _scan(paths: Sequence[Path], segment: str) -> str:
    listed = ", ".join("'" + str(p).replace("'", "''") + "'" for p in paths)
    return (
        f"SELECT {_COLUMNS}, {segment} AS segment, file_row_number AS position"
        f" FROM read_parquet([{listed}], filename=true, file_row_number=true)"
    )
