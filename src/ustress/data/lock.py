"""One writer at a time: a lock file in the store's root, which the system frees if one dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ustress.core.errors import CannotError
from ustress.data import disk

LOCK = "writer.lock"
HOLDER = "writer.pid"
WAIT_S = 30.0


@contextmanager
def writing(root: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the store at `root` for writing; a second writer waits up to `wait_s` seconds.

    Readers never need it.

    Raises:
        CannotError: if another process still writes after that, or the root cannot be written.
    """
    from filelock import FileLock, Timeout

    with disk.speaking(root):
        disk.make_folder(root)
        lock = FileLock(root / LOCK)
        try:
            lock.acquire(timeout=wait_s, poll_interval=0.02)
        except Timeout:
            raise CannotError(_busy(root, wait_s)) from None
    try:
        with disk.speaking(root):
            (root / HOLDER).write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        lock.release()


def _busy(root: Path, wait_s: float) -> str:
    try:
        who = f"process {(root / HOLDER).read_text(encoding='ascii')}"
    except OSError:
        who = "another process"
    return (
        f"{who} is writing to the store at {root} and did not finish within {wait_s:g} s;"
        " expected to be the only writer, try again when it has ended"
    )
