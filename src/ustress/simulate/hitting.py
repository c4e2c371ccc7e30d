"""When an event first happens: the distribution of its first day over paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.simulate.probability import Probability, wilson_error

if TYPE_CHECKING:
    from ustress.simulate.table import Table


@dataclass(frozen=True, eq=False)
class Hitting:
    """The first business day on which an event happened, over paths.

    Attributes:
        event: as asked.
        counts: (days + 1,), paths whose first day this is; day 0 is the opening, always 0.
        paths: how many have a say.
        left_out: how many do not, because they broke.
        days: (days + 1,) business days.
    """

    event: str
    counts: NDArray[np.int64]
    paths: int
    left_out: int
    days: NDArray[np.datetime64]

    @property
    def never(self) -> Probability:
        """The share of paths on which it does not happen, with its Monte Carlo error."""
        return self._share(self.paths - int(self.counts.sum()), f"never {self.event}")

    def by(self, day: int) -> Probability:
        """The chance that it happened by business day `day`.

        Raises:
            BadInputError: if the day is outside the run.
        """
        if not 0 <= day < self.counts.size:
            last = self.counts.size - 1
            raise BadInputError(f"day {day} is outside the run; expected 0 to {last}")
        return self._share(int(self.counts[: day + 1].sum()), f"{self.event} by {day}")

    def quantile(self, q: float) -> int | None:
        """The first day by which the share `q` of all paths has it; None if that many never do.

        Raises:
            BadInputError: if `q` is not above 0 and at most 1.
        """
        if not 0.0 < q <= 1.0:
            raise BadInputError(f"quantile {q} is outside 0 to 1")
        reached = np.flatnonzero(np.cumsum(self.counts) >= q * self.paths)
        return int(reached[0]) if reached.size and self.paths else None

    def table(self, days: Iterable[int] | None = None) -> Table:
        """The chance by day with its error; None takes the days on which it first happened."""
        import polars as pl

        from ustress.simulate.table import Table

        wanted = [int(d) for d in np.flatnonzero(self.counts)] if days is None else list(days)
        found = [self.by(day) for day in wanted]
        columns = {
            "event": [self.event] * len(wanted),
            "day": wanted,
            "date": [self.days[day].item() for day in wanted],
            "first": [int(self.counts[day]) for day in wanted],
            "chance": [one.value for one in found],
            "error": [one.error for one in found],
        }
        return Table(pl.DataFrame(columns))

    def _share(self, count: int, event: str) -> Probability:
        if not self.paths:
            return Probability(float("nan"), float("nan"), 0, self.left_out, event)
        share = count / self.paths
        error = float(wilson_error(share, self.paths))
        return Probability(share, error, self.paths, self.left_out, event)


def count_days(first: NDArray[np.int32], horizon_days: int) -> NDArray[np.int64]:
    """(horizon + 1,) how many paths have each first day; -1, never, is in none."""
    return np.bincount(first[first >= 0], minlength=horizon_days + 1).astype(np.int64)
