"""Whether the files of a store are what they were when they were written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from ustress.data.pack import MANIFEST, OBSERVATIONS, pack_file
from ustress.data.query import readable
from ustress.data.segments import digest


def problems(parts: Iterable[Path]) -> Iterator[str]:
    """One sentence for each damaged file: the embedded pack against its manifest, then segments.

    Raises:
        CannotError: if the pack is not there at all.
    """
    path = pack_file(OBSERVATIONS)
    manifest = json.loads(pack_file(MANIFEST).read_text(encoding="utf-8"))
    if digest(path) != manifest[OBSERVATIONS]["sha256"]:
        yield f"the embedded pack {path} differs from its manifest; install ustress again"
    for part in parts:
        written = part.stem.partition("-")[2]
        if not digest(part).startswith(written) or not readable(part):
            yield f"segment {part} is damaged; move it away and fetch it again"
