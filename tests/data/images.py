"""What a disk would hold if the machine stopped now: killed process, or power lost."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ustress.data import disk
from ustress.data.lock import HOLDER, LOCK

_NOT_DATA = shutil.ignore_patterns(LOCK, HOLDER)


class Power:
    """Keeps what would survive a power cut by the letter of POSIX, in which only fsync promises.

    The content of a file is what it was at its last fsync, and nothing before; the names in a
    folder are those at the folder's last fsync.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._content: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {}
        self._folders: set[int] = set()

    def fsync(self, descriptor: int) -> None:
        """Remember what this fsync makes durable."""
        status = os.fstat(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        if stat.S_ISDIR(status.st_mode):
            self._names[status.st_ino] = {p.name: p.stat().st_ino for p in path.iterdir()}
            self._folders |= {p.stat().st_ino for p in path.iterdir() if p.is_dir()}
        else:
            self._content[status.st_ino] = path.read_bytes()

    def image(self, target: Path) -> None:
        """Write what survives to `target`."""
        self._restore(self._root.stat().st_ino, target)

    def _restore(self, inode: int, target: Path) -> None:
        target.mkdir()
        for name, child in self._names.get(inode, {}).items():
            if name in (LOCK, HOLDER):
                continue
            if child in self._folders:
                self._restore(child, target / name)
            else:
                (target / name).write_bytes(self._content.get(child, b""))


@contextmanager
def recorded(
    monkeypatch: pytest.MonkeyPatch, root: Path, keep: Callable[[str, Path, Power], None]
) -> Iterator[Power]:
    """Calls `keep(what, path, power)` at every point at which the machine could stop."""
    power = Power(root)
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        power.fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        patch.setattr(disk, "step", lambda what, path: keep(what, path, power))
        yield power


def killed(root: Path, target: Path) -> None:
    """What a killed process leaves: everything it wrote; the lock goes with it."""
    shutil.copytree(root, target, ignore=_NOT_DATA)
