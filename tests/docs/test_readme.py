"""The README's commands and its Python are executed as they stand there, with fewer paths."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from ustress.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.partition("#")[0].strip()
    for kind, body in BLOCKS
    if kind == "sh"
    for line in body.splitlines()
    if line.startswith("ustress ")
]


SIMULATES = {"claims", "run", "compare", "breakpoint", "outcomes", "replay", "brief"}
FEW = ("--paths", "200")


def sized(words: list[str]) -> list[str]:
    """The words as they stand, with few paths and paces."""
    if "--paths" in words:
        at = words.index("--paths")
        words = [*words[:at], *words[at + 2 :]]
    few = [*words, *FEW] if words[0] in SIMULATES else words
    return [*few, "--paces", "5,20"] if words[0] == "breakpoint" else few


@pytest.mark.parametrize("command", COMMANDS)
def test_command(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--quiet", *sized(shlex.split(command)[1:])]) == 0
    out, err = capsys.readouterr()
    assert out.strip()
    assert err == ""


def test_python_block() -> None:
    (body,) = [body for kind, body in BLOCKS if kind == "python"]
    scope: dict[str, object] = {}
    exec(compile(body.replace("10_000", "200"), "README.md", "exec"), scope)
    us = scope["us"]
    assert us.market("2025-04-11")["curve.10y"].value == 4.48  # type: ignore[attr-defined]


def test_the_first_screen_has_what_a_newcomer_needs() -> None:
    head = README.split("## ")[0]
    assert "make demo" in head
    assert "make test" in head
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", head)
    assert (ROOT / picture).is_file()


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
