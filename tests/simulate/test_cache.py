"""Compiled programs are kept where the user keeps such things, and never at any price."""

from __future__ import annotations

from pathlib import Path

import pytest

from ustress.simulate import cache


def test_the_variable_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path / "own"))
    assert cache.cache_directory() == tmp_path / "own"
    monkeypatch.delenv("USTRESS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.cache_directory() == tmp_path / "ustress"


def test_a_disk_that_refuses_is_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file stands where the folder should: nothing is written, nothing is raised."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path / "file"))
    assert cache.use_compilation_cache.__wrapped__() is None
