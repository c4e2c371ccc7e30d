"""Whether the files of a store are what they were when they were written, and say what they may."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ustress.core.errors import CannotError
from ustress.data.manifest import Manifest, Part
from ustress.data.pack import MANIFEST, OBSERVATIONS, pack_file
from ustress.data.query import Database
from ustress.data.raw import RawAnswers
from ustress.data.rows import trace
from ustress.data.segments import digest


def problems(root: Path, manifest: Manifest) -> Iterator[str]:
    """One sentence for each damaged file: embedded pack, parts of the manifest, raw answers.

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
    try:
        yield from RawAnswers(root).damaged()
    except CannotError as fault:
        yield str(fault)


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


def disagreements(root: Path, database: Database, infos: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each way in which sound files do not fit the catalogue or the raw answers.

    Raises:
        CannotError: if a segment cannot be read.
    """
    for name, rows in database.counts():
        if name not in infos:
            yield f"{rows:,} rows are of {name}, which the catalogue does not know"
    unsound = database.unsound()
    if unsound:
        yield f"{unsound:,} rows have no number, or were known before their day"
    raws = RawAnswers(root)
    for source, rows in database.sources():
        _, sha256 = trace(source)
        if sha256 is not None and raws.body(sha256) is None and not source.startswith(FILE_MARK):
            yield f"{rows:,} rows come from {source}, whose raw answer is not kept"


FILE_MARK = "file:"
"""Begins the `source` of rows from a reader's file, of which only the hash is kept."""
