"""The past as it was seen on a date: what the layers above the store read, and all they read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError, UnknownNameError
from ustress.core.evidence import Evidence, Rights

Dates = NDArray[np.datetime64]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """What a series is: the catalogue's entry.

    `unit` is a key of `ustress.core.units`; `lag` names the publication-lag rule; `comparator`
    marks series re-estimated on the full sample, which are shown beside our indicators and never
    enter them; `stale_after_days` is the age in calendar days at which a reading counts as old.
    """

    name: str
    title: str
    family: str
    unit: str
    frequency: str
    publisher: str
    source: str
    rights: Rights
    lag: str
    stale_after_days: int
    evidence: Evidence = Evidence.MEASURED
    comparator: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One value with the date it became known (`known_exact`: published, not from a lag)."""

    day: date
    value: float
    known: date
    known_exact: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One series as known on a date: parallel arrays, dates ascending, no missing values."""

    info: SeriesInfo
    dates: Dates
    values: Values
    known: Dates
    known_exact: NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.values.size)

    def at(self, i: int) -> Observation:
        """The observation at position `i` (negative counts from the end).

        Raises:
            MissingSeriesError: if there is none.
        """
        if not -len(self) <= i < len(self):
            raise MissingSeriesError(
                f"{self.info.name} has {len(self)} observations known on this date, too few"
            )
        return Observation(
            self.dates[i].item(),
            float(self.values[i]),
            self.known[i].item(),
            bool(self.known_exact[i]),
        )

    def index_on_or_before(self, day: date) -> int | None:
        """Position of the newest observation dated `day` or earlier, or None."""
        i = int(np.searchsorted(self.dates, np.datetime64(day, "D"), side="right")) - 1
        return i if i >= 0 else None

    def on_or_before(self, day: date) -> Observation | None:
        """The newest observation dated `day` or earlier, or None."""
        i = self.index_on_or_before(day)
        return None if i is None else self.at(i)

    def between(self, first: date | None = None, last: date | None = None) -> Series:
        """The part of the series with `first <= date <= last`."""
        lo = 0 if first is None else int(np.searchsorted(self.dates, np.datetime64(first, "D")))
        hi = (
            len(self)
            if last is None
            else int(np.searchsorted(self.dates, np.datetime64(last, "D"), side="right"))
        )
        cut = slice(lo, hi)
        return Series(
            self.info, self.dates[cut], self.values[cut], self.known[cut], self.known_exact[cut]
        )


@dataclass(frozen=True)
class Panel:
    """Every series as known by the end of `as_of` in New York; series load when first asked for.

    `latest_known` is the newest known-from date at or before `as_of` in the store.
    """

    as_of: date
    latest_known: date
    infos: dict[str, SeriesInfo]
    _load: Callable[[tuple[str, ...]], dict[str, Series]]
    _seen: dict[str, Series] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> Series:
        """The series `name`.

        Raises:
            UnknownNameError: if the catalogue has no such series.
            MissingSeriesError: if nothing of it was known on the date.
        """
        series = self.get(name)
        if series is None:
            raise MissingSeriesError(f"no observation of {name} was known on {self.as_of}")
        return series

    def get(self, name: str) -> Series | None:
        """The series `name`, or None if nothing of it was known on the date."""
        if name not in self.infos:
            raise UnknownNameError("series", name, tuple(self.infos))
        self.preload((name,))
        found = self._seen[name]
        return found if len(found) else None

    def preload(self, names: Iterable[str]) -> None:
        """Fetch several series in one query."""
        missing = tuple(n for n in names if n in self.infos and n not in self._seen)
        if missing:
            self._seen.update(self._load(missing))
