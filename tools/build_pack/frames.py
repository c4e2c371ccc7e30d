"""Helpers the readers share: every reader returns columns series, day, value, source."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

NULLS = ["", "null"]
CENT = 11  # decimals of $bn


def read(tables: Path, name: str) -> pl.DataFrame:
    """Table `name`, every cell text, empty cells and `null` missing."""
    return pl.read_csv(tables / f"{name}.csv", infer_schema=False, null_values=NULLS)


def number(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Float64)


def day(column: str) -> pl.Expr:
    return pl.col(column).str.to_date("%Y-%m-%d").alias("day")


def month_end(column: str) -> pl.Expr:
    """The end of the month a text `YYYY-MM` or `YYYY-MM-DD` lies in."""
    return (pl.col(column).str.slice(0, 7) + "-01").str.to_date("%Y-%m-%d").dt.month_end()


def scaled(value: pl.Expr, scale: float) -> pl.Expr:
    """In $bn, rounded to the cent: what a conversion adds beyond it is noise."""
    return value if scale == 1.0 else (value * scale).round(CENT)


def wide(
    table: pl.DataFrame, when: pl.Expr, names: Mapping[str, str], source: str, scale: float = 1.0
) -> pl.DataFrame:
    """Columns `names` (table's name to ours) of a table with one row a date, in long form."""
    chosen = table.select(
        when.alias("day"), *(number(old).alias(new) for old, new in names.items())
    )
    long_form = chosen.unpivot(index="day", variable_name="series", value_name="value")
    return finish(long_form.with_columns(scaled(pl.col("value"), scale)), source)


def finish(frame: pl.DataFrame, source: str | pl.Expr) -> pl.DataFrame:
    """Missing values dropped, columns in order, `source` set."""
    mark = pl.lit(source) if isinstance(source, str) else source
    return frame.drop_nulls(["series", "day", "value"]).select(
        "series", "day", "value", mark.cast(pl.String).alias("source")
    )
