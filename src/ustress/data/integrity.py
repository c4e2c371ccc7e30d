"""Whether the files of a store are what they were when they were written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ustress.data.manifest import Manifest, Part
from ustress.data.pack import MANIFEST, OBSERVATIONS, pack_file
from ustress.data.segments import digest


def problems(root: Path, manifest: Manifest) -> Iterator[str]:
    """One sentence for each damaged file: the embedded pack, then the parts of the manifest.

    Raises:
        CannotError: if the pack is not there at all.
    """
    path = pack_file(OBSERVATIONS)
    expected = json.loads(pack_file(MANIFEST).read_text(encoding="utf-8"))
    if digest(path) != expected[OBSERVATIONS]["sha256"]:
        yield f"the embedded pack {path} differs from its manifest; install ustress again"
    for part in manifest.parts:
        fault = damage(root, part)
        if fault is not None:
            yield fault


def damage(root: Path, part: Part) -> str | None:
    """One sentence if a part is missing or is not what was written."""
    path = part.path(root)
    try:
        same = digest(path) == part.sha256
    except FileNotFoundError:
        return f"{part.kind} file {path} is missing; it held {part.rows:,} rows"
    except OSError as fault:
        return f"{part.kind} file {path} cannot be read: {fault.strerror}"
    return None if same else f"{part.kind} file {path} is damaged; it held {part.rows:,} rows"
