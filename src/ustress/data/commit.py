"""One change of a store: its files first, then the manifest, whose replacement is the moment.

A process that stops before that moment leaves files that nothing names, which the next writer
removes; one that stops after it has stored everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.data import disk
from ustress.data import manifest as state
from ustress.data.compaction import compacted
from ustress.data.manifest import KINDS, Manifest
from ustress.data.packs import mark
from ustress.data.segments import keep, write_part

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Commit:
    """What a commit adds: tables by kind (None for nothing), and facts for the manifest.

    `rows` are observations, `quarantine` rows kept out, `bars` intraday bars; `series` the
    reader's own series they need; `released` ids let out of quarantine; `packs` hashes merged.
    """

    rows: pl.DataFrame | None = None
    quarantine: pl.DataFrame | None = None
    bars: pl.DataFrame | None = None
    series: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    released: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()

    def tables(self) -> tuple[tuple[str, pl.DataFrame], ...]:
        """The tables that have rows, by kind."""
        given = zip(KINDS, (self.rows, self.quarantine, self.bars), strict=True)
        return tuple((kind, table) for kind, table in given if table is not None and table.height)


def commit(root: Path, before: Manifest, pack: Path | None, change: Commit) -> Manifest:
    """Store `change` in the store at `root`, whose lock the caller holds.

    Raises:
        CannotError: if the disk refuses; the store is as it was.
    """
    with disk.speaking(root):
        sweep(root, before)
        base = _base(root, before, pack)
        number = base.sequence + 1
        about = {
            "series": dict(change.series),
            "released": list(change.released),
            "packs": list(change.packs),
        }
        parts = tuple(
            write_part(root, kind, _ordered(kind, table), number, number, about)
            for kind, table in change.tables()
        )
        after = replace(
            base,
            sequence=number,
            parts=(*base.parts, *parts),
            packs=(*base.packs, *change.packs),
            released=(*base.released, *change.released),
            series={**base.series, **change.series},
        )
        after = compacted(root, after)
        state.save(root, after)
    return after


def _base(root: Path, before: Manifest, pack: Path | None) -> Manifest:
    """With the store's own copy of the pack, which its first commit makes."""
    if before.packs or pack is None:
        return before
    content = pack.read_bytes()
    part = keep(root, "segments", content, _rows(pack), 0, 0)
    return replace(before, parts=(part, *before.parts), packs=(str(mark(pack)),))


def _rows(path: Path) -> int:
    import polars as pl

    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def _ordered(kind: str, table: pl.DataFrame) -> pl.DataFrame:
    if kind != "segments":
        return table
    return table.sort("series", "day", "known_from", "retrieved", maintain_order=True)


def sweep(root: Path, manifest: Manifest) -> None:
    """Remove what interrupted writers left: temporary files, and files no manifest names."""
    for path in disk.leftovers(root):
        disk.remove(path)
    for path in strays(root, manifest):
        disk.remove(path)


def strays(root: Path, manifest: Manifest) -> tuple[Path, ...]:
    """Files in the folders of parts that the manifest does not name."""
    named = {(p.kind, p.file) for p in manifest.parts}
    named |= {(k, f) for k, _, f in (s.partition("/") for s in manifest.superseded)}
    return tuple(
        path
        for kind in KINDS
        for path in sorted((root / kind).glob("*.parquet"))
        if (kind, path.name) not in named
    )
