"""A year in the space of a word: the path of a small drawing, 96 by 20."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, PAD = 96.0, 20.0, 2.0


def sparkline(values: Sequence[float]) -> str:
    """The SVG path of values spread evenly; a flat past is a line in the middle."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    span = high - low
    step = (WIDTH - 2 * PAD) / (len(values) - 1)
    points = []
    for i, value in enumerate(values):
        share = 0.5 if span == 0 else (value - low) / span
        points.append(f"{PAD + i * step:.1f} {HEIGHT - PAD - share * (HEIGHT - 2 * PAD):.1f}")
    return "M" + "L".join(points)


def last_point(path: str) -> tuple[str, str]:
    """Where a path ends."""
    x, y = path.rsplit("L", 1)[-1].lstrip("M").split(" ")
    return x, y
