"""Answers kept on disk: computed once, again where anything behind them moved or was damaged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from ustress.workflows import kept as module
from ustress.workflows.kept import kept


@dataclass(frozen=True)
class Answer:
    value: float


def _asked(calls: list[int]) -> Answer:
    def compute() -> Answer:
        calls.append(1)
        return Answer(0.1 * len(calls))

    return kept("an-answer", Answer, compute)


def test_once_until_something_behind_it_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path))
    calls: list[int] = []
    assert _asked(calls) == _asked(calls) == Answer(0.1)
    monkeypatch.setattr(module, "_state", lambda: "moved")
    assert _asked(calls) == Answer(0.2)
    file = tmp_path / "answers" / "an-answer.json"
    file.write_text(file.read_text()[:-4])
    assert _asked(calls).value == pytest.approx(0.3)
    assert len(calls) == 3


def test_a_disk_that_refuses_costs_time_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path / "file"))
    calls: list[int] = []
    assert [_asked(calls), _asked(calls)] == [Answer(0.1), Answer(0.2)]
