"""The store: append-only segments over the embedded pack, read as of a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np

from ustress.core.errors import BadInputError, CannotError, UnknownNameError
from ustress.core.panel import Panel, Series, SeriesInfo
from ustress.data.catalogue import catalogue
from ustress.data.home import home
from ustress.data.integrity import problems
from ustress.data.novelty import checked, fresh
from ustress.data.pack import pack_file
from ustress.data.query import Database
from ustress.data.rows import Row
from ustress.data.segments import segments, write_segment
from ustress.data.status import Coverage, FamilyStatus, family_status

SEGMENTS = "segments"


class Store:
    """Every observation with its vintages: the pack, then the reader's segments, in order.

    Args:
        root: the reader's directory (default: the platform's place, or `USTRESS_HOME`); it is
            created by the first `append` and only read otherwise.
        pack: segment zero (default: the embedded pack; None for a store without one).
    """

    def __init__(
        self, root: Path | None = None, pack: Path | Literal["embedded"] | None = "embedded"
    ) -> None:
        self.root = home() if root is None else root
        self._pack = pack_file() if pack == "embedded" else pack
        self.infos: Mapping[str, SeriesInfo] = catalogue()
        self._database = self._open()

    def _open(self) -> Database:
        return Database(self._pack, segments(self.root / SEGMENTS))

    def panel(self, as_of: date, names: Iterable[str] | None = None) -> Panel:
        """The past as known by the end of `as_of` in New York; `names` are fetched at once.

        Raises:
            BadInputError: if `as_of` lies before the first known figure.
            UnknownNameError: if the catalogue lacks one of `names`.
            CannotError: if a segment is damaged.
        """
        database = self._database
        first = self.first_known
        if as_of < first:
            raise BadInputError(
                f"{as_of} lies before the figures begin; the first was known on {first}"
            )
        newest = database.newest_known(as_of)

        def load(wanted: tuple[str, ...]) -> dict[str, Series]:
            return _series(database, self.infos, wanted, as_of)

        panel = Panel(as_of, newest or first, dict(self.infos), load)
        if names is not None:
            chosen = tuple(names)
            self._check(chosen)
            panel.preload(chosen)
        return panel

    def series(self, name: str, as_of: date) -> Series:
        """One series as known on a date (empty if nothing of it was).

        Raises:
            UnknownNameError: if the catalogue has no such series.
        """
        self._check((name,))
        return _series(self._database, self.infos, (name,), as_of)[name]

    def vintages(self, name: str) -> tuple[Row, ...]:
        """Every stored row of a series, by day, within a day by vintage.

        Raises:
            UnknownNameError: if the catalogue has no such series.
        """
        self._check((name,))
        return tuple(Row(*found) for found in self._database.vintages(name))

    def known_until(self) -> date:
        """The newest known-from date in the store: what "as known today" means offline."""
        return self._database.newest_known() or self.first_known

    def status(self, as_of: date) -> tuple[FamilyStatus, ...]:
        """Per family: rows, newest observation, when the next is due, staleness, rights, source."""
        coverage = [Coverage(*found) for found in self._database.coverage(as_of)]
        return family_status(coverage, self.infos, as_of)

    def verify(self) -> tuple[str, ...]:
        """One sentence for each damaged file; empty if all are as they were written."""
        return tuple(problems(self._database.parts))

    @cached_property
    def first_known(self) -> date:
        """When the figures begin: the first known-from date of a series that is no comparator.

        Comparators are re-estimated on the full sample; a past made of them alone was never seen.

        Raises:
            CannotError: if the store holds no figure.
        """
        comparators = [name for name, info in self.infos.items() if info.comparator]
        first = self._database.first_known(comparators)
        if first is None:
            raise CannotError(f"the store at {self.root} holds no figures; expected at least one")
        return first

    def append(self, rows: Iterable[Row]) -> int:
        """Adds a segment with the rows that say something new; returns how many those were.

        A row says nothing new if it repeats the value that stands already for its series, day
        and known-from date. Appending the same rows twice adds nothing the second time.

        Raises:
            UnknownNameError: if the catalogue lacks a row's series.
            BadInputError: if a value is no number, a row is known before its day, or two rows
                give one vintage two values.
            CannotError: if the store cannot be read or written.
        """
        sound = checked(rows, self.infos)
        names = sorted({row.series for row in sound})
        new = fresh(sound, (Row(*found) for found in self._database.stored(names)))
        if new:
            write_segment(self.root / SEGMENTS, new)
            self._database = self._open()
            self.__dict__.pop("first_known", None)
        return len(new)

    def _check(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.infos:
                raise UnknownNameError("series", name, tuple(self.infos))


def _series(
    database: Database, infos: Mapping[str, SeriesInfo], names: tuple[str, ...], as_of: date
) -> dict[str, Series]:
    found = database.latest(names, as_of)
    which, day = found["i"], found["day"].astype("datetime64[D]")
    known = found["known_from"].astype("datetime64[D]")
    # Rows of one key stand together, the winner last: keep a row where the key changes after it.
    wins = np.ones(which.size, dtype=np.bool_)
    wins[:-1] = (which[1:] != which[:-1]) | (day[1:] != day[:-1])
    which, day, known = which[wins], day[wins], known[wins]
    value = np.asarray(found["value"][wins], np.float64)
    exact = np.asarray(found["known_exact"][wins], np.bool_)
    bounds = np.searchsorted(which, np.arange(len(names) + 1))
    cuts = (slice(*bounds[i : i + 2]) for i in range(len(names)))
    return {
        name: Series(infos[name], day[cut], value[cut], known[cut], exact[cut])
        for name, cut in zip(names, cuts, strict=True)
    }
