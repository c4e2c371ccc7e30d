"""Putting a damaged store right: what is broken is moved aside, never deleted, and rebuilt.

Files that no longer are what was written go to `damaged/`; the pack's copy comes back from the
installed pack, observations from the raw answers kept, oldest first, each judged against what the
store knew on the day it was fetched. What cannot be rebuilt is counted and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ustress.core.errors import CannotError
from ustress.data import disk
from ustress.data import manifest as state
from ustress.data.integrity import damage
from ustress.data.lock import writing
from ustress.data.manifest import KINDS, MANIFEST, Manifest, Part
from ustress.data.packs import mark
from ustress.data.rows import Row
from ustress.data.segments import about, digest, keep
from ustress.data.store import Store

DAMAGED = "damaged"
Rebuild = Callable[[Store], Iterator[tuple[Row, ...]]]
"""The rows of every raw answer kept, oldest first, all of one answer fetched on one day."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done: one sentence for each file moved or restored, and rows lost and rebuilt.

    `rebuilt` counts rows that the raw answers gave back; `lost` is what the moved files held.
    """

    done: tuple[str, ...] = ()
    lost: int = 0
    rebuilt: int = 0


def repair(root: Path, pack: Path | None, rebuild: Rebuild | None = None) -> Repair:
    """Make the store at `root` sound again.

    Args:
        root: where it is.
        pack: the installed pack, or None for a store without one.
        rebuild: gives the rows of the raw answers; by default those of the known sources.

    Raises:
        CannotError: if another writer holds the store, or the disk refuses.
    """
    if not root.is_dir():
        return Repair()
    with writing(root), disk.speaking(root):
        before, done = _manifest(root)
        after, moved, lost = _without_damage(root, before)
        done += moved
        if pack is not None and before.packs and not any(p.first == 0 for p in after.parts):
            after = _pack_again(root, after, pack)
            done.append(f"the copy of the pack was taken again from {pack.name}")
            lost = max(lost - next(p.rows for p in after.parts if p.first == 0), 0)
        if after != before or done:
            state.save(root, after)
    if not done:
        return Repair()
    rebuilt = _rebuilt(root, pack, rebuild or from_raw_answers)
    return Repair(tuple(done), lost, rebuilt)


def _manifest(root: Path) -> tuple[Manifest, list[str]]:
    """The manifest as it stands, or as the files themselves tell it."""
    try:
        found = state.load(root)
    except CannotError:
        target = _aside(root, root / MANIFEST)
        return from_files(root), [f"the manifest was damaged: moved to {target}, rebuilt"]
    if found is None:
        told = from_files(root)
        said = f"the manifest was missing: rebuilt from {len(told.parts)} files"
        return told, [said] if told.parts else []
    return found, []


def from_files(root: Path) -> Manifest:
    """The manifest that the files themselves tell, each of a sound name and content.

    A file that holds the commits of others (merged from them) stands for them.
    """
    parts: list[Part] = []
    said: list[dict[str, Any]] = []
    for part, about_it in _told(root):
        if any(_within(part, other) for other in parts if other.kind == part.kind):
            continue
        parts.append(part)
        said.append(about_it)
    order = sorted(range(len(parts)), key=lambda i: (parts[i].last, parts[i].kind))
    series: dict[str, Any] = {}
    released: list[str] = []
    packs: list[str] = []
    for i in order:
        series |= said[i].get("series", {})
        released += said[i].get("released", [])
        packs += said[i].get("packs", [])
    base = [p for p in parts if p.first == 0 and p.kind == "segments"]
    packs = [*(str(mark(p.path(root))) for p in base), *packs]
    return Manifest(
        sequence=max((p.last for p in parts), default=0),
        parts=tuple(parts[i] for i in order),
        packs=tuple(dict.fromkeys(packs)),
        released=tuple(dict.fromkeys(released)),
        series=series,
    )


def _told(root: Path) -> list[tuple[Part, dict[str, Any]]]:
    """Every sound file of a store with what it says of itself, those of most commits first."""
    found = []
    for kind in KINDS:
        for path in sorted((root / kind).glob("*.parquet")):
            sha = digest(path)
            if not sha.startswith(path.stem.partition("-")[2]):
                continue
            said = about(path)
            first, last = int(said.get("first", 0)), int(said.get("last", 0))
            found.append((Part(kind, path.name, sha, _rows(path), first, last), said))
    return sorted(found, key=lambda f: f[0].first - f[0].last)


def _within(part: Part, other: Part) -> bool:
    return other.first <= part.first and part.last <= other.last


def _rows(path: Path) -> int:
    import polars as pl

    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def _without_damage(root: Path, before: Manifest) -> tuple[Manifest, list[str], int]:
    done, gone, lost = [], [], 0
    for part in before.parts:
        fault = damage(root, part)
        if fault is None:
            continue
        path = part.path(root)
        where = f": moved to {_aside(root, path)}" if path.exists() else ""
        done.append(f"{fault}{where}")
        gone.append(part)
        lost += part.rows if part.kind == "segments" else 0
    kept = tuple(p for p in before.parts if p not in gone)
    return replace(before, parts=kept), done, lost


def _aside(root: Path, path: Path) -> Path:
    folder = root / DAMAGED
    target = folder / path.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{path.name}.{number}"
    disk.move(path, target)
    return target


def _pack_again(root: Path, manifest: Manifest, pack: Path) -> Manifest:
    """The installed pack as segment zero again; a later release brings its own figures."""
    part = keep(root, "segments", pack.read_bytes(), _rows(pack), 0, 0)
    packs = tuple(dict.fromkeys((str(mark(pack)), *manifest.packs[1:])))
    return replace(manifest, parts=(part, *manifest.parts), packs=packs)


def _rebuilt(root: Path, pack: Path | None, rebuild: Rebuild) -> int:
    from ustress.data.intake import take_in_frame
    from ustress.data.rows import frame

    store = Store(root, pack)
    count = 0
    for rows in rebuild(store):
        if rows and rows[0].retrieved is not None:
            day = rows[0].retrieved
            count += take_in_frame(store, frame(rows), retrieved=day, replay=True).stored
    return count


def from_raw_answers(store: Store) -> Iterator[tuple[Row, ...]]:
    """The rows of the raw answers of every known source."""
    from ustress.data.sources.parsing import reparse
    from ustress.data.sources.registry import sources

    for kept, rows in reparse(store, sources()):
        yield tuple(row._replace(retrieved=kept.retrieved) for row in rows)
