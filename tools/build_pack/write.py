"""Known-from dates by the catalogue's lags, and the one Parquet file with its manifest."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from ustress.data.catalogue import catalogue
from ustress.data.lags import lag
from ustress.data.rows import schema

ROW_GROUP = 30_000
NAME = "observations.parquet"


class Written(NamedTuple):
    """What came out: rows, series, size of the file."""

    rows: int
    series: int
    bytes: int


def stamp(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds known_from (unless there) and known_exact by each series' lag rule.

    Raises:
        ValueError: if a series stands in no catalogue.
    """
    names = frame["series"].unique().to_list()
    strangers = sorted(set(names) - set(catalogue()))
    if strangers:
        raise ValueError(f"not in the catalogue: {', '.join(strangers)}")
    lags = {name: catalogue()[name].lag for name in names}
    exact = {name: lag(rule).exact for name, rule in lags.items()}
    with_rule = frame.with_columns(
        pl.col("series").replace_strict(lags).alias("lag"),
        pl.col("series").replace_strict(exact, return_dtype=pl.Boolean).alias("known_exact"),
    )
    if "known_from" not in frame.columns:
        with_rule = with_rule.join(_known(with_rule), on=["lag", "day"], how="left")
    return with_rule.select("series", "day", "value", "known_from", "known_exact", "source")


def _known(frame: pl.DataFrame) -> pl.DataFrame:
    pairs: list[tuple[str, date]] = frame.select("lag", "day").unique().rows()
    rows = [(name, day, lag(name).rule(day)) for name, day in pairs]
    return pl.DataFrame(
        rows, schema={"lag": pl.String, "day": pl.Date, "known_from": pl.Date}, orient="row"
    )


def write(frame: pl.DataFrame, out: Path) -> Written:
    """Sorts, checks and writes the pack; the same rows always give the same bytes.

    Raises:
        ValueError: if a key stands twice, or a catalogued series has no row.
    """
    ordered = frame.sort("series", "day", "known_from")
    if ordered.select("series", "day").is_duplicated().any():
        raise ValueError("an observation stands twice")
    empty = sorted(set(catalogue()) - set(ordered["series"].unique()))
    if empty:
        raise ValueError(f"catalogued but empty: {', '.join(empty)}")
    out.mkdir(parents=True, exist_ok=True)
    path = out / NAME
    _write_parquet(ordered, path)
    _write_manifest(ordered, path)
    return Written(ordered.height, ordered["series"].n_unique(), path.stat().st_size)


def _write_parquet(frame: pl.DataFrame, path: Path) -> None:
    full = frame.with_columns(pl.lit(None, pl.Date).alias("retrieved")).select(schema().names)
    table = pa.table({name: full[name].to_list() for name in schema().names}, schema=schema())
    pq.write_table(
        table,
        path,
        row_group_size=ROW_GROUP,
        compression="zstd",
        compression_level=19,
        use_dictionary=["series", "source", "value"],
        column_encoding={"day": "DELTA_BINARY_PACKED", "known_from": "DELTA_BINARY_PACKED"},
        write_statistics=["series", "day", "known_from"],
        store_schema=False,
    )


def _write_manifest(frame: pl.DataFrame, path: Path) -> None:
    families = {name: info.family for name, info in catalogue().items()}
    counts = (
        frame.select(pl.col("series").replace_strict(families).alias("family"))
        .group_by("family")
        .len()
        .sort("family")
    )
    manifest = {
        path.name: {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "rows": frame.height,
            "series": frame["series"].n_unique(),
            "newest_known_from": str(frame["known_from"].max()),
            "families": dict(counts.rows()),
        }
    }
    target = path.with_name("manifest.json")
    target.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
