"""Intraday bars: the reader's own, in files of their own beside the daily observations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import CannotError, MissingSeriesError

if TYPE_CHECKING:
    import polars as pl

    from ustress.data.store import Store

COLUMNS = ("name", "unit", "start", "open", "high", "low", "close", "volume", "source", "retrieved")


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of one instrument, by start: arrays of one length.

    `start` is in UTC, to the microsecond; prices are in `unit`; `volume` is NaN where not given.
    """

    name: str
    unit: str
    start: NDArray[np.datetime64]
    open: NDArray[np.float64]
    high: NDArray[np.float64]
    low: NDArray[np.float64]
    close: NDArray[np.float64]
    volume: NDArray[np.float64]

    def __len__(self) -> int:
        return int(self.start.size)


@dataclass(frozen=True, slots=True)
class BarsHeld:
    """What the store holds of one instrument."""

    name: str
    unit: str
    bars: int
    first: datetime
    last: datetime


def bars(store: Store, name: str, first: date | None = None, last: date | None = None) -> Bars:
    """The bars of an instrument that start between two days in UTC, both included.

    Of a bar imported twice the later import counts; the earlier one stays in its file.

    Raises:
        MissingSeriesError: if the store has no bars of this name.
        CannotError: if a file of bars is damaged.
    """
    import polars as pl

    table = _table(store).filter(pl.col("name") == name)
    if not table.height:
        raise MissingSeriesError(
            f"the store holds no bars of {name}; `ustress data import FILE --map MAP` brings them"
        )
    day = pl.col("start").dt.date()
    within = pl.lit(True)
    if first is not None:
        within &= day >= first
    if last is not None:
        within &= day <= last
    found = table.filter(within)
    starts = found["start"].dt.replace_time_zone(None).to_numpy()
    o, h, low, c = (found[column].to_numpy() for column in ("open", "high", "low", "close"))
    volume = found["volume"].fill_null(float("nan")).to_numpy()
    return Bars(name, str(table["unit"][-1]), starts, o, h, low, c, volume)


def held_bars(store: Store) -> tuple[BarsHeld, ...]:
    """Every instrument of which the store holds bars, by name."""
    if not store.manifest.of("bars"):
        return ()
    import polars as pl

    groups = _table(store).group_by("name", maintain_order=True).agg(
        pl.col("unit").last(), pl.len(), pl.col("start").min().alias("first"),
        pl.col("start").max().alias("last"),
    )  # fmt: skip
    return tuple(BarsHeld(*row) for row in groups.sort("name").rows())


def _table(store: Store) -> pl.DataFrame:
    """Every bar that counts, by name and start."""
    import polars as pl

    parts = [p.path(store.root) for p in store.manifest.of("bars")]
    empty = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    try:
        rows = pl.concat([pl.read_parquet(p) for p in parts]) if parts else empty
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise CannotError(
            f"the bars of the store at {store.root} are damaged; `ustress data verify` names them"
        ) from fault
    return rows.unique(["name", "start"], keep="last", maintain_order=True).sort("name", "start")


def new_bars(store: Store, table: pl.DataFrame) -> pl.DataFrame:
    """Those of the bars that the store does not hold already with the same prices."""
    if not store.manifest.of("bars"):
        return table
    same = ["name", "start", "open", "high", "low", "close", "volume"]
    return table.join(_table(store), on=same, how="anti", nulls_equal=True, maintain_order="left")
