"""The result of a run: paths of observables at daily closes, and questions one can ask of them.

Frozen. Paths that ended in a named break (`status` other than OK) are counted and shown, and
have no part in means, quantiles and events on observables: their values after the break mean
nothing. Events about the Fed's days (`fed.buys`, ...) count all paths, because a path's days up
to its break are known; a path that broke before the Fed bought counts as one without purchases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, CannotError, UnknownNameError
from ustress.core.status import PathStatus
from ustress.simulate import events as about
from ustress.simulate.hitting import Hitting, count_days
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.probability import Estimate, Probability, mean_estimate, probability
from ustress.simulate.provenance import Provenance
from ustress.simulate.single import OnePath, Peak, peaks

if TYPE_CHECKING:
    from ustress.simulate.difference import Difference
    from ustress.simulate.table import Table

Array32 = NDArray[np.float32]
Days = NDArray[np.datetime64]
STATUSES = tuple(PathStatus)
DEFAULT_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Simulated paths of one scenario.

    Attributes:
        scenario: its name; `title` is what readers see.
        as_of: the opening date.
        seed: of the shocks.
        days: business days (horizon + 1), day 0 the opening.
        observables: name to (paths, days + 1), single precision; units in `names.OBSERVABLES`.
        status_codes: (paths,), index into `STATUSES`.
        first_crossing_day: (paths,), first close with S > b, -1 never.
        decision_day: (paths,), the Fed's first decision to buy, -1 never.
        break_day: (paths,), the day of the named break, -1 for paths without one.
        provenance: what made it.
    """

    scenario: str
    title: str
    as_of: date
    seed: int
    days: Days
    observables: Mapping[str, Array32] = field(repr=False)
    status_codes: NDArray[np.int32] = field(repr=False)
    first_crossing_day: NDArray[np.int32] = field(repr=False)
    decision_day: NDArray[np.int32] = field(repr=False)
    break_day: NDArray[np.int32] = field(repr=False)
    provenance: Provenance = field(repr=False)

    def __post_init__(self) -> None:
        per_path = (self.status_codes, self.first_crossing_day, self.decision_day, self.break_day)
        for array in (*self.observables.values(), *per_path, self.days):
            array.flags.writeable = False

    @property
    def n_paths(self) -> int:
        """How many paths were simulated."""
        return int(self.status_codes.size)

    @property
    def events(self) -> tuple[str, ...]:
        """Events declared beforehand; a run that holds its paths needs none."""
        return ()

    @property
    def horizon_days(self) -> int:
        """Business days simulated."""
        return int(self.days.size) - 1

    @cached_property
    def ok(self) -> NDArray[np.bool_]:
        """(paths,) which paths ran to their end."""
        return np.asarray(self.status_codes == STATUSES.index(PathStatus.OK))

    @property
    def status(self) -> dict[PathStatus, int]:
        """How many paths ended in each status; only those that occurred."""
        counts = np.bincount(self.status_codes, minlength=len(STATUSES))
        return {s: int(n) for s, n in zip(STATUSES, counts, strict=True) if n}

    @cached_property
    def first_purchase_day(self) -> NDArray[np.int32]:
        """(paths,) first business day on which the Fed bought, -1 never."""
        return about.first_purchase_day(self.paths("fed.bought"))

    def paths(self, name: str) -> Array32:
        """(paths, days + 1) of the observable `name`, broken paths included.

        Raises:
            UnknownNameError: if there is no such observable.
        """
        if name not in self.observables:
            raise UnknownNameError("observable", name, tuple(self.observables))
        return self.observables[name]

    def unbroken(self, name: str) -> Array32:
        """The rows of `paths(name)` that ran to their end.

        Raises:
            CannotError: if every path ended in a named break.
        """
        values = self.paths(name)
        if self.ok.all():
            return values
        if not self.ok.any():
            raise CannotError(f"every path of {self.scenario} broke: {self.broken()}")
        return values[self.ok]

    def broken(self) -> str:
        """The counts of broken paths in words, empty if there are none."""
        parts = [f"{n} x {s.name.lower()}" for s, n in self.status.items() if s != PathStatus.OK]
        return ", ".join(parts)

    def quantile(
        self, name: str, q: float | Sequence[float], day: int | None = None
    ) -> NDArray[np.float64]:
        """Quantile(s) over unbroken paths: by day, or at business day `day`.

        Shape: `q`'s shape, then (days + 1,) unless `day` is given.

        Raises:
            BadInputError: if a quantile is outside [0, 1] or the day outside the run.
        """
        wanted = np.asarray(q, np.float64)
        if not np.all((wanted >= 0.0) & (wanted <= 1.0)):
            raise BadInputError(f"quantile {q} is outside 0 to 1")
        values = self.unbroken(name)
        part = values if day is None else values[:, self._day(day)]
        return np.asarray(np.quantile(part.astype(np.float64), wanted, axis=0))

    def mean(self, name: str, day: int | None = None) -> Estimate:
        """Mean over unbroken paths with its standard error, by day or at business day `day`."""
        values = self.unbroken(name)
        return mean_estimate(values if day is None else values[:, self._day(day)])

    def probability(self, event: str) -> Probability:
        """The chance of an event (see `ustress.simulate.events`), with Monte Carlo error.

        Raises:
            BadInputError: if the text is no event or its day is outside the run.
            UnknownNameError: if its name is unknown.
        """
        one = about.parse(event)
        found = about.happened(one, self.observables, self._dated)
        if one.dated:
            return probability(found, 0, event)
        return probability(found[self.ok], int((~self.ok).sum()), event)

    def hitting(self, event: str) -> Hitting:
        """When an event first happens: its first day over paths, quantiles, the share of never.

        Raises:
            BadInputError, UnknownNameError: as `probability`.
        """
        one = about.parse(event)
        if one.dated:
            first = self._dated[about.DATED[one.name]]
            keep = np.ones_like(self.ok)
        else:
            first, keep = about.first_days(one, self.paths(one.name)), self.ok
        counts = count_days(first[keep], self.horizon_days)
        return Hitting(event, counts, int(keep.sum()), int((~keep).sum()), self.days)

    def path(self, number: int) -> OnePath:
        """The path `number`, whole.

        Raises:
            BadInputError: if there is no such path.
        """
        i = self._number(number)
        return OnePath(
            number=i,
            days=self.days,
            observables={name: rows[i] for name, rows in self.observables.items()},
            status=STATUSES[int(self.status_codes[i])],
            first_crossing_day=int(self.first_crossing_day[i]),
            decision_day=int(self.decision_day[i]),
            break_day=int(self.break_day[i]),
        )

    def worst(self, n: int = 10, by: str = "ust.10y") -> tuple[Peak, ...]:
        """The `n` paths with the highest closes of an observable, equal ones by number.

        What a path showed before a named break counts, what it showed after does not.

        Raises:
            BadInputError: if fewer than one path is asked for.
            UnknownNameError: if there is no such observable.
        """
        if n < 1:
            raise BadInputError(f"worst {n}: expected at least 1 path")
        found = peaks(
            self.paths(by), 0, self.status_codes, self.first_crossing_day, self.decision_day,
            self.break_day,
        )  # fmt: skip
        return found.best(n).rows()

    def _number(self, number: int) -> int:
        if not 0 <= number < self.n_paths:
            raise BadInputError(f"no path {number}; expected 0 to {self.n_paths - 1}")
        return number

    @property
    def _dated(self) -> dict[str, NDArray[np.int32]]:
        return {name: getattr(self, name) for name in about.DATED.values()}

    def sample(self, name: str, n: int) -> Array32:
        """(n, days + 1): the first `n` unbroken paths, the same for every observable."""
        return self.unbroken(name)[:n]

    def table(
        self,
        names: Iterable[str] | None = None,
        days: Iterable[int] | None = None,
        quantiles: Sequence[float] = DEFAULT_QUANTILES,
    ) -> Table:
        """Means and quantiles as a table with units (`.frame`, `.to_pandas()`, `.to_arrow()`).

        Args:
            names: observables; None takes all.
            days: business days after the opening; None takes 1, 5, 20, 60 and the last.
            quantiles: which.
        """
        from ustress.simulate.table import table

        return table(self, tuple(names or OBSERVABLES), self._days(days), tuple(quantiles))

    def _days(self, days: Iterable[int] | None) -> tuple[int, ...]:
        usual = sorted({d for d in (1, 5, 20, 60) if d < self.horizon_days} | {self.horizon_days})
        return tuple(self._day(d) for d in (usual if days is None else days))

    def _day(self, day: int) -> int:
        if not 0 <= day <= self.horizon_days:
            raise BadInputError(f"day {day} is outside the run; expected 0 to {self.horizon_days}")
        return day

    def __sub__(self, other: Ensemble) -> Difference:
        from ustress.simulate.difference import subtract

        return subtract(self, other)

    def save(self, folder: str | Path) -> Path:
        """Write the run to `folder` (see `ustress.simulate.saved`); returns the folder."""
        from ustress.simulate.saved import save

        return save(self, Path(folder))

    @staticmethod
    def load(folder: str | Path) -> Ensemble:
        """Read a run back from the folder `save` wrote."""
        from ustress.simulate.saved import load

        return load(Path(folder))

    def summary(self) -> dict[str, Any]:
        """What the run is, in plain values: name, date, seed, sizes, statuses, provenance."""
        return {
            "scenario": self.scenario,
            "title": self.title,
            "as_of": self.as_of,
            "seed": self.seed,
            "paths": self.n_paths,
            "horizon_days": self.horizon_days,
            "status": {s.name.lower(): n for s, n in self.status.items()},
            "provenance": self.provenance,
        }
