"""docs/json.md is the contract: every command in it runs and has exactly the fields it names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ustress.cli.main import run

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text()
SECTIONS = re.findall(r"^### `ustress ([^`]+)`\n(.*?)(?=^### |\Z)", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("command", "body"), SECTIONS, ids=[c for c, _ in SECTIONS])
def test_documented_form(command: str, body: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--quiet", *command.split()]) == 0
    found = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    documented = re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE)
    if isinstance(found, list):
        documented = re.findall(r"`(\w+)`", body)
        found = found[0]
    assert list(found) == documented


def test_every_verb_is_documented() -> None:
    verbs = {command.split()[0] for command, _ in SECTIONS}
    assert verbs == {
        "monitor", "claims", "run", "compare", "breakpoint", "scenarios", "series", "data",
        "explain", "brief", "outcomes", "validate", "replay",
    }  # fmt: skip


def test_same_run_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    """Property: no clock and no memory in the form; figures, code and seed decide all of it,
    and not how many workers computed it."""
    command = ["-q", "run", "tactical-qe", "--as-of", "2025-04-11", "--paths", "2100",
               "--horizon", "10", "--json", "--workers"]  # fmt: skip
    texts = []
    for workers in ("1", "2", "3"):
        assert run([*command, workers]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1] == texts[2]


def test_same_breaking_point_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    """Property: the whole form, whoever computed which block."""
    command = ["-q", "breakpoint", "--as-of", "2025-04-11", "--paths", "600", "--paces", "5",
               "--amounts", "0,100", "--policy", "none", "--json", "--workers"]  # fmt: skip
    texts = []
    for workers in ("1", "2"):
        assert run([*command, workers]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]
