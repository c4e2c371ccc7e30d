"""The columns of a file, each still as it was written, with the row numbers a reader sees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError
from ustress.data.importing.mapping import Layout

if TYPE_CHECKING:
    import polars as pl

ROW = "row of the file"


def read(path: Path, layout: Layout, wanted: Iterable[str]) -> pl.DataFrame:
    """The wanted columns of a file, and `ROW`: the line or row a reader finds the value in.

    Raises:
        BadInputError: if the file cannot be read, or lacks a column.
    """
    import polars as pl

    columns = tuple(dict.fromkeys(wanted))
    kind = layout.format or path.suffix.lstrip(".").lower()
    readers = {"csv": _csv, "parquet": lambda p, _: pl.read_parquet(p), "xlsx": _xlsx}
    if kind not in readers:
        raise BadInputError(f"{path}: form '{kind}' is not known; expected csv, parquet or xlsx")
    try:
        found = readers[kind](path, layout)
    except FileNotFoundError:
        raise BadInputError(f"cannot read {path}: no such file") from None
    except BadInputError:
        raise
    except Exception as fault:
        words = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise BadInputError(f"cannot read {path} as {kind}: {words}") from fault
    for column in columns:
        if column not in found.columns:
            there = ", ".join(found.columns[:12])
            raise BadInputError(f"{path} has no column '{column}'; it has: {there}")
    first = {"csv": 2 + layout.skip_rows, "parquet": 1, "xlsx": 2 + layout.skip_rows}[kind]
    rows = found.select(columns).with_row_index(ROW, offset=first)
    # Empty rows at the end of a sheet say nothing.
    return rows.filter(~pl.all_horizontal(pl.col(c).is_null() for c in columns))


def _csv(path: Path, layout: Layout) -> pl.DataFrame:
    import polars as pl

    try:
        return pl.read_csv(
            path,
            separator=layout.separator,
            skip_rows=layout.skip_rows,
            infer_schema=False,
            null_values=list(layout.missing),
        )
    except pl.exceptions.ComputeError:
        _refuse_long_rows(path, layout)
        raise


def _refuse_long_rows(path: Path, layout: Layout) -> None:
    """Nothing, unless a row has more values than there are columns.

    Raises:
        BadInputError: naming the first such row.
    """
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        for _ in range(layout.skip_rows):
            file.readline()
        rows = csv.reader(file, delimiter=layout.separator)
        columns = len(next(rows))
        for row in rows:
            if len(row) > columns:
                line = rows.line_num + layout.skip_rows
                raise BadInputError(
                    f"{path} row {line} has {len(row)} values; expected {columns}, one a column"
                )


def _xlsx(path: Path, layout: Layout) -> pl.DataFrame:
    import polars as pl

    options = {"header_row": layout.skip_rows} if layout.skip_rows else {}
    return pl.read_excel(
        path, sheet_name=layout.sheet or None, engine="calamine", read_options=options
    )
