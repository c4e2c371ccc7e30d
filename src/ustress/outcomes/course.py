"""What outcomes read: simulated paths or a reader's own path, one set of arrays for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.dates import calendar
from ustress.core.errors import BadInputError, CannotError, MissingSeriesError, UnknownNameError
from ustress.core.evidence import Evidence
from ustress.outcomes.ensembles import Paths

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, eq=False)
class Course:
    """Paths of observables at daily closes, day 0 the opening.

    `kept` numbers the paths among `total` (those that ran to their end), so that draws made per
    path stay with their path; `seed` is that of the shocks; `single` says that it is a reader's
    own path, which has no spread. `evidence` is the weakest level behind the paths. `imposed` is
    the same for two runs that differ by the policy alone, empty where that is not known; `note`
    says what was filled in on a reader's own path.
    """

    name: str
    title: str
    days: Days
    seed: int
    kept: NDArray[np.int64]
    total: int
    evidence: Evidence
    single: bool
    imposed: str = field(kw_only=True, default="")
    note: str = field(kw_only=True, default="")
    _read: Callable[[str], ArrayLike | None]
    _seen: dict[str, Floats | None] = field(default_factory=dict, repr=False)

    @property
    def horizon(self) -> int:
        """Business days after the opening."""
        return int(self.days.size) - 1

    def has(self, name: str) -> bool:
        """Whether the observable is there."""
        try:
            self.paths(name)
        except MissingSeriesError:
            return False
        return True

    def paths(self, name: str) -> Floats:
        """(paths, days) of an observable.

        Raises:
            MissingSeriesError: if the paths do not carry it.
        """
        if name not in self._seen:
            given = self._read(name)
            self._seen[name] = None if given is None else np.asarray(given)
        found = self._seen[name]
        if found is None:
            raise MissingSeriesError(f"{self.title} carries no {name}")
        return found

    def at(self, name: str, day: int) -> Floats:
        """(paths,) of an observable on a business day."""
        return np.asarray(self.paths(name)[:, day], np.float64)

    def since(self, name: str, day: int) -> Floats:
        """(paths,) change of an observable since the opening."""
        return self.at(name, day) - self.at(name, 0)

    def draws(self, coefficients: ArrayLike, errors: ArrayLike, key: int) -> Floats:
        """(paths, k) coefficients from independent normal laws, the same for the same seed.

        Made for every path and cut to the kept ones; a single path takes the estimates.
        """
        b, se = np.asarray(coefficients, np.float64), np.asarray(errors, np.float64)
        if self.single:
            return np.broadcast_to(b, (self.kept.size, b.size))
        rng = np.random.Generator(np.random.Philox(key=self.seed, counter=key))
        return np.asarray((b + se * rng.standard_normal((self.total, b.size)))[self.kept])


def of_run(run: Paths, against: Paths | None = None) -> Course:
    """The paths of a run that did not break, nor their twins in `against`.

    Raises:
        BadInputError: if the two differ in paths or days.
        CannotError: if no path is left.
    """
    ok = run.ok
    if against is not None:
        if ok.shape != against.ok.shape or not np.array_equal(run.days, against.days):
            raise BadInputError(f"{run.scenario} and {against.scenario} differ in paths or days")
        ok = ok & against.ok
    if not ok.any():
        raise CannotError(f"no path of {run.scenario} ran to its end: there is no outcome to show")

    def read(name: str) -> ArrayLike | None:
        try:
            found = run.paths(name)
        except UnknownNameError:
            return None
        return found if ok.all() else found[ok]

    title = str(getattr(run, "title", run.scenario))
    kept = np.flatnonzero(ok)
    about = getattr(run, "provenance", None)
    return Course(
        run.scenario, title, run.days, run.seed, kept, ok.size, Evidence.ASSUMED, False, read,
        imposed=str(getattr(about, "imposed_hash", "")),
    )  # fmt: skip


def of_columns(name: str, days: Days, columns: Mapping[str, ArrayLike]) -> Course:
    """A reader's own path: a value on each day given, for each observable.

    Days count: business days between two given ones are filled by a straight line, and the
    course's `note` says how many.

    Raises:
        BadInputError: if there are fewer than two days, they do not ascend or are no business
            days, or a column does not fit or is not finite.
    """
    when = np.asarray(days, "datetime64[D]")
    if when.ndim != 1 or when.size < 2 or bool(np.any(np.diff(when) <= np.timedelta64(0, "D"))):
        raise BadInputError(f"{name}: expected two or more ascending days")
    every = _business_days(name, when)
    rows: dict[str, Floats] = {}
    for key, values in columns.items():
        row = np.asarray(values, np.float64)
        if row.shape != when.shape or not bool(np.isfinite(row).all()):
            raise BadInputError(f"{name}: column {key} needs one finite number a day")
        rows[key] = np.interp(np.arange(every.size), np.searchsorted(every, when), row)[None, :]
    kept = np.zeros(1, np.int64)
    return Course(
        name, name, every, 0, kept, 1, Evidence.ASSUMED, True, rows.get,
        note=_filled(when.size, every.size),
    )  # fmt: skip


def _business_days(name: str, when: Days) -> Days:
    """Every business day from the first to the last given."""
    closed = when[~np.is_busday(when, busdaycal=calendar())]
    if closed.size:
        raise BadInputError(f"{name}: {closed[0]} is no business day; expected days of trading")
    every = np.arange(when[0], when[-1] + np.timedelta64(1, "D"))
    return np.asarray(every[np.is_busday(every, busdaycal=calendar())])


def _filled(given: int, every: int) -> str:
    if given == every:
        return ""
    return (
        f"The path gives {given} of {every} business days; the {every - given} between them lie "
        "on straight lines."
    )
