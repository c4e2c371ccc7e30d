"""Raw answers: every body ever parsed, under its SHA-256, with where and when it came from."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ustress.core.errors import CannotError
from ustress.core.files import write_atomically
from ustress.data.rows import trace

RAW = "raw"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a raw answer came from: `asked` is the request's address without a key.

    `each` is the part of the source that was asked for ('' where it has none); source and each
    together are all it takes to parse the body again.
    """

    sha256: str
    source: str
    each: str
    asked: str
    media: str
    retrieved: date


def sha256_of(body: bytes) -> str:
    """The SHA-256 of a body, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


class RawAnswers:
    """The raw answers of a store: written once, whole or not at all, never changed.

    Args:
        root: the store's directory; `raw/` below it is created by the first `keep`.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / RAW

    def keep(self, body: bytes, kept: Kept) -> Path:
        """Store `body` and the note of where it came from; both stay as first written.

        Raises:
            CannotError: if the disk refuses.
        """
        path = self._body(kept.sha256)
        if not path.is_file() or self._read(path) != body:
            write_atomically(path, gzip.compress(body, mtime=0))
        note = self._note(kept)
        if not note.is_file():
            text = json.dumps({**asdict(kept), "retrieved": kept.retrieved.isoformat()}, indent=1)
            write_atomically(note, text + "\n")
        return path

    def body(self, sha256: str) -> bytes | None:
        """The body with this hash, or None if it is missing or damaged."""
        body = self._read(self._body(sha256))
        return body if body is not None and sha256_of(body) == sha256 else None

    def behind(self, row_source: str) -> tuple[Kept, ...]:
        """The notes behind a row's `source`: where and when its raw answer came from."""
        source, sha256 = trace(row_source)
        if sha256 is None:
            return ()
        found = self._notes(f"{sha256[:2]}/{sha256}.*.json")
        return tuple(kept for kept in found if kept.source == source)

    def all(self) -> Iterator[Kept]:
        """Every note, oldest retrieval first: what a store can be rebuilt from."""
        return iter(sorted(self._notes("*/*.json"), key=lambda k: (k.retrieved, k.source, k.each)))

    def damaged(self) -> Iterator[str]:
        """One sentence for each note whose body is missing or is not what it was."""
        for kept in self.all():
            if self.body(kept.sha256) is None:
                yield f"raw answer {self._body(kept.sha256)} is missing or damaged"

    def _notes(self, pattern: str) -> Iterator[Kept]:
        for path in sorted(self.folder.glob(pattern)):
            try:
                fields = json.loads(path.read_text(encoding="utf-8"))
                retrieved = date.fromisoformat(fields.pop("retrieved"))
                yield Kept(**fields, retrieved=retrieved)
            except (OSError, ValueError, TypeError, KeyError) as fault:
                raise CannotError(
                    f"the note {path} of a raw answer is damaged; remove it"
                ) from fault

    def _body(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.gz"

    def _note(self, kept: Kept) -> Path:
        # One body may answer two questions: an empty list is the same everywhere.
        asked = hashlib.sha256(f"{kept.source}\n{kept.each}".encode()).hexdigest()[:8]
        return self.folder / kept.sha256[:2] / f"{kept.sha256}.{asked}.json"

    @staticmethod
    def _read(path: Path) -> bytes | None:
        try:
            return gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error):
            return None
