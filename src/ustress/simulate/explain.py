"""What moved between two openings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ustress.simulate.opening import Opening


@dataclass(frozen=True, slots=True)
class Moved:
    """One input of two openings; `change` is second less first, in the input's unit."""

    name: str
    title: str
    first: float
    second: float
    unit: str
    first_day: date | None
    second_day: date | None
    decides: str

    @property
    def change(self) -> float:
        """Second less first."""
        return self.second - self.first


def explain_difference(first: Opening, second: Opening) -> tuple[Moved, ...]:
    """The inputs in which two openings differ, the largest relative change first."""
    later = {one.name: one for one in second.inputs}
    moved = [
        Moved(a.name, a.title, a.value, b.value, a.unit, a.day, b.day, a.decides)
        for a in first.inputs
        if (b := later[a.name]).value != a.value
    ]
    return tuple(sorted(moved, key=_relative, reverse=True))


def _relative(one: Moved) -> float:
    size = max(abs(one.first), abs(one.second))
    return abs(one.change) / size if size else 0.0
