"""Results by their key: the newest in memory, more on disk, both bounded; a bad file is no file."""

from __future__ import annotations

import gzip
import json
import logging
import re
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import Any

from ustress.core.errors import CannotError
from ustress.core.files import write_atomically

Result = dict[str, Any]
KEY = re.compile(r"[0-9a-f]{32}")
log = logging.getLogger("ustress.app")


class Results:
    """Kept results.

    Args:
        folder: where files go; None keeps results in memory alone.
        in_memory: how many at once.
        files: how many on disk.
        total_bytes: of all files.
    """

    def __init__(
        self,
        folder: Path | None,
        in_memory: int = 24,
        files: int = 200,
        total_bytes: int = 256 << 20,
    ) -> None:
        self._folder, self._most = folder, in_memory
        self._files, self._bytes = files, total_bytes
        self._held: OrderedDict[str, Result] = OrderedDict()
        self._lock = Lock()
        self._changes = 0

    @property
    def changes(self) -> int:
        """How often what is held has changed: a page made of results stands as long as this."""
        return self._changes

    def get(self, key: str) -> Result | None:
        """The result of that key, or None."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        found = self._read(key)
        if found is not None:
            self._hold(key, found)
        return found

    def put(self, key: str, result: Result) -> None:
        """Keep a result; a disk that refuses costs a later reader time, nothing else."""
        self._hold(key, result)
        if self._folder is None:
            return
        packed = gzip.compress(json.dumps(result, separators=(",", ":")).encode(), 5, mtime=0)
        try:
            write_atomically(self._path(key), packed)
            self._prune()
        except (CannotError, OSError) as fault:
            log.warning("a result is not kept on disk: %s", fault)

    def _hold(self, key: str, result: Result) -> None:
        with self._lock:
            self._held[key] = result
            self._held.move_to_end(key)
            self._changes += 1
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def _read(self, key: str) -> Result | None:
        if self._folder is None or not KEY.fullmatch(key):
            return None
        try:
            found = json.loads(gzip.decompress(self._path(key).read_bytes()))
        except (OSError, ValueError, EOFError):
            return None
        return found if isinstance(found, dict) and "document" in found else None

    def _path(self, key: str) -> Path:
        if self._folder is None or not KEY.fullmatch(key):
            raise ValueError("no key of a result")
        return self._folder / f"{key}.json.gz"

    def _prune(self) -> None:
        """Drop the oldest files beyond either bound."""
        folder = self._folder
        if folder is None:
            return
        found = sorted(
            ((p.stat().st_mtime_ns, p.stat().st_size, p) for p in folder.glob("*.json.gz")),
            reverse=True,
        )
        total = 0
        for i, (_, size, path) in enumerate(found):
            total += size
            if i >= self._files or total > self._bytes:
                path.unlink(missing_ok=True)
                self._changes += 1
