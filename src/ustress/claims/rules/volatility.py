"""Volatility: recent moves against those of the weeks before."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ustress.claims.bench import Bench, Finding, UnjudgeableError, derived
from ustress.claims.rules.base import Count, Name, Positive, Rule
from ustress.claims.spoken import count, quoted, show, show_day, titled
from ustress.claims.verdict import Outcome
from ustress.claims.windows import by
from ustress.core.panel import Observation, Series, Values

DAYS_A_YEAR = 252.0


class VolatilityUp(Rule):
    """Realised volatility of the last days exceeds that of the days before, by a factor.

    Volatility is the root mean square of one-day log changes, in per cent a year (252 days).
    """

    kind: ClassVar[str] = "volatility_up"
    series: Name
    days: Count = 10
    before: Count = 60
    factor: Positive = 1.25
    max_age_days: Count = 10

    def series_named(self) -> tuple[str, ...]:
        """The one series."""
        return (self.series,)

    def words(self) -> str:
        """Windows, factor, how volatility is measured."""
        return (
            f"root mean square daily log change of {self.series} over the last {self.days} "
            f"observations by the day it was said exceeds {self.factor:g} times that of the "
            f"{self.before} before; the newest may be {self.max_age_days} days old; realised, not "
            "implied by options"
        )

    def judge(self, bench: Bench) -> Finding:
        """The two volatilities, and their ratio against the factor."""
        series = bench.series(self.series)
        end = by(series, bench.said_on)
        age = (bench.said_on - end.day).days
        at = series.index_on_or_before(bench.said_on) or 0
        if age > self.max_age_days or at < self.days + self.before:
            raise UnjudgeableError(
                f"{titled(series)} is known to {show_day(end.day)} only, or too short",
                (f"{quoted(series.info.name)} to {show_day(bench.said_on)}",),
            )
        if bool((series.values[at - self.days - self.before : at + 1] <= 0).any()):
            raise UnjudgeableError(f"{titled(series)} is not positive: no log change", ())
        moves = 100.0 * np.diff(np.log(series.values[at - self.days - self.before : at + 1]))
        recent, past = _annual(moves[-self.days :]), _annual(moves[: -self.days])
        used = _ends(series, at, self.days)
        numbers = (
            derived(f"volatility, {count(self.days)} days", recent, "share_pct", used,
                    note="a year"),
            derived(f"volatility, {count(self.before)} days before", past, "share_pct",
                    _ends(series, at - self.days, self.before), note="a year"),
        )  # fmt: skip
        held = recent > self.factor * past
        because = (
            f"{show(recent, 'share_pct')} a year over the {count(self.days)} days to "
            f"{show_day(end.day)}, "
            f"{show(past, 'share_pct')} over the {count(self.before)} before"
        )
        outcome = Outcome.HOLDS if held else Outcome.DOES_NOT_HOLD
        line = show(self.factor * past, "share_pct")
        side = "below" if held else "above"
        return Finding(outcome, because, numbers, (), f"recent volatility {side} {line} a year")


def _annual(moves: Values) -> float:
    return float(np.sqrt(np.mean(moves**2) * DAYS_A_YEAR))


def _ends(series: Series, at: int, back: int) -> tuple[tuple[Series, Observation], ...]:
    return ((series, series.at(at - back)), (series, series.at(at)))
