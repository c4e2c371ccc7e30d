"""`ustress replay` as typed."""

from __future__ import annotations

import json

import pytest

from ustress.cli.main import run


def test_the_list_and_one_replay(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay"]) == 0
    assert "march-2020" in capsys.readouterr().out
    words = ["-q", "replay", "september-2019", "--paths", "100"]
    assert run(words) == 0
    out = capsys.readouterr().out
    assert "unidentified" in out
    assert "1 fitted" in out
    assert "21 parameters" in out
    assert "size unknown" in out or "Adds up" in out
    assert run([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert {line["name"] for line in found["left"]} >= {"record", "measured flows", "unidentified"}
    spike = next(d for d in found["days"] if d["day"] == "2019-09-17" and d["unit"] == "bp")
    assert spike["basis"] == "fitted"
    assert found["fitting"]["parameters"] < found["fitting"]["moments"]


@pytest.mark.parametrize("name", ["may-2010", "october-2014"])
def test_an_episode_that_cannot_be_replayed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", name]) == 2
    said = capsys.readouterr().err
    assert "unknown episode" in said
    assert said.count("\n") == 1
