"""Numbers, errors, evidence and files as a reader meets them."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ustress.core.errors import CannotError, UnknownNameError
from ustress.core.evidence import Evidence, weakest
from ustress.core.files import check_writable, write_atomically
from ustress.core.jsonform import dumps, plain
from ustress.core.units import MISSING, show, show_probability, unit


@pytest.mark.parametrize(
    ("value", "key", "text"),
    [
        (4.48, "pct", "4.480 %"),
        (47.2, "bp", "+47 bp"),
        (-12.6, "bp", "−13 bp"),
        (1079.3, "usdbn", "1,079.3 $bn"),
        (-21.8, "usdbn_change", "−21.8 $bn"),
        (-0.04, "bp", "0 bp"),
        (0.2, "bp", "0 bp"),
        (None, "pct", MISSING),
        (math.nan, "pct", MISSING),
    ],
)
def test_numbers_follow_their_unit(value: float | None, key: str, text: str) -> None:
    assert show(value, key) == text


def test_probabilities_carry_their_error() -> None:
    assert show_probability(0.34, 0.021) == "34 % ± 2"
    assert show_probability(0.004, 0.001) == "0.4 % ± 0.1"
    assert show_probability(0.0, None) == "0 %"
    assert show_probability(None, None) == MISSING


def test_unknown_names_offer_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown unit 'pctt'; did you mean pct"):
        unit("pctt")
    assert UnknownNameError("verb", "x").exit_code == 2
    assert CannotError("x").exit_code == 1


def test_weakest_level_wins() -> None:
    assert weakest([Evidence.MEASURED, Evidence.PUBLISHED]) is Evidence.PUBLISHED
    assert weakest([]) is Evidence.ASSUMED
    assert len({level.mark for level in Evidence}) == len(Evidence)


@dataclass(frozen=True)
class _Thing:
    day: date
    level: Evidence
    values: np.ndarray
    _hidden: int = 3


def test_json_has_no_nan_and_hides_private_fields() -> None:
    thing = _Thing(date(2025, 4, 11), Evidence.ASSUMED, np.array([1.0, np.nan]))
    assert json.loads(dumps(thing)) == {
        "day": "2025-04-11", "level": "assumed", "values": [1.0, None],
    }  # fmt: skip
    assert plain(np.array(["2025-04-11"], "datetime64[D]")) == ["2025-04-11"]
    with pytest.raises(TypeError, match="no JSON form for object"):
        plain(object())


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Property: the old file survives and no temporary file stays when the move fails."""
    target = tmp_path / "brief.html"
    write_atomically(target, "old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(CannotError, match=r"cannot write .*brief\.html: No space left"):
        write_atomically(target, "new")
    assert [p.name for p in tmp_path.iterdir()] == ["brief.html"]
    assert target.read_text() == "old"


def test_unwritable_places_are_found_first(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for bad in (tmp_path, tmp_path / "file" / "below.html"):
        with pytest.raises(CannotError, match="cannot write"):
            check_writable(bad)
