"""Segments: immutable Parquet files of rows in winning order, named by commit and content."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.data import disk
from ustress.data.manifest import Part

if TYPE_CHECKING:
    import polars as pl

SUFFIX = ".parquet"
ABOUT = "ustress"
INDEX = "rows_by_series"
# Small enough that one series is read without its neighbours, large enough to compress.
_GROUP = 131_072
_DIGITS = 6


def write_part(
    root: Path, kind: str, frame: pl.DataFrame, first: int, last: int, about: Mapping[str, Any]
) -> Part:
    """A new file of `frame`, durable when this returns; it counts once the manifest names it.

    `about` is kept in the file's own metadata, so that a lost manifest can be rebuilt from files.

    Raises:
        OSError: if the disk refuses.
    """
    said = {"kind": kind, "first": first, "last": last, **about}
    if kind == "segments":
        said[INDEX] = index(frame)
    content = parquet(frame, said)
    return keep(root, kind, content, frame.height, first, last)


def keep(root: Path, kind: str, content: bytes, rows: int, first: int, last: int) -> Part:
    """Put a file's bytes into the folder of its kind under the name made of commit and content."""
    sha = hashlib.sha256(content).hexdigest()
    part = Part(kind, f"{last:0{_DIGITS}d}-{sha[:16]}{SUFFIX}", sha, rows, first, last)
    disk.put(part.path(root), content)
    return part


def index(frame: pl.DataFrame) -> list[tuple[str, int, str]]:
    """The series of a sorted table in order: name, rows, first known-from date."""
    import polars as pl

    groups = frame.group_by("series", maintain_order=True).agg(
        pl.len(), pl.col("known_from").min().cast(pl.String)
    )
    return groups.rows()


def parquet(frame: pl.DataFrame, about: Mapping[str, Any]) -> bytes:
    """The bytes of a Parquet file."""
    buffer = io.BytesIO()
    frame.write_parquet(
        buffer,
        compression="zstd",
        row_group_size=_GROUP,
        statistics=True,
        metadata={ABOUT: json.dumps(about)},
    )
    return buffer.getvalue()


def about(path: Path) -> dict[str, Any]:
    """What a file says of itself; empty for a pack."""
    import polars as pl

    found = json.loads(pl.read_parquet_metadata(path).get(ABOUT, "{}"))
    return found if isinstance(found, dict) else {}


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
