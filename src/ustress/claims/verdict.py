"""What judging a claim gives: the verdict with the numbers, rule and sources it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from ustress.core.evidence import Evidence
from ustress.core.panel import Dates, Values


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
class Trace:
    """The recent past of the series a verdict turns on, as known then: what a reader may look at.

    `seen` are the observations the verdict rests on, `claimed` what was said of them (a day or,
    for a level without one, None).
    """

    name: str
    title: str
    unit: str
    days: Dates
    values: Values
    publisher: str
    seen: tuple[tuple[date, float], ...] = ()
    claimed: tuple[tuple[date | None, float], ...] = ()


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
    trace: Trace | None = None
