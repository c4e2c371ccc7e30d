"""Packs in a store: the copy its first write keeps, and later releases merged in as vintages."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ustress.data.segments import digest

if TYPE_CHECKING:
    import polars as pl

    from ustress.data.store import Store


class PackMark(NamedTuple):
    """Which pack: its newest known-from date and SHA-256; as text it stands in the manifest."""

    until: date
    sha256: str

    def __str__(self) -> str:
        return f"{self.until} {self.sha256}"


def parse(text: str) -> PackMark:
    """The mark written as text."""
    day, _, sha = text.partition(" ")
    return PackMark(date.fromisoformat(day), sha)


def mark(path: Path) -> PackMark:
    """The mark of the pack at `path`."""
    import polars as pl

    newest = pl.scan_parquet(path).select(pl.col("known_from").max()).collect().item()
    return PackMark(newest, pack_digest(path))


def is_news(path: Path, merged: tuple[str, ...]) -> bool:
    """Whether a store that holds the packs `merged` has yet to learn from this one.

    An older release than the store has seen is none: its figures were revised since.
    """
    if not merged or any(text.endswith(pack_digest(path)) for text in merged):
        return False
    return mark(path).until >= max(parse(text).until for text in merged)


def pack_digest(path: Path) -> str:
    """SHA-256 of the pack at `path`."""
    stat = path.stat()
    return _digest_of((path, stat.st_size, stat.st_mtime_ns))


@lru_cache(maxsize=4)
def _digest_of(version: tuple[Path, int, int]) -> str:
    """Hashed once a process: opening the store must not cost a read of the pack each time."""
    return digest(version[0])


def merge(store: Store, path: Path) -> None:
    """Merge a later release's pack: revised values become vintages known from the pack's date.

    Raises:
        CannotError: if the store cannot be written.
    """
    from ustress.data.intake import take_in_frame

    new = mark(path)
    rows = _rows(path).with_columns(retrieved=_literal(new.until))
    take_in_frame(store, rows, retrieved=new.until, trusted=True, packs=(str(new),))


def _rows(path: Path) -> pl.DataFrame:
    import polars as pl

    from ustress.data.rows import COLUMNS, dtypes

    return pl.read_parquet(path).select(COLUMNS).cast(dtypes())


def _literal(day: date) -> pl.Expr:
    import polars as pl

    return pl.lit(day)
