"""What a value may be: bounds by unit, and jumps against the series' own past, from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import SeriesInfo

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of one series, in its unit (see `plausible.toml`).

    `low` and `high` bound a value. A change is absurd if it exceeds `jump` times the largest
    earlier change, which counts as at least `floor`, once there were `past` changes.
    """

    low: float = -np.inf
    high: float = np.inf
    jump: float = np.inf
    floor: float = 0.0
    past: int = 30


def bounds(info: SeriesInfo) -> Bounds:
    """The limits declared for a series, the most specific table field by field."""
    return _bounds(info.name, info.family, info.unit)


@lru_cache(maxsize=4096)
def _bounds(name: str, family: str, unit: str) -> Bounds:
    declared = _declared()
    families = declared.get("family", {})
    parts = family.split(".")
    levels = [declared["default"], declared.get("unit", {}).get(unit, {})]
    levels += [families.get(".".join(parts[:n]), {}) for n in range(1, len(parts) + 1)]
    levels.append(declared.get("series", {}).get(name, {}))
    merged: dict[str, Any] = {}
    for level in levels:
        merged |= level
    return Bounds(**merged)


@lru_cache(maxsize=1)
def _declared() -> Mapping[str, Any]:
    path = files("ustress.data") / "plausible.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def jumps(values: Floats, new: NDArray[np.bool_], limits: Bounds) -> dict[int, float]:
    """The new values that stand too far from the accepted value before them.

    Args:
        values: the series in the order of its days, shape (n,), in its unit.
        new: which of them are to be judged, shape (n,); the others were accepted before.
        limits: what the series is allowed.

    Returns:
        The position of each absurd value, and the largest change there was until then.
    """
    if values.size < limits.past + 2 or not np.isfinite(limits.jump):
        return {}
    change = np.abs(np.diff(values))
    largest = np.maximum.accumulate(change)
    suspect = change[1:] > limits.jump * np.maximum(largest[:-1], limits.floor)
    suspect[: limits.past - 1] = False
    if not np.any(suspect & new[2:]):
        return {}
    return _walk(values, new, limits)


def _walk(values: Floats, new: NDArray[np.bool_], limits: Bounds) -> dict[int, float]:
    """One by one, because an absurd value must not become the past of the next."""
    found: dict[int, float] = {}
    before, largest, count = float(values[0]), 0.0, 0
    for i in range(1, values.size):
        change = abs(float(values[i]) - before)
        room = limits.jump * max(largest, limits.floor)
        if new[i] and count >= limits.past and change > room:
            found[i] = largest
            continue
        before, largest, count = float(values[i]), max(largest, change), count + 1
    return found
