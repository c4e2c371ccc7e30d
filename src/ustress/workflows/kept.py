"""Answers that hang on no date a reader chooses, kept on disk between runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ustress.core.cache import Keep, cache_directory
from ustress.core.errors import CannotError
from ustress.core.files import write_atomically
from ustress.core.jsonform import plain
from ustress.core.revive import revive
from ustress.data.store import Store

Answer = TypeVar("Answer")


def kept(name: str, kind: type[Answer], compute: Callable[[], Answer]) -> Answer:
    """What `compute` gave for this program and these figures, from disk where it is kept.

    One file a name: another state of the code, the parameters or the store replaces it. A file
    that is damaged or of another state is computed again; a disk that refuses costs time alone.

    Args:
        name: of the answer and of its file.
        kind: the frozen dataclass that `compute` gives.
        compute: makes the answer; whatever it raises is the caller's.
    """
    path, now = _place(name), _state()
    found = _read(path, kind, now)
    if found is not None:
        return found
    made = compute()
    try:
        text = json.dumps({"of": now, "answer": plain(made)})
        if path is not None:
            write_atomically(path, text)
    except (CannotError, OSError):
        pass
    return made


BRIEFS = Keep("briefs", 40, 64 << 20)
"""What briefs told of simulations: about a megabyte each, by everything that moves a number."""

COUNTS = Keep("counts", 40, 8 << 20)
"""What was counted for claims, which hangs on no brief's date."""


def recall(keep: Keep, key: str, kind: type[Answer]) -> Answer | None:
    """The answer kept under `key`, or None."""
    text = keep.get(key)
    try:
        found: Answer | None = None if text is None else revive(kind, json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return found


def remember(keep: Keep, key: str, answer: object) -> None:
    """Keep an answer under its key."""
    keep.put(key, json.dumps(plain(answer)))


def key_of(*parts: object) -> str:
    """One key for what is asked, this program and these figures."""
    return hashlib.sha256(repr((_state(), parts)).encode()).hexdigest()[:32]


def _place(name: str) -> Path | None:
    try:
        return cache_directory() / "answers" / f"{name}.json"
    except RuntimeError:  # no home directory
        return None


def _state() -> str:
    """Hash of the program with its parameters, and of every figure in the store."""
    from ustress.simulate.provenance import code_hash

    return hashlib.sha256(f"{code_hash()} {Store().fingerprint}".encode()).hexdigest()[:16]


def _read(path: Path | None, kind: type[Answer], now: str) -> Answer | None:
    try:
        form = json.loads(path.read_text("utf-8")) if path is not None else {}
        if form.get("of") != now:
            return None
        found: Answer = revive(kind, form["answer"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return found
