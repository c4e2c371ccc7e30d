"""Compiled programs are kept where the user keeps such things, and never at any price."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ustress.core.cache import Keep, cache_directory
from ustress.simulate import cache


def test_the_variable_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path / "own"))
    assert cache_directory() == tmp_path / "own"
    monkeypatch.delenv("USTRESS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_directory() == tmp_path / "ustress"


def test_a_disk_that_refuses_is_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file stands where the folder should: nothing is written, nothing is raised."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path / "file"))
    assert cache.use_compilation_cache.__wrapped__() is None


def test_kept_texts_come_back_and_the_oldest_read_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Properties: bounded in number and size, least recently read first; damage is absence."""
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path))
    keep = Keep("texts", 2, 1 << 20)
    for key in ("a", "b"):
        keep.put(key, key * 1000)
        os.utime(tmp_path / "texts" / f"{key}.gz", (1, 1))
    assert keep.get("a") == "a" * 1000
    keep.put("c", "c")
    assert (keep.get("a"), keep.get("b"), keep.get("c")) == ("a" * 1000, None, "c")
    (tmp_path / "texts" / "c.gz").write_bytes(b"\x1f\x8b torn")
    assert keep.get("c") is None
    Keep("texts", 9, 0).prune()
    assert not list((tmp_path / "texts").iterdir())
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path / "texts" / "file"))
    (tmp_path / "texts" / "file").write_text("")
    keep.put("a", "a")  # nothing is raised, nothing kept
    assert keep.get("a") is None
