"""The one form of every stored observation, in memory and in a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

COLUMNS = ("series", "day", "value", "known_from", "known_exact", "source", "retrieved")


class Row(NamedTuple):
    """An observation with its vintage.

    `day` is the observation's date (a period's end), `known_from` the day by whose end in New
    York it stood in public, `known_exact` whether that is the true date or one by a lag rule,
    `retrieved` the day it was fetched (None in the embedded pack). `source` is the publisher's
    answer it came from: `SOURCE`, or `SOURCE#SHA256` where the raw answer is kept (see `trace`).
    """

    series: str
    day: date
    value: float
    known_from: date
    known_exact: bool
    source: str
    retrieved: date | None = None


def origin(source: str, raw_sha256: str | None) -> str:
    """What stands in a row's `source`: the source's id, and the raw answer it was parsed from."""
    return source if raw_sha256 is None else f"{source}#{raw_sha256}"


def trace(source: str) -> tuple[str, str | None]:
    """The source's id, and the hash of the raw answer if one is kept: the inverse of `origin`."""
    name, _, raw = source.partition("#")
    return name, raw or None


def frame(rows: Iterable[Row]) -> pl.DataFrame:
    """The rows as a table of the stored columns."""
    import polars as pl

    listed = list(rows)
    columns = list(zip(*listed, strict=True)) if listed else [()] * len(COLUMNS)
    kinds = dtypes()
    return pl.DataFrame(
        [
            pl.Series(name, list(column), dtype=kinds[name])
            for name, column in zip(COLUMNS, columns, strict=True)
        ]
    )


def dtypes() -> pl.Schema:
    """The polars types of the stored columns."""
    import polars as pl

    return pl.Schema(
        {
            "series": pl.String,
            "day": pl.Date,
            "value": pl.Float64,
            "known_from": pl.Date,
            "known_exact": pl.Boolean,
            "source": pl.String,
            "retrieved": pl.Date,
        }
    )


def schema() -> pa.Schema:
    """The columns of a segment file, as Arrow names them."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("series", pa.string(), nullable=False),
            pa.field("day", pa.date32(), nullable=False),
            pa.field("value", pa.float64(), nullable=False),
            pa.field("known_from", pa.date32(), nullable=False),
            pa.field("known_exact", pa.bool_(), nullable=False),
            pa.field("source", pa.string(), nullable=False),
            pa.field("retrieved", pa.date32()),
        ]
    )
