"""Thresholds: a close went past a value, or one series lies above another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from ustress.claims.bench import TOLERANCE, Bench, Finding, UnjudgeableError, cite, derived
from ustress.claims.rules.base import Name, Rule, UnitKey, Value, level_factor, show_level
from ustress.claims.spoken import quoted, show, show_day, titled
from ustress.claims.verdict import Outcome
from ustress.claims.windows import by, complete, last_seven_days, period_words
from ustress.core.errors import BadInputError
from ustress.core.panel import SeriesInfo
from ustress.core.units import unit


class LevelPast(Rule):
    """A series went past a value at a close of the seven days to the day it was said."""

    kind: ClassVar[str] = "level_past"
    series: Name
    value: Value
    unit: UnitKey
    direction: Literal["above", "below"] = "above"

    def series_named(self) -> tuple[str, ...]:
        """The one series."""
        return (self.series,)

    def check_unit(self, info: SeriesInfo) -> None:
        """A level's unit is the series', or converts into it."""
        level_factor(self.unit, info)

    def words(self) -> str:
        """Series, window, threshold, ties."""
        return (
            f"a daily figure of {self.series} lies strictly {self.direction} {self.value:g} "
            f"{self.unit} in the seven days to the day it was said; touching it is not past it, "
            "and what happened between closes is not seen"
        )

    def judge(self, bench: Bench) -> Finding:
        """The extreme close of the seven days against the threshold."""
        series = bench.series(self.series)
        inside = last_seven_days(series, bench.said_on)
        sign = 1.0 if self.direction == "above" else -1.0
        best = inside.at(int((sign * inside.values).argmax()))
        value = self.value * level_factor(self.unit, series.info)
        line = f"{self.direction} {show_level(series, value)}"
        word = "highest" if sign > 0 else "lowest"
        numbers = (cite(series, best, f"{titled(series)}, {word} close of the week", value),)
        reached = f"the {word} close was {show_level(series, best.value)} on {show_day(best.day)}"
        if sign * (best.value - value) > TOLERANCE:
            return Finding(Outcome.HOLDS, f"{reached}, {line}", numbers, (), f"no close {line}")
        if not complete(series, bench.said_on):
            known = f"{reached}, not {line}; known to {show_day(series.at(-1).day)} only"
            need = f"{quoted(series.info.name)} to {show_day(bench.said_on)}"
            raise UnjudgeableError(known, (need,), numbers)
        because = f"{reached}, not {line}; quotes between closes are not in the record"
        needs = (f"quotes of {titled(series)} within the day",)
        change = f"a close {line} in those days"
        return Finding(Outcome.DOES_NOT_HOLD, because, numbers, needs, change)


class Compare(Rule):
    """One series lies above (below) another, each at its newest observation by the day said."""

    kind: ClassVar[str] = "compare"
    series: Name
    against: Name
    direction: Literal["above", "below"] = "above"

    def series_named(self) -> tuple[str, ...]:
        """Both series."""
        return (self.series, self.against)

    def check(self, infos: Mapping[str, SeriesInfo]) -> None:
        """Also refuse two series in different units."""
        super().check(infos)
        if infos[self.series].unit != infos[self.against].unit:
            raise BadInputError(
                f"{self.series} is in {infos[self.series].unit}, {self.against} in "
                f"{infos[self.against].unit}; expected one unit"
            )

    def words(self) -> str:
        """Both series and the direction."""
        return (
            f"{self.series} lies strictly {self.direction} {self.against}, each at its newest "
            "observation by the day it was said"
        )

    def judge(self, bench: Bench) -> Finding:
        """The difference of the two newest observations."""
        a, b = bench.series(self.series), bench.series(self.against)
        x, y = by(a, bench.said_on), by(b, bench.said_on)
        gap = x.value - y.value
        in_bp = a.info.unit == "pct"
        key = "bp" if in_bp else unit(a.info.unit).change
        size = 100.0 * gap if in_bp else gap
        numbers = (
            cite(a, x, f"{titled(a)}, {period_words(a, x.day)}"),
            cite(b, y, f"{titled(b)}, {period_words(b, y.day)}"),
            derived("difference", size, key, ((a, x), (b, y))),
        )
        held = gap > 0 if self.direction == "above" else gap < 0
        because = f"{titled(a)} less {titled(b)}: {show(size, key, signed=True)}"
        outcome = Outcome.HOLDS if held else Outcome.DOES_NOT_HOLD
        return Finding(outcome, because, numbers, (), "a difference of the other sign")
