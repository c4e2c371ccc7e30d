"""Property: what becomes plain JSON comes back as it was."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.jsonform import plain
from ustress.core.revive import revive


class Kind(Enum):
    GOOD = "good"


@dataclass(frozen=True)
class Inner:
    name: str
    share: float
    kind: Kind | None


@dataclass(frozen=True)
class Outer:
    day: date
    rows: tuple[Inner, ...]
    ends: tuple[float, int]
    left: Mapping[float, NDArray[np.float64]]
    days: NDArray[np.datetime64]


def test_there_and_back() -> None:
    days = np.array(["2025-04-11", "2025-04-14"], "datetime64[D]")
    made = Outer(
        date(2025, 4, 11),
        (Inner("a", 0.1 + 0.2, Kind.GOOD), Inner("b", math.nan, None)),
        (1 / 3, 7),
        {0.05: np.array([1.5, math.nan])},
        days,
    )
    back = revive(Outer, json.loads(json.dumps(plain(made))))
    assert back.day == made.day
    assert back.rows[0] == made.rows[0]
    assert math.isnan(back.rows[1].share)
    assert back.rows[1].kind is None
    assert back.ends == made.ends
    np.testing.assert_array_equal(back.left[0.05], made.left[0.05])
    np.testing.assert_array_equal(back.days, days)
    assert back.days.dtype == days.dtype


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(KeyError):
        revive(Inner, {"name": "a"})
    with pytest.raises(ValueError, match="bad"):
        revive(Kind, "bad")
    with pytest.raises(TypeError):
        revive(object, 1)
