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


def judged(store: Store, rows: pl.DataFrame, retrieved: date) -> Verdict:
    """Judge sound rows (one value for each series, day and known-from date) against the store.

    Each row is put among the stored vintages of its series and day where it would win: by
    known-from date, then retrieval. It repeats if the vintage before it there has its value.
    """
    import polars as pl

    known = _stored(store, rows)
    newest = known.group_by("series", "day").agg(pl.col("known_from").max().alias("newest"))
    dated = rows.join(newest, on=["series", "day"], how="left").with_columns(
        pl.when(pl.col("newest").is_null() | pl.col("known_exact"))
        .then("known_from")
        .otherwise(pl.max_horizontal("known_from", pl.lit(retrieved), "newest"))
        .alias("known_from")
    )
    together = pl.concat(
        [known.with_columns(batch=pl.lit(False)), dated.with_columns(batch=pl.lit(True))],
        how="diagonal",
    ).sort("series", "day", "known_from", "retrieved", "batch", maintain_order=True)
    repeats = pl.col("value").eq_missing(pl.col("value").shift().over("series", "day"))
    first = pl.int_range(pl.len()).over("series", "day") == 0
    marked = together.with_columns(repeats=repeats & ~first).filter("batch")
    new = marked.filter(~pl.col("repeats"))
    revised = new.select(pl.col("newest").is_not_null().sum()).item()
    return Verdict(
        new.select(COLUMNS), new.height - revised, marked.height - new.height, int(revised)
    )


def _stored(store: Store, rows: pl.DataFrame) -> pl.DataFrame:
    """The stored vintages of the batch's series and days, as the columns that decide."""
    import polars as pl

    names = rows["series"].unique().sort().to_list()
    tables = [_table(name, h) for name, h in store.histories_known(names).items() if h.keys.size]
    if not tables:
        return rows.clear().select("series", "day", "value", "known_from", "retrieved")
    return pl.concat(tables).join(rows.select("series", "day").unique(), on=["series", "day"],
                                  how="semi")  # fmt: skip


def _table(name: str, history: History) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        {
            "day": history.days.astype(np.int32),
            "value": history.values,
            "known_from": history.known.astype(np.int32),
            "retrieved": history.retrieved.astype(np.int32),
        }
    ).select(
        pl.lit(name).alias("series"),
        pl.col("day").cast(pl.Date),
        "value",
        pl.col("known_from").cast(pl.Date),
        pl.when(pl.col("retrieved") > NEVER).then(pl.col("retrieved").cast(pl.Date)).alias("retrieved"),
    )

