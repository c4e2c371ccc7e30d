"""What is kept between runs in the user's cache directory: bounded, and nothing is lost without it.

Everything below this directory can be deleted at any time; it costs time, nothing else.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = "USTRESS_CACHE"
PRUNED_EVERY = 32


def cache_directory() -> Path:
    """The user's cache directory; the variable `USTRESS_CACHE` overrides it."""
    own = os.environ.get(ENVIRONMENT)
    if own:
        return Path(own)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "ustress"


@dataclass(frozen=True, slots=True)
class Keep:
    """Packed texts by key in the folder `name`; those read longest ago go first.

    A text is written beside its place and renamed, without waiting for the disk: after a loss of
    power a file may be damaged, and a damaged file is no file.

    Attributes:
        name: of the folder in the cache directory.
        files: the most that stay.
        total_bytes: of all of them, packed.
    """

    name: str
    files: int
    total_bytes: int

    def get(self, key: str) -> str | None:
        """The text kept under `key`, or None."""
        try:
            path = self._path(key)
            text = gzip.decompress(path.read_bytes()).decode()
        except (OSError, EOFError, ValueError, RuntimeError):
            return None
        with contextlib.suppress(OSError):  # read now: it goes last
            os.utime(path)
        return text

    def put(self, key: str, text: str) -> None:
        """Keep `text`; a disk that refuses costs a later reader time, nothing else."""
        try:
            path = self._path(key)
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(text.encode(), 3, mtime=0))
            Path(beside).replace(path)
            self._prune_at_times(key)
        except (OSError, RuntimeError):  # RuntimeError: no home directory
            return

    def _path(self, key: str) -> Path:
        return cache_directory() / self.name / f"{key}.gz"

    def _prune_at_times(self, key: str) -> None:
        """Keys are hashes: one in so many prunes, and so does every one of a small folder."""
        if self.files < PRUNED_EVERY or sum(key.encode()) % PRUNED_EVERY == 0:
            self.prune()

    def prune(self) -> None:
        """Drop what lies beyond either bound."""
        found = sorted(
            ((p.stat().st_mtime_ns, p.stat().st_size, p) for p in self._path("").parent.iterdir()),
            reverse=True,
        )
        total = 0
        for i, (_, size, path) in enumerate(found):
            total += size
            if i >= self.files or total > self.total_bytes:
                path.unlink(missing_ok=True)
