"""Levels: a figure stood at a value, went past one, or lies above another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from ustress.claims.bench import Bench, Finding, UnjudgeableError, cite, near
from ustress.claims.rules.base import (
    Count,
    Name,
    Rule,
    Tolerance,
    UnitKey,
    Value,
    level_factor,
    show_level,
)
from ustress.claims.spoken import show_day, titled
from ustress.claims.verdict import Outcome
from ustress.claims.windows import by, exactly, period_words
from ustress.core.panel import Observation, Series, SeriesInfo
from ustress.core.units import unit

_WHEN_WORDS = {
    "latest": "the newest period known",
    "by_said_on": "the newest observation by the day it was said",
    "week_before": "the newest observation by a week before it was said",
}


def _when(on: object) -> object:
    day = isinstance(on, date) and not isinstance(on, datetime)
    if not day and on not in _WHEN_WORDS:
        raise ValueError(f"expected a day or one of: {', '.join(_WHEN_WORDS)}")
    return on


When = Annotated[str | date, BeforeValidator(_when)]


def when_words(on: str | date) -> str:
    """How a rule text names the observation meant by `on`."""
    return show_day(on) if isinstance(on, date) else _WHEN_WORDS[on]


def pick(series: Series, on: str | date, said_on: date) -> Observation:
    """The observation meant by `on`.

    Raises:
        UnjudgeableError: if it is not known.
    """
    if isinstance(on, date):
        return exactly(series, on)
    if on == "latest":
        return series.at(-1)
    return by(series, said_on - timedelta(days=7 if on == "week_before" else 0))


def rounding(unit_key: str) -> float:
    """Half a unit in the last place the publishers print: the tolerance where none is given."""
    printed = {"pct": 2, "usdbn": 1, "ratio": 2, "share_pct": 1, "bp": 0, "bp_level": 0}
    return 0.5 * 10.0 ** -printed.get(unit_key, unit(unit_key).decimals)


class Level(Rule):
    """A series stood at a value; `lookback` earlier periods are searched for it when it did not."""

    kind: ClassVar[str] = "level"
    series: Name
    on: When = "latest"
    value: Value
    unit: UnitKey
    within: Tolerance | None = None
    lookback: Count | None = None
    observed: Literal["close", "intraday"] = "close"

    @property
    def tolerance(self) -> float:
        """The tolerance in the claimed unit."""
        return rounding(self.unit) if self.within is None else self.within

    def series_named(self) -> tuple[str, ...]:
        """The one series."""
        return (self.series,)

    def check_unit(self, info: SeriesInfo) -> None:
        """A level's unit is the series', or converts into it."""
        level_factor(self.unit, info)

    def words(self) -> str:
        """Series, observation, tolerance."""
        back = f"; {self.lookback} earlier periods are searched for it" if self.lookback else ""
        how = "during the day" if self.observed == "intraday" else "as published"
        return (
            f"{self.series} ({when_words(self.on)}, {how}) lies within "
            f"{self.tolerance:g} of {self.value:g} {self.unit}{back}"
        )

    def judge(self, bench: Bench) -> Finding:
        """Compare the observation, then earlier ones, with the claimed value."""
        series = bench.series(self.series)
        factor = level_factor(self.unit, series.info)
        claimed, within = self.value * factor, self.tolerance * factor
        seen = pick(series, self.on, bench.said_on)
        day = period_words(series, seen.day)
        number = cite(series, seen, f"{titled(series)}, {day}", claimed)
        if self.observed == "intraday":
            raise UnjudgeableError(
                f"{day} is known only by its close, {show_level(series, seen.value)}",
                (f"quotes of {titled(series)} during {day}",),
                (number,),
            )
        change = (
            f"{titled(series)} for {day} at {show_level(series, claimed - within)} to "
            f"{show_level(series, claimed + within)}"
        )
        stood = f"{day} stood at {show_level(series, seen.value)}"
        if near(seen.value, claimed, within):
            return Finding(Outcome.HOLDS, stood, (number,), (), f"not {change}")
        earlier = _earlier(series, seen, claimed, within, self.lookback or 0)
        if earlier is None:
            against = f"{stood}, not {show_level(series, claimed)}"
            return Finding(Outcome.DOES_NOT_HOLD, against, (number,), (), change)
        then = period_words(series, earlier.day)
        matched = cite(series, earlier, f"{titled(series)}, {then}", claimed)
        because = f"{stood}; {show_level(series, earlier.value)} was the figure of {then}"
        return Finding(Outcome.PARTLY, because, (number, matched), (), change)


def _earlier(
    series: Series, seen: Observation, claimed: float, within: float, back: int
) -> Observation | None:
    at = series.index_on_or_before(seen.day) or 0
    for i in range(at - 1, max(at - back, 0) - 1, -1):
        if near(series.at(i).value, claimed, within):
            return series.at(i)
    return None
