"""The manifest: which files make up a store, in order. Replacing it is the moment of storing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ustress.core.errors import CannotError
from ustress.data import disk

MANIFEST = "manifest.json"
FORMAT = 1
KINDS = ("segments", "quarantine", "bars")


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable file: its kind (its folder), name, SHA-256, rows, and the commits it holds.

    `first` and `last` are the numbers of the first and last commit whose rows are in it; they
    differ once segments have been merged into one.
    """

    kind: str
    file: str
    sha256: str
    rows: int
    first: int
    last: int

    def path(self, root: Path) -> Path:
        """Where the file lies."""
        return root / self.kind / self.file


@dataclass(frozen=True, slots=True)
class Manifest:
    """A store's state: the number of its last commit and the parts in the order of winning.

    `packs` are the hashes of the packs merged in, `released` the quarantined rows a reader let in,
    `series` the reader's own series by name, `superseded` files that merging replaced.
    """

    sequence: int = 0
    parts: tuple[Part, ...] = ()
    packs: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    series: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    superseded: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Part, ...]:
        """The parts of one kind, in order."""
        return tuple(p for p in self.parts if p.kind == kind)

    def with_parts(self, parts: tuple[Part, ...], **changes: Any) -> Manifest:
        """The state after a commit that made `parts` its own."""
        return replace(self, parts=parts, **changes)


def load(root: Path) -> Manifest | None:
    """The manifest of the store at `root`; None if nothing was ever stored.

    Raises:
        CannotError: if it is damaged or of a later format.
    """
    path = root / MANIFEST
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as fault:
        raise CannotError(f"cannot read {path}: {fault.strerror}") from fault
    try:
        outer = json.loads(text)
        body, seal = outer["store"], outer["sha256"]
        sound = seal == _seal(body)
        version = int(body.get("format", 0))
    except (ValueError, KeyError, TypeError, AttributeError):
        sound, version, body = False, FORMAT, {}
    if not sound:
        raise CannotError(
            f"{path} is damaged; `ustress data verify --repair` rebuilds it from the segments"
        )
    if version > FORMAT:
        raise CannotError(f"{path} has format {version}; expected {FORMAT}, update ustress")
    return _from(body)


def save(root: Path, manifest: Manifest) -> None:
    """Replace the manifest: from here on its parts are what the store holds.

    Raises:
        OSError: if the disk refuses; the earlier manifest stands.
    """
    body = {"format": FORMAT, **asdict(manifest)}
    content = json.dumps({"sha256": _seal(body), "store": body}, indent=1)
    disk.put(root / MANIFEST, content.encode())


def seal_of(manifest: Manifest, packs: Iterable[str]) -> str:
    """Hash of a store's state and of the packs under it."""
    return _seal({**asdict(manifest), "packs": list(packs)})


def _seal(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _from(body: Mapping[str, Any]) -> Manifest:
    return Manifest(
        sequence=body["sequence"],
        parts=tuple(Part(**part) for part in body["parts"]),
        packs=tuple(body["packs"]),
        released=tuple(body["released"]),
        series=body["series"],
        superseded=tuple(body["superseded"]),
    )
