"""Dated observations from a file's columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.panel import SeriesInfo
from ustress.data.importing.columns import Sheet
from ustress.data.importing.mapping import Column, Daily, Layout
from ustress.data.importing.reading import ROW, read
from ustress.data.lags import lag
from ustress.data.rows import COLUMNS

if TYPE_CHECKING:
    import polars as pl


def wanted(daily: Daily) -> tuple[str, ...]:
    """The columns of the file that the mapping names."""
    values = (daily.names, daily.values) if daily.names else [c.column for c in daily.columns]
    known = (daily.known_column,) if daily.known_column else ()
    return (daily.date_column, *known, *values)


def observations(
    path: Path,
    layout: Layout,
    daily: Daily,
    infos: Mapping[str, SeriesInfo],
    source: str,
    retrieved: date,
) -> pl.DataFrame:
    """The rows of a file in the stored columns; empty values are left out.

    Raises:
        BadInputError: naming file, row, column, value and what was expected.
    """
    import polars as pl

    sheet = Sheet(path, layout, read(path, layout, wanted(daily)))
    base = sheet.table.select(ROW).with_columns(
        sheet.dates(daily.date_column, daily.date_format).alias("day")
    )
    if daily.known_column:
        known = sheet.dates(daily.known_column, daily.known_format)
        sheet.refuse(daily.known_column, known < base["day"], "a date on or after the value's own")
        base = base.with_columns(known.alias("known_from"))
    values = _long(sheet, base, daily) if daily.names else _wide(sheet, base, daily)
    dated = _with_known(values, daily, infos)
    return dated.with_columns(
        pl.lit(source).alias("source"), pl.lit(retrieved).alias("retrieved")
    ).select(COLUMNS)


def _wide(sheet: Sheet, base: pl.DataFrame, daily: Daily) -> pl.DataFrame:
    """One column a series."""
    import polars as pl

    return pl.concat(
        [
            base.with_columns(
                pl.lit(c.series).alias("series"), (sheet.numbers(c.column) * c.scale).alias("value")
            ).filter(pl.col("value").is_not_null())
            for c in daily.columns
        ]
    )


def _long(sheet: Sheet, base: pl.DataFrame, daily: Daily) -> pl.DataFrame:
    """One column that names the series, one with the values."""
    import polars as pl

    by_word: dict[str, Column] = {c.column: c for c in daily.columns}
    words = sheet.table[daily.names].cast(pl.String)
    strange = words.is_null() | ~words.is_in(list(by_word))
    sheet.refuse(daily.names, strange, f"one of {', '.join(by_word)} (column of [[series]])")
    scale = words.replace_strict({w: c.scale for w, c in by_word.items()})
    return base.with_columns(
        words.replace_strict({w: c.series for w, c in by_word.items()}).alias("series"),
        (sheet.numbers(daily.values) * scale).alias("value"),
    ).filter(pl.col("value").is_not_null())


def _with_known(rows: pl.DataFrame, daily: Daily, infos: Mapping[str, SeriesInfo]) -> pl.DataFrame:
    """With the day each became known: its own column's, or by a lag for each distinct day."""
    import polars as pl

    if daily.known_column:
        return rows.with_columns(known_exact=pl.lit(True))
    rules = {name: lag(daily.lag or infos[name].lag) for name in rows["series"].unique()}
    tables = []
    for rule in sorted(set(rules.values()), key=lambda r: r.name):
        names = [name for name, its in rules.items() if its is rule]
        part = rows.filter(pl.col("series").is_in(names))
        known = {day: max(rule.rule(day), day) for day in part["day"].unique().to_list()}
        dates = pl.DataFrame(
            {"day": list(known), "known_from": list(known.values())},
            schema={"day": pl.Date, "known_from": pl.Date},
        )
        joined = part.join(dates, on="day", how="left", maintain_order="left")
        tables.append(joined.with_columns(known_exact=pl.lit(rule.exact)))
    return pl.concat(tables) if tables else rows.with_columns(
        known_from=pl.col("day"), known_exact=pl.lit(False)
    )  # fmt: skip
