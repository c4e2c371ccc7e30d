"""`monitor --since`: each date as it was known then; the families' changes add up."""

from __future__ import annotations

import json
import math

import pytest

from ustress.cli.main import run
from ustress.workflows.market import market_since


def test_families_add_up_to_the_change() -> None:
    found = market_since("2025-04-04", "2025-04-11")
    assert found.composite.change is not None
    assert math.fsum(found.composite.families.values()) == pytest.approx(found.composite.change)


def test_a_date_without_a_composite_says_why() -> None:
    found = market_since("1998-08-03", "2025-04-11")
    assert found.composite.change is None
    assert "families present" in found.composite.reason
    assert found.composite.families == {}


def test_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-q", "monitor", "--since", "2025-04-04", "--as-of", "2025-04-11"]) == 0
    out = capsys.readouterr().out
    assert "Composite stress from" in out
    line = next(row for row in out.splitlines() if "par yield, 10-year" in row)
    assert "4.010" in line
    assert "4.480" in line
    assert "+47" in line
    assert "Treasury holdings of China" not in out, "no newer month: not a change"
    assert run(["-q", "monitor", "--since", "2025-04-04", "--as-of", "2025-04-11", "--json"]) == 0
    moved = {m["key"]: m for m in json.loads(capsys.readouterr().out)["changes"]}
    assert moved["curve.10y"]["change"] == pytest.approx(47.0)
