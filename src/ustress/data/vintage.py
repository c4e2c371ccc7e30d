"""Which rows of a batch say something new, and from when each is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ustress.data.history import NEVER, History
from ustress.data.rows import COLUMNS

if TYPE_CHECKING:
    import polars as pl

    from ustress.data.store import Store


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rows to store, with their known-from dates, and the counts."""

    new: pl.DataFrame
    added: int
    repeated: int
    revised: int


def judged(store: Store, rows: pl.DataFrame, retrieved: date, *, replay: bool = False) -> Verdict:
    """Judge sound rows (one value for each series, day and known-from date) against the store.

    Each row is put among the stored vintages of its series and day where it would win: by
    known-from date, then retrieval. It repeats if the vintage before it there has its value.
    `replay` leaves out what was fetched later.
    """
    import polars as pl

    known = _stored(store, rows)
    if replay:
        known = known.filter(pl.col("retrieved").is_null() | (pl.col("retrieved") <= retrieved))
    dated = _dated(pl.concat([rows, _overtaken(rows, known)], how="diagonal"), known, retrieved)
    together = pl.concat(
        [known.with_columns(batch=pl.lit(False)), dated.with_columns(batch=pl.lit(True))],
        how="diagonal",
    ).sort("series", "day", "known_from", "retrieved", "batch", maintain_order=True)
    # Sorted, so that the row before is the vintage before, if it is of the same series and day.
    before = [pl.col(c).eq_missing(pl.col(c).shift()) for c in ("series", "day", "value")]
    marked = together.with_columns(pl.all_horizontal(before).alias("repeats")).filter("batch")
    new = marked.filter(~pl.col("repeats"))
    revised = new.select(pl.col("newest").is_not_null().sum()).item()
    return Verdict(
        new.select(COLUMNS), new.height - revised, marked.height - new.height, int(revised)
    )


def _overtaken(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """What truly stood on the days from which a pack's revised figure is only *taken* to be known.

    A pack holds the newest revision under a date from a lag rule. Where the publisher's dated
    vintages arrive, the one that stood on that day is stored under it, so that the revision is
    seen from its own date on and not before. A pack date ahead of the first vintage stays.
    """
    import polars as pl

    keys = ["series", "day"]
    lagged = (
        known.filter(~pl.col("known_exact") & pl.col("retrieved").is_null())
        .select(*keys, "known_from", pl.col("value").alias("taken"))
        .sort("known_from")
    )
    exact = rows.filter("known_exact").with_columns(pl.col("known_from").alias("stood_from"))
    if not lagged.height or not exact.height:
        return rows.clear()
    stood = lagged.join_asof(
        exact.sort("known_from"), on="known_from", by=keys, check_sortedness=False
    )
    late = stood.filter(
        pl.col("value").is_not_null()
        & (pl.col("stood_from") < pl.col("known_from"))
        & (pl.col("value") != pl.col("taken"))
    )
    return late.select(rows.columns)


def _dated(rows: pl.DataFrame, known: pl.DataFrame, retrieved: date) -> pl.DataFrame:
    """The rows with the date from which each is known, and `newest`, that of the stored newest.

    A publisher's own date stands, unless the store has another value of the same vintage from the
    publisher: then the figure was changed under its old date, and is known since it was fetched.
    """
    import polars as pl

    days = ["series", "day"]
    newest = known.group_by(days).agg(pl.col("known_from").max().alias("newest"))
    stated = (
        known.filter("known_exact")
        .group_by(*days, "known_from")
        .agg(pl.col("value").alias("stated"))
    )
    joined = rows.join(newest, on=days, how="left", maintain_order="left").join(
        stated, on=[*days, "known_from"], how="left", maintain_order="left"
    )
    clash = pl.col("stated").is_not_null() & ~pl.col("stated").list.contains(pl.col("value"))
    own = pl.col("newest").is_null() | (pl.col("known_exact") & ~clash)
    seen = pl.max_horizontal("known_from", pl.lit(retrieved), "newest")
    return joined.with_columns(
        pl.when(own).then("known_from").otherwise(seen).alias("known_from"),
        (pl.col("known_exact") & own).alias("known_exact"),
    ).drop("stated")


def _stored(store: Store, rows: pl.DataFrame) -> pl.DataFrame:
    """The stored vintages of the batch's series and days, as the columns that decide."""
    import polars as pl

    names = rows["series"].unique().sort().to_list()
    tables = [_table(name, h) for name, h in store.histories_known(names).items() if h.keys.size]
    if not tables:
        return rows.clear().select(
            "series", "day", "value", "known_from", "known_exact", "retrieved"
        )
    return pl.concat(tables).join(rows.select("series", "day").unique(), on=["series", "day"],
                                  how="semi")  # fmt: skip


def _table(name: str, history: History) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        {
            "day": history.days.astype(np.int32),
            "value": history.values,
            "known_from": history.known.astype(np.int32),
            "known_exact": history.exact,
            "retrieved": history.retrieved.astype(np.int32),
        }
    ).select(
        pl.lit(name).alias("series"),
        pl.col("day").cast(pl.Date),
        "value",
        pl.col("known_from").cast(pl.Date),
        "known_exact",
        pl.when(pl.col("retrieved") > NEVER)
        .then(pl.col("retrieved").cast(pl.Date))
        .alias("retrieved"),
    )
