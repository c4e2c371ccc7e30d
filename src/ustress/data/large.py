"""Reading large segments by position: which rows are of which series stands in the file itself.

A segment is sorted by series, so that its own index, names with numbers of rows, gives each series
a range; neither names nor other series are then decoded. Small files are left to the database,
which needs no second engine to start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ustress.data.history import BITS, EPOCH, NEVER, Keys
from ustress.data.segments import INDEX, about

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

LARGE_BYTES = 4 << 20
Arrays = tuple[Keys, "NDArray[np.float64]", "NDArray[np.bool_]"]


class _Run(NamedTuple):
    """Rows of a file that stand together, and which series they are of: position and length."""

    start: int
    rows: int
    names: tuple[tuple[int, int], ...]


class Place(NamedTuple):
    """Where a series stands in a segment: its first row, its rows; when it first was known."""

    start: int
    rows: int
    first_known: date


Places = Mapping[str, Place]


def index(path: Path) -> Places | None:
    """The place of each series in a large segment; None for other files."""
    if path.stat().st_size < LARGE_BYTES:
        return None
    found: dict[str, Place] = {}
    start = 0
    for name, rows, known in about(path).get(INDEX, []):
        found[name] = Place(start, rows, date.fromisoformat(known))
        start += rows
    return found or None


def read(path: Path, places: Places, names: Sequence[str]) -> Iterator[Arrays]:
    """Sort keys, values and flags of the rows of `names`, a piece for each run of rows."""
    for run in _runs(places, names):
        keys, values, exact = _columns(path, run.start, run.rows)
        at = 0
        for position, rows in run.names:
            keys[at : at + rows] += (position << (3 * BITS)) + _ORIGIN
            at += rows
        yield keys, values, exact


def _runs(places: Places, names: Sequence[str]) -> list[_Run]:
    wanted = sorted((*places[n][:2], i) for i, n in enumerate(names) if n in places)
    runs: list[_Run] = []
    for start, rows, i in wanted:
        if runs and runs[-1].start + runs[-1].rows == start:
            last = runs.pop()
            runs.append(_Run(last.start, last.rows + rows, (*last.names, (i, rows))))
        else:
            runs.append(_Run(start, rows, ((i, rows),)))
    return runs


def _columns(path: Path, start: int, rows: int) -> Arrays:
    """The columns of some rows; the keys' days still count from 1970, and no name is in them."""
    import polars as pl

    columns = ("day", "known_from", "retrieved", "value", "known_exact")
    found = pl.scan_parquet(path).slice(start, rows).select(columns).collect()
    # In place, five passes over the rows: this is most of what a large panel costs.
    keys = _days(found["day"]).astype(np.int64)
    for column in ("known_from", "retrieved"):
        keys <<= BITS
        keys += _days(found[column])
    return keys, found["value"].to_numpy(), found["known_exact"].to_numpy()


def _days(column: pl.Series) -> NDArray[np.int32]:
    numbers = column.to_physical()
    return (numbers.fill_null(NEVER) if numbers.null_count() else numbers).to_numpy()


_ORIGIN = -EPOCH * ((1 << 2 * BITS) + (1 << BITS) + 1)
"""Moves the three days of a key from 1970 to `EPOCH` at once."""
