"""Merging small segments, so that reading stays fast after years of daily updates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ustress.data.manifest import Manifest, Part
from ustress.data.segments import about, write_part

MOST = 12
"""So many segments stand before the newest are merged."""


def compacted(root: Path, manifest: Manifest) -> Manifest:
    """The manifest with the newest segments merged into one if there are too many.

    Every row stays, in winning order. The files merged are kept until the merge after this one,
    for readers that opened the store before.

    Raises:
        OSError: if the disk refuses.
    """
    segments = manifest.of("segments")
    if len(segments) <= MOST:
        return manifest
    chosen = segments[_start(segments) :]
    merged = _merge(root, chosen)
    kept = tuple(p for p in manifest.parts if p not in chosen)
    return replace(
        manifest,
        parts=(*kept, merged),
        superseded=tuple(f"{p.kind}/{p.file}" for p in chosen),
    )


def _start(segments: tuple[Part, ...]) -> int:
    """Where the merge begins: it takes in a larger segment only once the newer ones outweigh it.

    Each row is thus rewritten a number of times that grows with the logarithm of the rows.
    """
    start, weight = len(segments) - 1, segments[-1].rows
    while start > 1 and (len(segments) - start < MOST // 2 or segments[start - 1].rows <= weight):
        start -= 1
        weight += segments[start].rows
    return start


def _merge(root: Path, parts: tuple[Part, ...]) -> Part:
    import polars as pl

    tables = [pl.read_parquet(p.path(root)) for p in parts]
    rows = pl.concat(tables).sort("series", "day", "known_from", "retrieved", maintain_order=True)
    said = [about(p.path(root)) for p in parts]
    together: dict[str, Any] = {"series": {}, "released": [], "packs": []}
    for one in said:
        together["series"] |= one.get("series", {})
        together["released"] += one.get("released", [])
        together["packs"] += one.get("packs", [])
    return write_part(root, "segments", rows, parts[0].first, parts[-1].last, together)
