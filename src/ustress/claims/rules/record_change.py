"""Records of change: the week's rise or fall ranked among the weeks of so many years."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import numpy as np

from ustress.claims.bench import Bench, Finding, UnjudgeableError, derived
from ustress.claims.rules.base import Count, Direction, Name, Rule, Years, years_words
from ustress.claims.spoken import ordinal, quoted, show, show_day, titled
from ustress.claims.verdict import Number, Outcome
from ustress.claims.windows import by, friday_of, span, years_before
from ustress.core.errors import BadInputError
from ustress.core.panel import Series, SeriesInfo
from ustress.core.units import unit
from ustress.monitor.records import Changes, change_over


class RecordChange(Rule):
    """A week's change was the nth largest in so many years; a week is Friday to Friday.

    Any five business days are counted beside it and do not decide.
    """

    kind: ClassVar[str] = "record_change"
    series: Name
    direction: Direction
    years: Years
    nth: Count = 1

    def series_named(self) -> tuple[str, ...]:
        """The one series."""
        return (self.series,)

    def check_unit(self, info: SeriesInfo) -> None:
        """Weeks are read off daily series only."""
        if info.frequency != "daily":
            raise BadInputError(f"a weekly record needs a daily series; {info.name} is not")

    def words(self) -> str:
        """Series, window, horizon, rank, ties."""
        move = "rise" if self.direction == "up" else "fall"
        rank = "the largest" if self.nth == 1 else f"among the {self.nth} largest"
        return (
            f"the Friday-to-Friday {move} of {self.series} in the last such week by the day it was "
            f"said is {rank} of those ended in the {self.years} years to it; only a strictly "
            "larger one ranks before it; windows of five business days are shown beside it and do "
            "not decide"
        )

    def judge(self, bench: Bench) -> Finding:
        """Rank the week among the weeks of the horizon, and name the last larger one."""
        series = bench.series(self.series)
        span(series, "week", bench.said_on)
        scale, key = _scale(series.info)
        sign = 1.0 if self.direction == "up" else -1.0
        first = years_before(bench.said_on, self.years)
        weeks = change_over(series, weekly_friday=True, scale=scale)
        week = _ending(weeks, friday_of(bench.said_on))
        if week is None or weeks.dates[0].item() > first:
            raise UnjudgeableError(
                f"weeks of {titled(series)} do not go back {years_words(self.years)}",
                (f"{quoted(series.info.name)} from {show_day(first)}",),
            )
        larger = _larger(weeks, week, sign)
        inside = [i for i in larger if weeks.dates[i].item() > first]
        numbers = [_change_number(series, weeks, week, "Friday to Friday", key)]
        since = "no larger one is on record"
        if larger:
            last = larger[-1]
            since = f"the last larger one ended on {show_day(weeks.dates[last].item())}"
            numbers.append(_change_number(series, weeks, last, "last larger week", key))
        size = show(float(weeks.values[week]), key, signed=True)
        rank = f"the {_rank(len(inside) + 1)} in {years_words(self.years)}"
        because = f"{size} Friday to Friday, {rank}; {since}"
        beside, five = _five_days(series, bench.said_on, first, sign)
        held = len(inside) < self.nth and sign * weeks.values[week] > 0
        return Finding(
            Outcome.HOLDS if held else Outcome.DOES_NOT_HOLD,
            f"{because}. {beside}",
            (*numbers, *five),
            (),
            f"a {'smaller' if held else 'larger'} change in this week, or "
            f"{'a larger' if held else 'smaller'} one in another week of the {self.years} years",
        )


def _rank(n: int) -> str:
    return "largest" if n == 1 else f"{ordinal(n)} largest"


def _scale(info: SeriesInfo) -> tuple[float, str]:
    return (100.0, "bp") if info.unit == "pct" else (1.0, unit(info.unit).change)


def _ending(changes: Changes, friday: date) -> int | None:
    """Position of the change that ends in the week of `friday`."""
    at = int(np.searchsorted(changes.dates, np.datetime64(friday), side="right")) - 1
    if at < 0 or (friday - changes.dates[at].item()).days >= 7:
        return None
    return at


def _larger(changes: Changes, at: int, sign: float) -> list[int]:
    """Positions before `at` of changes strictly larger than that at `at`, oldest first."""
    beyond = sign * changes.values[:at] > sign * changes.values[at] + 1e-9
    return [int(i) for i in np.flatnonzero(beyond)]


def _change_number(series: Series, changes: Changes, at: int, label: str, key: str) -> Number:
    ends = (changes.bases[at].item(), changes.dates[at].item())
    used = [(series, by(series, day)) for day in ends]
    words = f"change {label}, {show_day(ends[0])} to {show_day(ends[1])}"
    return derived(words, float(changes.values[at]), key, used)


def _five_days(
    series: Series, said_on: date, first: date, sign: float
) -> tuple[str, tuple[Number, ...]]:
    """The same count over all windows of five business days: words and figures."""
    scale, key = _scale(series.info)
    changes = change_over(series, 5, scale=scale)
    at = int(np.searchsorted(changes.dates, np.datetime64(friday_of(said_on)), side="right")) - 1
    if at < 0:
        return "Five business days cannot be counted", ()
    larger = [i for i in _larger(changes, at, sign) if changes.dates[i].item() > first]
    numbers = [_change_number(series, changes, at, "over five business days", key)]
    if not larger:
        return "No five business days of those years saw a larger one", tuple(numbers)
    numbers.append(_change_number(series, changes, larger[-1], "last larger five days", key))
    when = show_day(changes.dates[larger[-1]].item())
    size = show(float(changes.values[larger[-1]]), key, signed=True)
    return f"Over any five business days {size} to {when} was larger", tuple(numbers)
