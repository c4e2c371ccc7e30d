"""Columns as dates, numbers and times; the first value that is none is named with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError
from ustress.data.importing.mapping import Layout
from ustress.data.importing.reading import ROW

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Sheet:
    """The columns of a file as read, and where they come from."""

    path: Path
    layout: Layout
    table: pl.DataFrame

    def refuse(self, column: str, bad: pl.Series, expected: str) -> None:
        """Nothing if no value is `bad`.

        Raises:
            BadInputError: naming file, row, column and value of the first, and how many there are.
        """
        places = self.table.filter(bad)
        if not places.height:
            return
        value = places[column][0]
        shown = "empty" if value is None else f"'{value}'"
        more = f" ({places.height:,} such rows)" if places.height > 1 else ""
        raise BadInputError(
            f"{self.path} row {places[ROW][0]}, column {column}: {shown}; expected {expected}{more}"
        )

    def dates(self, column: str, form: str) -> pl.Series:
        """The column as days; none may be empty.

        Raises:
            BadInputError: see `refuse`.
        """
        import polars as pl

        found = self.table[column]
        if found.dtype == pl.String:
            days = found.str.strip_chars().str.to_date(form or "%Y-%m-%d", strict=False)
        elif found.dtype == pl.Date or isinstance(found.dtype, pl.Datetime):
            days = found.cast(pl.Date)
        else:
            days = pl.Series([None] * found.len(), dtype=pl.Date)
        self.refuse(column, days.is_null(), f"a date as {form or 'YYYY-MM-DD'}")
        return days

    def numbers(self, column: str, *, required: bool = False) -> pl.Series:
        """The column as numbers; empty ones stay null unless `required`.

        Raises:
            BadInputError: see `refuse`.
        """
        import polars as pl

        given = self.table[column]
        if given.dtype == pl.String:
            text = given.str.strip_chars().replace(list(self.layout.missing), None)
            plain = text
            if self.layout.decimal != ".":
                plain = text.str.replace_all(".", "", literal=True)
                plain = plain.str.replace(self.layout.decimal, ".", literal=True)
            values = plain.cast(pl.Float64, strict=False)
            empty = text.is_null()
        elif given.dtype.is_numeric():
            values, empty = given.cast(pl.Float64), given.is_null()
        else:
            values = pl.Series([None] * given.len(), dtype=pl.Float64)
            empty = given.is_null()
        values = values.fill_nan(None) if given.dtype.is_float() else values
        empty = empty | given.is_nan().fill_null(value=True) if given.dtype.is_float() else empty
        bad = values.is_null() & (~empty if not required else pl.Series([True]))
        self.refuse(column, bad, "a number")
        self.refuse(column, values.is_infinite().fill_null(value=False), "a finite number")
        return values

    def times(self, column: str, form: str, zone: str) -> pl.Series:
        """The column as moments in UTC; times without an offset are of `zone`.

        Raises:
            BadInputError: see `refuse`; also for a time that the clocks' change made ambiguous.
        """
        import polars as pl

        given = self.table[column]
        kind = given.dtype
        if kind == pl.String:
            given = _parsed(given.str.strip_chars(), form)
        elif not isinstance(kind, pl.Datetime):
            given = pl.Series([None] * given.len(), dtype=pl.Datetime("us"))
        self.refuse(column, given.is_null(), f"a time as {form or 'YYYY-MM-DD HH:MM[:SS][+HH:MM]'}")
        if isinstance(given.dtype, pl.Datetime) and given.dtype.time_zone is None:
            if not zone:
                raise BadInputError(
                    f"{self.path} column {column}: times without an offset;"
                    " expected [bars] zone, such as America/New_York"
                )
            given = given.dt.replace_time_zone(zone, ambiguous="null", non_existent="null")
            self.refuse(column, given.is_null(), f"a time that {zone} had exactly once")
        return given.dt.convert_time_zone("UTC").cast(pl.Datetime("us", "UTC"))


def _parsed(text: pl.Series, form: str) -> pl.Series:
    import polars as pl

    forms = (form,) if form else _ISO
    best = pl.Series([None] * text.len(), dtype=pl.Datetime("us"))
    for one in forms:
        offset = "%z" in one
        kind = pl.Datetime("us", "UTC") if offset else pl.Datetime("us")
        found = text.str.to_datetime(one, strict=False, time_unit="us")
        if found.null_count() < text.len():
            return found.cast(kind) if offset else found
    return best


_ISO = (
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%Y-%m-%d %H:%M:%S%.f%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%d %H:%M%z",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
)
