"""Records of level: the lowest or highest since, and a reading against the mean of its past."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import numpy as np

from ustress.claims.bench import Bench, Finding, UnjudgeableError, cite, derived
from ustress.claims.rules.base import (
    Count,
    Day,
    Extreme,
    Name,
    Rule,
    Years,
    show_level,
    years_words,
)
from ustress.claims.rules.level import When, pick, when_words
from ustress.claims.spoken import count, ordinal, quoted, show_day, titled
from ustress.claims.verdict import Number, Outcome
from ustress.claims.windows import period_words, years_before
from ustress.core.errors import BadInputError
from ustress.core.panel import Observation, Series, SeriesInfo


class RecordLevel(Rule):
    """A level was the lowest (highest) since a year, or in so many years."""

    kind: ClassVar[str] = "record_level"
    series: Name
    on: When = "latest"
    extreme: Extreme
    since: Day | None = None
    years: Years | None = None
    nth: Count = 1
    lookback: Count | None = None

    def series_named(self) -> tuple[str, ...]:
        """The one series."""
        return (self.series,)

    def check_unit(self, info: SeriesInfo) -> None:
        """Exactly one horizon is given; records take any unit."""
        if (self.since is None) == (self.years is None):
            raise BadInputError(f"give either 'since' or 'years' for the record of {info.name}")

    def words(self) -> str:
        """Series, observation, horizon, rank, ties."""
        if self.since is not None:
            horizon = f"since {show_day(self.since)}"
        else:
            horizon = f"in the {years_words(self.years or 1)} before it"
        rank = self.extreme if self.nth == 1 else f"among the {self.nth} {self.extreme}"
        back = f"; {self.lookback} earlier periods are searched for it" if self.lookback else ""
        return (
            f"{self.series} ({when_words(self.on)}) is the {rank} {horizon}; only a strictly more "
            f"extreme figure ranks before it{back}"
        )

    def judge(self, bench: Bench) -> Finding:
        """Rank the observation, then earlier ones where the rule asks for it."""
        series = bench.series(self.series)
        seen = pick(series, self.on, bench.said_on)
        at = series.index_on_or_before(seen.day) or 0
        self._covered(series, seen)
        rank, words, numbers = self._rank(series, at)
        if rank <= self.nth:
            change = f"a {_beyond(self.extreme)} figure in that time"
            return Finding(Outcome.HOLDS, words, numbers, (), change)
        change = f"{period_words(series, seen.day)} at the {self.extreme} of that time"
        for i in range(at - 1, max(at - (self.lookback or 0), 0) - 1, -1):
            before, its_words, more = self._rank(series, i)
            if before <= self.nth:
                both = f"{words}; but {its_words}"
                return Finding(Outcome.PARTLY, both, (*numbers, more[0]), (), change)
        return Finding(Outcome.DOES_NOT_HOLD, words, numbers, (), change)

    def _horizon(self, seen: Observation) -> date:
        return self.since or years_before(seen.day, self.years or 1)

    def _covered(self, series: Series, seen: Observation) -> None:
        first = self._horizon(seen)
        if series.at(0).day > first:
            raise UnjudgeableError(
                f"{titled(series)} is known from {show_day(series.at(0).day)} only",
                (f"{quoted(series.info.name)} from {show_day(first)}",),
            )

    def _rank(self, series: Series, at: int) -> tuple[int, str, tuple[Number, ...]]:
        """Rank inside the horizon, the sentence, and the figures (the reading, the last beyond)."""
        seen = series.at(at)
        sign = 1.0 if self.extreme == "highest" else -1.0
        beyond = np.flatnonzero(sign * series.values[:at] > sign * seen.value + 1e-9)
        horizon = np.datetime64(self._horizon(seen), "D")
        rank = int(np.count_nonzero(series.dates[beyond] >= horizon)) + 1
        day = period_words(series, seen.day)
        numbers = [cite(series, seen, f"{titled(series)}, {day}")]
        which = f"the {self.extreme}" if rank == 1 else f"the {ordinal(rank)} {self.extreme}"
        text = f"{day} at {show_level(series, seen.value)} is {which}"
        text += f" from {period_words(series, self._horizon(seen))} on"
        if beyond.size:
            last = series.at(int(beyond[-1]))
            when = period_words(series, last.day)
            text += (
                f"; the last {_beyond(self.extreme)} was {show_level(series, last.value)}, {when}"
            )
            numbers.append(cite(series, last, f"last {_beyond(self.extreme)}, {when}"))
        return rank, text, tuple(numbers)


def _beyond(extreme: str) -> Literal["higher", "lower"]:
    return "higher" if extreme == "highest" else "lower"


class AgainstPast(Rule):
    """A reading lies above (below) the mean of its past few: an auction against its last twelve."""

    kind: ClassVar[str] = "against_past"
    series: Name
    on: When = "by_said_on"
    past: Count
    direction: Literal["above", "below"]

    def series_named(self) -> tuple[str, ...]:
        """The one series."""
        return (self.series,)

    def words(self) -> str:
        """Series, observation, number of observations it is held against."""
        return (
            f"{self.series} ({when_words(self.on)}) lies strictly {self.direction} the mean of the "
            f"{self.past} observations before it"
        )

    def judge(self, bench: Bench) -> Finding:
        """The reading against the mean of the past ones."""
        series = bench.series(self.series)
        seen = pick(series, self.on, bench.said_on)
        at = series.index_on_or_before(seen.day) or 0
        if at < self.past:
            raise UnjudgeableError(
                f"only {count(at)} observations of {titled(series)} precede it", (series.info.name,)
            )
        mean = float(series.values[at - self.past : at].mean())
        first = series.at(at - self.past)
        numbers = (
            cite(series, seen, f"{titled(series)}, {period_words(series, seen.day)}"),
            derived(f"mean of the {count(self.past)} before", mean, series.info.unit,
                    ((series, first), (series, series.at(at - 1)))),
        )  # fmt: skip
        gap = seen.value - mean
        held = gap > 1e-9 if self.direction == "above" else gap < -1e-9
        because = (
            f"{show_level(series, seen.value)} on {show_day(seen.day)} against a mean of "
            f"{show_level(series, mean)} over the {count(self.past)} before"
        )
        outcome = Outcome.HOLDS if held else Outcome.DOES_NOT_HOLD
        change = f"the other side of {show_level(series, mean)}"
        return Finding(outcome, because, numbers, (), change)
