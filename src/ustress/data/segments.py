"""Segments: immutable Parquet files, named in the order in which they were appended."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.errors import CannotError
from ustress.data.rows import Row, schema

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".parquet"
_DIGITS = 6


def segments(folder: Path) -> tuple[Path, ...]:
    """The segments of `folder` in the order of appending; none if it does not exist."""
    return tuple(sorted(p for p in folder.glob(f"[0-9]*{SUFFIX}") if p.is_file()))


def table(rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table in the stored form."""
    import pyarrow as pa

    return pa.Table.from_pylist([row._asdict() for row in rows], schema=schema())


def write_segment(folder: Path, rows: Sequence[Row]) -> Path:
    """A new segment of `rows`, there completely or not at all.

    It is written beside its place and renamed; the name holds its number and the start of its
    SHA-256, so that two writers at once keep both files.

    Raises:
        CannotError: if the folder cannot be created or written.
    """
    import pyarrow.parquet as pq

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix="new-", suffix=".tmp")
        os.close(handle)
        temporary = Path(name)
        try:
            pq.write_table(table(rows), temporary, compression="zstd", store_schema=False)
            final = folder / _next_name(folder, digest(temporary))
            temporary.replace(final)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as fault:
        raise CannotError(f"cannot write to the store at {folder}: {fault.strerror}") from fault
    return final


def _next_name(folder: Path, content: str) -> str:
    taken = [int(p.name[:_DIGITS]) for p in segments(folder)]
    return f"{max(taken, default=0) + 1:0{_DIGITS}d}-{content[:16]}{SUFFIX}"


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
