"""Intraday bars from a file's columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.data import bars
from ustress.data.importing.columns import Sheet
from ustress.data.importing.mapping import BarColumns, Layout
from ustress.data.importing.reading import read

if TYPE_CHECKING:
    import polars as pl


def bar_table(
    path: Path, layout: Layout, columns: BarColumns, source: str, retrieved: date
) -> pl.DataFrame:
    """The bars of a file in the stored columns, by start.

    Raises:
        BadInputError: naming file, row, column, value and what was expected: also for a high
            below another price of its bar, a low above one, and a start given twice.
    """
    import polars as pl

    volume = (columns.volume,) if columns.volume else ()
    wanted = (columns.time, *columns.prices, *volume)
    sheet = Sheet(path, layout, read(path, layout, wanted))
    start = sheet.times(columns.time, columns.format, columns.zone)
    o, h, low, c = (sheet.numbers(column, required=True) for column in columns.prices)
    sheet.refuse(columns.prices[1], (h < o) | (h < low) | (h < c), "the highest price of its bar")
    sheet.refuse(columns.prices[2], (low > o) | (low > c), "the lowest price of its bar")
    sheet.refuse(columns.time, start.is_duplicated(), "one bar for each start")
    given = sheet.numbers(columns.volume) if volume else pl.Series([None], dtype=pl.Float64)
    return pl.DataFrame({"start": start, "open": o, "high": h, "low": low, "close": c}).select(
        pl.lit(columns.name).alias("name"), pl.lit(columns.unit).alias("unit"),
        "start", "open", "high", "low", "close", given.alias("volume"),
        pl.lit(source).alias("source"), pl.lit(retrieved).alias("retrieved"),
    ).select(bars.COLUMNS).sort("start")  # fmt: skip
