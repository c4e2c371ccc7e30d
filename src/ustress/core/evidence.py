"""Levels of evidence and rights: the two marks every figure carries."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Evidence(Enum):
    """How well a figure is founded, strongest first; the value is the word shown to readers."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    PUBLISHED = "published"
    ASSUMED = "assumed"

    @property
    def mark(self) -> str:
        """The one-character mark shown beside the figure, the same everywhere."""
        return {"measured": "●", "estimated": "◐", "published": "◇", "assumed": "○"}[self.value]

    @property
    def meaning(self) -> str:
        """What the level says, in one phrase."""
        return {
            "measured": "an observation by the named publisher",
            "estimated": "computed from data, with an error",
            "published": "somebody's published result, cited",
            "assumed": "a choice, and changeable",
        }[self.value]


def weakest(levels: Iterable[Evidence]) -> Evidence:
    """The weakest of several levels: what a result built from them carries."""
    order = list(Evidence)
    return max(levels, key=order.index, default=Evidence.ASSUMED)


class Rights(Enum):
    """What may be done with a series."""

    GOVERNMENT = "government"
    ATTRIBUTION = "attribution"
    LICENSED = "licensed"
    OWN_FILE = "own file"
