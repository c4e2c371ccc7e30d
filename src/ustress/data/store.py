"""The store: append-only segments over the embedded pack, read as of a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from ustress.core.errors import BadInputError, CannotError, UnknownNameError
from ustress.core.panel import Panel, Series, SeriesInfo
from ustress.data import manifest as state
from ustress.data.catalogue import catalogue
from ustress.data.commit import Commit, commit
from ustress.data.history import History
from ustress.data.home import home
from ustress.data.integrity import disagreements, problems
from ustress.data.lock import WAIT_S, writing
from ustress.data.manifest import Manifest
from ustress.data.novelty import checked, fresh
from ustress.data.own import own_series
from ustress.data.pack import pack_file
from ustress.data.packs import is_news, merge, pack_digest
from ustress.data.query import Database, database
from ustress.data.rows import Row, frame
from ustress.data.status import Coverage, FamilyStatus, family_status

LEARN_WAIT_S = 2.0
"""How long opening a store waits for another writer before it leaves a new pack for later."""


class Store:
    """Every observation with its vintages: the pack, then the reader's segments, in order.

    It shows the store as it stood when it was opened, or when it last wrote; `refresh` looks
    again. Any number of readers may be open while one writes.

    Args:
        root: the reader's directory (default: the platform's place, or `USTRESS_HOME`); it is
            created by the first write and only read otherwise.
        pack: segment zero (default: the embedded pack; None for a store without one). A store
            that was written to keeps its own copy; a later pack is merged into it as vintages.
        wait_s: how long to wait for another writer.
    """

    def __init__(
        self,
        root: Path | None = None,
        pack: Path | Literal["embedded"] | None = "embedded",
        *,
        wait_s: float = WAIT_S,
    ) -> None:
        self.root = home() if root is None else root
        self.pack = pack_file() if pack == "embedded" else pack
        self._wait_s = wait_s
        self.refresh()
        self._learn()

    def refresh(self) -> None:
        """See what has been stored since.

        Raises:
            CannotError: if the manifest is damaged.
        """
        self.manifest = state.load(self.root) or Manifest()
        self.infos: Mapping[str, SeriesInfo] = own_series(catalogue(), self.manifest.series)
        self._database = self._open()
        self.__dict__.pop("first_known", None)

    def _learn(self) -> None:
        """Merge the pack of a later release; a store that cannot be written now stays as it is."""
        if self.pack is None or not is_news(self.pack, self.manifest.packs):
            return
        wait_s, self._wait_s = self._wait_s, min(self._wait_s, LEARN_WAIT_S)
        try:
            merge(self, self.pack)
        except CannotError:
            self.refresh()
        finally:
            self._wait_s = wait_s

    def _open(self) -> Database:
        parts = tuple(p.path(self.root) for p in self.manifest.of("segments"))
        # Once written to, a store holds its own copy of the pack.
        pack = self.pack if not self.manifest.packs else None
        try:
            stat = None if pack is None else pack.stat()
        except OSError as fault:
            raise CannotError(f"cannot read the pack {pack}: {fault.strerror}") from fault
        if pack is None or stat is None:
            return database(None, parts)
        return database((pack, stat.st_size, stat.st_mtime_ns), parts)

    @property
    def fingerprint(self) -> str:
        """Hash of everything stored: the same for the same figures."""
        packs = self.manifest.packs or (() if self.pack is None else (pack_digest(self.pack),))
        return state.seal_of(self.manifest, packs)

    def panel(self, as_of: date, names: Iterable[str] | None = None) -> Panel:
        """The past as known by the end of `as_of` in New York; `names` are fetched at once.

        Raises:
            BadInputError: if `as_of` lies before the first known figure.
            UnknownNameError: if the catalogue lacks one of `names`.
            CannotError: if a segment is damaged.
        """
        database, infos = self._database, self.infos
        first = self.first_known
        if as_of < first:
            raise BadInputError(
                f"{as_of} lies before the figures begin; the first was known on {first}"
            )
        newest = database.newest_known(as_of)

        def load(wanted: tuple[str, ...]) -> dict[str, Series]:
            return _series(database, infos, wanted, as_of)

        panel = Panel(as_of, newest or first, dict(infos), load)
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

    def histories(self, names: Iterable[str]) -> dict[str, History]:
        """Every vintage of several series as arrays in winning order."""
        wanted = tuple(names)
        self._check(wanted)
        return dict(zip(wanted, self._database.histories(wanted), strict=True))

    def histories_known(self, names: Iterable[str]) -> dict[str, History]:
        """The same for names of which the catalogue need not know all; those are empty."""
        wanted = tuple(names)
        return dict(zip(wanted, self._database.histories(wanted), strict=True))

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
        """One sentence for each fault: damaged files, then rows that fit no catalogue or answer."""
        found = tuple(problems(self.root, self.manifest))
        if found:  # what damaged files say is not worth asking
            return found
        return tuple(disagreements(self.root, self._database, self.infos))

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

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer, on what the writer before left.

        Raises:
            CannotError: if another writer does not finish in time, or the disk refuses.
        """
        with writing(self.root, self._wait_s):
            self.refresh()
            yield

    def commit(self, change: Commit) -> None:
        """Store a change, all of it or nothing; only inside `writing`.

        Raises:
            CannotError: if the disk refuses; the store is as it was.
        """
        commit(self.root, self.manifest, self.pack, change)
        self.refresh()

    def append(self, rows: Iterable[Row]) -> int:
        """Adds a segment with the rows that say something new; returns how many those were.

        A row says nothing new if it repeats the value that stands already for its series, day
        and known-from date. Appending the same rows twice adds nothing the second time.
        Batches are meant to come in the order in which they were retrieved.

        Raises:
            UnknownNameError: if the catalogue lacks a row's series.
            BadInputError: if a value is no number, a row is known before its day, or two rows
                give one vintage two values.
            CannotError: if the store cannot be read or written.
        """
        sound = checked(rows, self.infos)
        if not sound:
            return 0
        with self.writing():
            names = sorted({row.series for row in sound})
            new = fresh(sound, (Row(*found) for found in self._database.stored(names)))
            if new:
                self.commit(Commit(rows=frame(new)))
        return len(new)

    def _check(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.infos:
                raise UnknownNameError("series", name, tuple(self.infos))


def _series(
    database: Database, infos: Mapping[str, SeriesInfo], names: tuple[str, ...], as_of: date
) -> dict[str, Series]:
    return {
        name: _one(infos[name], history.as_of(as_of))
        for name, history in zip(names, database.histories(names), strict=True)
    }


def _one(info: SeriesInfo, known: History) -> Series:
    """As a series of the panel; its arrays are shared with the cache, and therefore read-only."""
    days = known.days.view("datetime64[D]")
    values = known.values.view()
    exact = known.exact.view()
    for array in (days, values, exact):
        array.flags.writeable = False
    return Series(info, days, values, known.known.view("datetime64[D]"), exact)
