"""`ustress scenarios`: every word of it, and what it says when typed wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from ustress.cli.main import run


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("scenarios", ("tactical-qe", "china-all-month", "100 % of china's")),
        ("scenarios tactical-qe", ("Tactical purchases (tactical-qe)",)),
        ("scenarios show china-300-day", ("sale.china.amount_usdbn", "300")),
        ("scenarios diff tactical-qe no-intervention", ("policy.kind", "temporary", "none")),
        ("scenarios diff baseline baseline", ("simulate the same",)),
        ("scenarios validate baseline", ("baseline is a valid scenario",)),
        ("scenarios schema", ("json-schema.org", "amount_share_of_holding")),
        ("scenarios keys", ("sale.china.amount_usdbn",)),
        ("scenarios --keys", ("sale.china.amount_usdbn",)),
    ],
)
def test_each_word_answers(
    typed: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-q", *typed.split()]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert all(word in shown for word in words), shown[:400]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("scenarios basline", "did you mean baseline"),
        ("scenarios diff baseline", "expected two names after it"),
        ("scenarios baseline tactical-qe", "expected one name after it"),
        ("scenarios show baseline --extends tactical-qe", "--extends belongs to"),
        ("scenarios new mine.txt", "does not end in .toml"),
    ],
)
def test_what_is_typed_wrongly(typed: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(typed.split()) == 2
    assert words in capsys.readouterr().err


def test_a_file_is_begun_and_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    assert run(["scenarios", "new", str(path), "--extends", "china-100-day"]) == 0
    before = path.read_bytes()
    assert run(["scenarios", "new", str(path)]) == 2
    assert path.read_bytes() == before
    assert run(["scenarios", "validate", str(path)]) == 0
    assert "extends china-100-day, extends china-100-month" in capsys.readouterr().out
