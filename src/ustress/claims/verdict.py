"""What judging a claim gives: the verdict with the numbers, rule and sources it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from ustress.core.evidence import Evidence


class Outcome(Enum):
    """The four things a verdict can say; values are the words of the JSON form."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does_not_hold"
    PARTLY = "partly"
    CANNOT_BE_CHECKED = "cannot_be_checked"

    @property
    def words(self) -> str:
        """The verdict as a reader sees it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Number:
    """One figure a verdict rests on, with where it comes from."""

    label: str
    value: float | None
    unit: str
    day: date | None
    known: date | None
    source: str
    evidence: Evidence = Evidence.MEASURED
    claimed: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One claim judged on one as-of date: `part` verdicts of its statements, then the whole."""

    as_of: date
    outcome: Outcome
    because: str
    numbers: tuple[Number, ...]
    parts: tuple[tuple[str, Outcome, str], ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim with its judgement as known then and as known now, side by side."""

    number: int
    title: str
    text: str
    rule: str
    then: Judgement
    today: Judgement
    would_change: str = ""
    said_on: date | None = None
    note: str = ""
    by: str = ""
