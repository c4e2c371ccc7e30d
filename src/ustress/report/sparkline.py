"""A line of characters: a few values drawn by height, for a cell of a table."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
PLAIN = "_.,-~=^#"
"""The same heights where a terminal knows no more than ASCII."""


def sparkline(values: Sequence[float]) -> str:
    """The values as blocks between their own least and largest; level ones in the middle."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if high <= low:
        return BLOCKS[3] * len(values)
    steps = len(BLOCKS) - 1
    return "".join(BLOCKS[round(steps * (v - low) / (high - low))] for v in values)
