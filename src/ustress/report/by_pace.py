"""The point of no return by pace, as the table and the chart show it."""

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

    `chance` is that of no return at the amount, with its error. `q10`, `q50`, `q90` are over joint
    draws of the parameters, None where a draw needs no sale at all or more than is held;
    `already_share` of the draws need none. `words` says what was found.
    """

    business_days: int
    amount_usdbn: float | None
    error_usdbn: float | None
    chance: float
    chance_error: float
    q10: float | None
    q50: float | None
    q90: float | None
    already_share: float
    words: str
    policy: str

    def placed(self, most_usdbn: float) -> tuple[float, float, float]:
        """The quantiles on an axis: nought where nothing need be sold, else all that is held."""

        def one(value: float | None, q: float) -> float:
            return value if value is not None else 0.0 if self.already_share >= q else most_usdbn

        return one(self.q10, 0.1), one(self.q50, 0.5), one(self.q90, 0.9)


@dataclass(frozen=True, slots=True)
class PaceView:
    """Amount against pace at which the chance of no return is `level`; real holdings as marks.

    The least over `policies` without purchases; at most `most_usdbn` can be sold, all that
    foreigners held in `month`.
    """

    level: float
    points: tuple[PacePoint, ...]
    most_usdbn: float
    month: str
    marks: tuple[AmountMark, ...]
    policies: tuple[str, ...]
    paths_used: int
