"""Changes of several series taken together: was the joint move unusual for them?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from ustress.claims.bench import Bench, Finding, UnjudgeableError, derived
from ustress.claims.rules.base import Direction, Name, Positive, Rule, Years
from ustress.claims.spoken import count, ordinal, show
from ustress.claims.verdict import Outcome
from ustress.claims.windows import exactly, period_words
from ustress.core.errors import BadInputError
from ustress.core.panel import Series, SeriesInfo, Values
from ustress.core.units import unit

FEWEST_CHANGES = 24


class Unusual(Rule):
    """The joint change of monthly series in the month it was said is in the tail of its past."""

    kind: ClassVar[str] = "unusual"
    series: Annotated[tuple[Name, ...], Field(min_length=1)]
    direction: Direction
    tail_pct: Annotated[Positive, Field(le=50)] = 5.0
    years: Years = 10

    def series_named(self) -> tuple[str, ...]:
        """All of them."""
        return self.series

    def check(self, infos: Mapping[str, SeriesInfo]) -> None:
        """Also refuse series that are not monthly or not in one unit."""
        super().check(infos)
        kinds = {(infos[name].unit, infos[name].frequency) for name in self.series}
        if len(kinds) > 1 or {frequency for _, frequency in kinds} != {"monthly"}:
            raise BadInputError(
                f"{', '.join(self.series)}: expected monthly series in one unit, to be summed"
            )

    def words(self) -> str:
        """Series, window, tail, ties."""
        return (
            f"the sum of {' and '.join(self.series)} went {self.direction} in the month it was "
            f"said by more than in all but {self.tail_pct:g} % of its monthly changes of the "
            f"{self.years} years to it (ties count as equally large)"
        )

    def judge(self, bench: Bench) -> Finding:
        """Rank the month's change of the sum among those of the years before."""
        members = tuple(bench.series(name) for name in self.series)
        newest = tuple((m, exactly(m, bench.said_on)) for m in members)
        changes = self._changes(members, bench.said_on)
        if changes.size < FEWEST_CHANGES:
            raise UnjudgeableError("fewer than two years of monthly changes are known", self.series)
        sign = 1.0 if self.direction == "up" else -1.0
        rank = int(np.count_nonzero(sign * changes > sign * changes[-1] + 1e-9)) + 1
        share = 100.0 * rank / changes.size
        key = unit(members[0].info.unit).change
        month = period_words(members[0], newest[0][1].day)
        label = f"change of the sum, {month}"
        months = count(changes.size)
        numbers = (
            derived(label, float(changes[-1]), key, newest, note=f"rank {count(rank)} of {months}"),
            derived("share of changes at least as large", share, "share_pct", newest),
        )
        size = show(float(changes[-1]), key, signed=True)
        because = f"together {size} in {month}: {ordinal(rank)} in size of {months} months"
        held = share <= self.tail_pct and sign * changes[-1] > 0
        outcome = Outcome.HOLDS if held else Outcome.DOES_NOT_HOLD
        wanted = count(int(changes.size * self.tail_pct / 100.0))
        return Finding(outcome, because, numbers, (), f"a joint change among the {wanted} largest")

    def _changes(self, members: tuple[Series, ...], said_on: date) -> Values:
        """Monthly changes of the sum over the months all members have, to the month of the day."""
        last = np.datetime64(said_on, "M")
        months = [m.dates.astype("datetime64[M]") for m in members]
        common = months[0]
        for other in months[1:]:
            common = np.intersect1d(common, other)
        common = common[(common <= last) & (common >= last - 12 * self.years)]
        total = np.zeros(common.size)
        for member, its in zip(members, months, strict=True):
            total += member.values[np.searchsorted(its, common)]
        adjacent = np.diff(common).astype(int) == 1
        return np.asarray(np.diff(total)[adjacent], dtype=np.float64)
