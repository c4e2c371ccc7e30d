"""The point of no return by pace, as the chart shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ustress.core.evidence import Evidence


@dataclass(frozen=True, slots=True)
class AmountMark:
    """An amount worth marking on the breaking-point chart: real holdings, real sales."""

    label: str
    amount_usdbn: float
    source: str
    day: date | None = None
    evidence: Evidence = Evidence.MEASURED


@dataclass(frozen=True, slots=True)
class PacePoint:
    """The point of no return at one pace, $bn; None where it is not among the amounts.

    `q10`, `q50`, `q90` over joint draws of the parameters: nought where nothing need be sold, all
    that is held where that is not enough. `words` says what was found.
    """

    business_days: int
    amount_usdbn: float | None
    error_usdbn: float | None
    q10: float
    q50: float
    q90: float
    words: str
    policy: str


@dataclass(frozen=True, slots=True)
class PaceView:
    """Amount against pace at which the chance of no return is `level`; real holdings as marks."""

    level: float
    points: tuple[PacePoint, ...]
    most_usdbn: float
    marks: tuple[AmountMark, ...]
    policies: tuple[str, ...]
    paths_used: int
