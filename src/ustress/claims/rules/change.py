"""Changes over a window: direction and size, with basis points kept apart from per cent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from ustress.claims.bench import Bench, Finding, cite, derived, near
from ustress.claims.rules.base import (
    PER_CENT_OF_LEVEL,
    Count,
    Day,
    Direction,
    Name,
    Positive,
    Rule,
    Text,
    Tolerance,
    UnitKey,
    change_in,
    change_units,
    show_change,
    show_level,
)
from ustress.claims.spoken import show, show_day, titled
from ustress.claims.verdict import Number, Outcome
from ustress.claims.windows import WINDOW_WORDS, Span, at_period, exactly, period_words, span
from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.panel import Series, SeriesInfo
from ustress.core.units import unit

WindowKey = Literal["week", "five_days", "month", "year", "last", "next"]
NUMBER_UNIT = {PER_CENT_OF_LEVEL: "pct_change", "usdbn": "usdbn_change"}


class Change(Rule):
    """A series rose or fell over a window, by a size where one is claimed.

    The window is a word relative to the day it was said, or two days (`from_day`, `to_day`).
    With `search`, a size that does not fit is looked for from start days that many observations
    earlier or later: a slip of dates is named as one.
    """

    kind: ClassVar[str] = "change"
    series: Name
    prefer: Text | None = None
    window: WindowKey | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    direction: Direction
    size: Positive | None = None
    unit: UnitKey | None = None
    within: Tolerance | None = None
    search: Count | None = None

    def series_named(self) -> tuple[str, ...]:
        """The one series; the reader's own (`prefer`) may be absent."""
        return (self.series,)

    def check(self, infos: Mapping[str, SeriesInfo]) -> None:
        """Also refuse a window given twice or not at all, and a size without unit or tolerance."""
        super().check(infos)
        days = (self.from_day, self.to_day)
        if (self.window is None) != (None not in days) or (self.window and any(days)):
            raise BadInputError("give either 'window' or both 'from_day' and 'to_day'")
        if len({self.size is None, self.unit is None, self.within is None}) != 1:
            raise BadInputError("a size needs 'size', 'unit' and 'within' together")

    def check_unit(self, info: SeriesInfo) -> None:
        """A change of a yield is in bp (or pp) or in per cent of its level, never in 'pct'."""
        fitting = change_units(info)
        if self.unit is not None and self.unit not in fitting:
            raise UnknownNameError(f"unit of a change of {info.name}", self.unit, fitting)

    def words(self) -> str:
        """Series, window, direction, size and tolerance."""
        over = (
            WINDOW_WORDS[self.window]
            if self.window
            else f"from {show_day(self.from_day or self._to)} to {show_day(self._to)}"
        )
        text = f"{self.series} went {self.direction} ({over})"
        if self.size is None or self.unit is None or self.within is None:
            return text
        of = "per cent of its level" if self.unit == PER_CENT_OF_LEVEL else self.unit
        return f"{text} by {self.size:g} {of}, within {self.within:g}"

    @property
    def _to(self) -> Day:
        if self.to_day is None:
            raise BadInputError("give either 'window' or both 'from_day' and 'to_day'")
        return self.to_day

    def judge(self, bench: Bench) -> Finding:
        """Direction first, then the size."""
        series = bench.series(self.series, self.prefer)
        pair = self._span(series, bench)
        sign = 1.0 if self.direction == "up" else -1.0
        moved = sign * (pair.end.value - pair.start.value)
        numbers = _numbers(series, pair, self._claimed, self.unit)
        because = _sentence(series, pair)
        move = "rise" if self.direction == "up" else "fall"
        change = f"a {move}" + (f" of {self._size_words}" if self.size else "") + " in that window"
        if moved <= 0:
            return Finding(Outcome.DOES_NOT_HOLD, because, numbers, (), change)
        if self._fits(pair):
            return Finding(Outcome.HOLDS, because, numbers, (), f"no{change.removeprefix('a')}")
        because += f"; not {self._size_words}{self._slip(series, pair)}"
        return Finding(Outcome.PARTLY, because, numbers, (), change)

    @property
    def _claimed(self) -> float | None:
        if self.size is None:
            return None
        return self.size if self.direction == "up" else -self.size

    @property
    def _size_words(self) -> str:
        if self._claimed is None or self.unit is None:
            return ""
        return show_change(self._claimed, self.unit)

    def _span(self, series: Series, bench: Bench) -> Span:
        if self.window is not None:
            return span(series, self.window, bench.said_on)
        return Span(exactly(series, self.from_day or self._to), exactly(series, self._to))

    def _fits(self, pair: Span, in_unit: str | None = None) -> bool:
        if self._claimed is None or self.unit is None or self.within is None:
            return True
        moved = change_in(in_unit or self.unit, pair.start.value, pair.end.value)
        return moved is not None and near(moved, self._claimed, self.within)

    def _slip(self, series: Series, pair: Span) -> str:
        """What the claimed size would fit instead: another unit, or another day to start from."""
        for other in change_units(series.info):
            if other != self.unit and self._fits(pair, other):
                return f", which is its change in {_UNIT_WORDS.get(other, other)}"
        at = series.index_on_or_before(pair.start.day) or 0
        for back in range(1, (self.search or 0) + 1):
            for i in (at - back, at + back):
                before = 0 <= i < len(series) and series.at(i).day < pair.end.day
                if before and self._fits(Span(series.at(i), pair.end)):
                    start = at_period(series, series.at(i).day)
                    return f", which would fit a start {start}"
        return ""


_UNIT_WORDS = {PER_CENT_OF_LEVEL: "per cent of its level", "bp": "basis points"}


def _numbers(
    series: Series, pair: Span, claimed: float | None, claimed_unit: str | None
) -> tuple[Number, ...]:
    """Both ends, and the change in every unit in which it can be claimed."""
    ends = tuple(
        cite(series, seen, f"{titled(series)}, {period_words(series, seen.day)}") for seen in pair
    )
    units = tuple(u for u in change_units(series.info) if u != "pp" and _changes(u, series.info))
    used = ((series, pair.start), (series, pair.end))
    changes = tuple(
        derived(
            "change in per cent of its level" if key == PER_CENT_OF_LEVEL else "change",
            change_in(key, pair.start.value, pair.end.value),
            NUMBER_UNIT.get(key, key),
            used,
            claimed if key == claimed_unit else None,
        )
        for key in units
    )
    return ends + changes


def _changes(key: str, info: SeriesInfo) -> bool:
    return key in ("bp", PER_CENT_OF_LEVEL) or key == info.unit


def _sentence(series: Series, pair: Span) -> str:
    start, end = pair
    info = series.info
    relative = show_change(change_in(PER_CENT_OF_LEVEL, start.value, end.value), PER_CENT_OF_LEVEL)
    absolute = ""
    if info.unit == "pct":
        absolute = f"{show_change(change_in('bp', start.value, end.value), 'bp')}, "
    elif unit(info.unit).change != "pct_change":
        absolute = f"{show(end.value - start.value, unit(info.unit).change, signed=True)}, "
    return (
        f"{show_level(series, start.value)} {at_period(series, start.day)}, "
        f"{show_level(series, end.value)} {at_period(series, end.day)}: {absolute}{relative}"
    )
