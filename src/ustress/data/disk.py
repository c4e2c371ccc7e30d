"""The one place that changes the store's files, each step so that a crash leaves old or new.

A file is written beside its place in pieces, flushed to the disk, renamed, and its folder flushed:
after that, and only after that, it counts as stored. `step` is called at each of these points, so
that the tests can kill the process, or refuse the disk, at every one of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ustress.core.errors import CannotError

PIECE = 1 << 20
TEMPORARY = ".tmp"


def step(what: str, path: Path) -> None:
    """A point at which the machine may stop; does nothing but be there for the tests."""


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turns the disk's refusals into one sentence that names the place.

    Raises:
        CannotError: for any OSError inside.
    """
    try:
        yield
    except OSError as fault:
        words = fault.strerror or str(fault)
        raise CannotError(
            f"cannot write to the store at {path}: {words}; what was stored before is intact"
        ) from fault


def put(path: Path, content: bytes) -> None:
    """Write `content` to `path`, there completely or not at all; its folder is made.

    Raises:
        OSError: if the disk refuses; nothing of the new file is left.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        _write(temporary, content)
        step("rename", path)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    step("renamed", path)
    flush_folder(path.parent)


def _write(path: Path, content: bytes) -> None:
    step("create", path)
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(content), PIECE):
            step("write", path)
            _write_all(file.fileno(), memoryview(content)[start : start + PIECE])
        step("fsync", path)
        os.fsync(file.fileno())


def _write_all(descriptor: int, piece: memoryview) -> None:
    """A short write is what a disk that fills up gives before it says so."""
    while piece:
        piece = piece[os.write(descriptor, piece) :]


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents, each flushed into the one above it."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    for path in reversed(missing):
        step("mkdir", path)
        path.mkdir(exist_ok=True)
        flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make renames and removals in a folder durable (where the platform lets folders be opened)."""
    step("fsync folder", folder)
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move(path: Path, target: Path) -> None:
    """Move a file to another folder of the store."""
    make_folder(target.parent)
    step("move", path)
    path.replace(target)
    flush_folder(target.parent)
    flush_folder(path.parent)


def remove(path: Path) -> None:
    """Remove a file that nothing refers to any more."""
    step("remove", path)
    path.unlink(missing_ok=True)


def leftovers(root: Path) -> tuple[Path, ...]:
    """Temporary files that an interrupted writer left; only the holder of the lock may ask."""
    return tuple(sorted(root.glob(f"**/.*{TEMPORARY}")))
