"""`ustress claims new`: a file that can be judged as it stands, and never one over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from ustress.claims import parse_claims
from ustress.claims.rules.registry import rule_kinds
from ustress.claims.template import template
from ustress.cli.main import run


def test_the_template_is_a_file_of_claims() -> None:
    claims = parse_claims(template(), "template.toml")
    assert [c.number for c in claims] == [1]
    for kind in rule_kinds():
        assert kind in template(), "every kind is named"


def test_what_is_commented_out_is_a_claim_too() -> None:
    """Taking the comments away leaves a file that reads."""
    text = template()
    start = text.index("# [[claim]]")
    lines = [line.removeprefix("# ").removeprefix("#") for line in text[start:].splitlines()]
    kept = [line for line in lines if not line.startswith("What the record")]
    claims = parse_claims(text[:start] + "\n".join(kept), "t.toml")
    assert [len(c.parts) for c in claims] == [2, 2]


def test_new_writes_it_and_its_claims_can_be_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "deep" / "mine.toml"
    assert run(["-q", "claims", "new", str(file)]) == 0
    assert capsys.readouterr().out.strip() == str(file)
    assert file.read_text() == template()
    assert [p.name for p in file.parent.iterdir()] == ["mine.toml"]
    assert run(["-q", "claims", str(file)]) == 0
    assert "holds" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["file", "folder", "dangling"])
def test_it_never_writes_over_anything(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    if kind == "file":
        file.write_text("kept")
    elif kind == "folder":
        file.mkdir()
    else:
        file.symlink_to(tmp_path / "nowhere")
    assert run(["claims", "new", str(file)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert kind != "file" or file.read_text() == "kept"
    assert not (tmp_path / "nowhere").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["mine.toml"]


def test_an_unwritable_place_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    assert run(["claims", "new", str(blocker / "below.toml")]) == 1
    assert "ustress: cannot write" in capsys.readouterr().err


def test_a_file_whose_name_is_new_can_still_be_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new").write_text(template())
    assert run(["-q", "claims", "./new", "--json"]) == 0
    assert '"number": 1' in capsys.readouterr().out
