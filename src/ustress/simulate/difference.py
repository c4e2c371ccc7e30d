"""One run less another on the same shocks, path by path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, CannotError
from ustress.simulate import events
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.probability import Estimate, Probability, mean_estimate

if TYPE_CHECKING:
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.table import Table


@dataclass(frozen=True, eq=False)
class Difference:
    """First less second. Errors come from the paired differences, so common noise cancels.

    Only paths that ran to their end in both enter; `left_out` counts the others.
    """

    first: Ensemble
    second: Ensemble

    @property
    def days(self) -> NDArray[np.datetime64]:
        """Business days, day 0 the opening."""
        return self.first.days

    @property
    def scenario(self) -> str:
        """Both names, first less second."""
        return f"{self.first.scenario} less {self.second.scenario}"

    @cached_property
    def ok(self) -> NDArray[np.bool_]:
        """(paths,) which ran to their end in both."""
        return self.first.ok & self.second.ok

    @property
    def left_out(self) -> int:
        """How many paths broke in one or the other."""
        return int((~self.ok).sum())

    def paths(self, name: str) -> NDArray[np.float64]:
        """(paths, days + 1), path by path, paths broken in either left out.

        Raises:
            CannotError: if no path is left.
        """
        if not self.ok.any():
            raise CannotError(f"no path of {self.scenario} ran to its end in both runs")
        a, b = self.first.paths(name)[self.ok], self.second.paths(name)[self.ok]
        return a.astype(np.float64) - b.astype(np.float64)

    def mean(self, name: str, day: int | None = None) -> Estimate:
        """Mean paired difference with its standard error, by day or at business day `day`."""
        values = self.paths(name)
        return mean_estimate(values if day is None else values[:, self.first._day(day)])

    def quantile(
        self, name: str, q: float | Sequence[float], day: int | None = None
    ) -> NDArray[np.float64]:
        """Quantiles of the paired difference (not the difference of quantiles)."""
        values = self.paths(name)
        part = values if day is None else values[:, self.first._day(day)]
        return np.asarray(np.quantile(part, np.asarray(q, np.float64), axis=0))

    def sample(self, name: str, n: int) -> NDArray[np.float64]:
        """(n, days + 1): the first `n` paths."""
        return self.paths(name)[:n]

    def probability(self, event: str) -> Probability:
        """The change of an event's chance, with the error of the paired difference.

        `value` lies in [-1, 1]; the error has a floor of one path in so many.
        """
        one = events.parse(event)
        a = events.happened(one, self.first.observables, self.first._dated)
        b = events.happened(one, self.second.observables, self.second._dated)
        keep = np.ones_like(self.ok) if one.dated else self.ok
        found = mean_estimate(a[keep].astype(np.float64) - b[keep].astype(np.float64))
        n = int(keep.sum())
        error = max(float(found.error), 1.0 / n)
        return Probability(float(found.value), error, n, int((~keep).sum()), event)

    def table(
        self,
        names: Iterable[str] | None = None,
        days: Iterable[int] | None = None,
        quantiles: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95),
    ) -> Table:
        """Means with paired errors and quantiles as a table with units."""
        from ustress.simulate.table import table

        return table(self, tuple(names or OBSERVABLES), self.first._days(days), tuple(quantiles))


def subtract(first: Ensemble, second: Ensemble) -> Difference:
    """`first` less `second`.

    Raises:
        BadInputError: if they do not share shocks, opening, number of paths and horizon.
    """
    for what in ("as_of", "seed", "n_paths", "horizon_days"):
        a, b = getattr(first, what), getattr(second, what)
        if a != b:
            raise BadInputError(
                f"{first.scenario} and {second.scenario} differ in {what} ({a} and {b}); "
                "expected the same, so that they share shocks"
            )
    a, b = first.provenance, second.provenance
    for what in ("opening_hash", "parameters_hash", "generator", "precision"):
        if getattr(a, what) != getattr(b, what):
            words = what.replace("_hash", "").replace("_", " ")
            raise BadInputError(
                f"{first.scenario} and {second.scenario} were run with different {words}; "
                "expected the same, so that only the scenario differs"
            )
    return Difference(first, second)
