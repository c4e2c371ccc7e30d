"""Fetch from the publishers into the store, and look at a source without storing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ustress.core.progress import Progress, silent

if TYPE_CHECKING:
    from pathlib import Path

    from ustress.data.http import Manners
    from ustress.data.sources.desk import Desk
    from ustress.data.sources.report import SourceCheck, SourceReport
    from ustress.data.sources.spec import Source


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update brought, source by source; `asked` says that sources were named."""

    day: date
    store: str
    asked: bool
    reports: tuple[SourceReport, ...]

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources that failed; one without a key counts only if it was asked for."""
        return tuple(r for r in self.reports if not r.status.fine and not self._excused(r))

    @property
    def skipped(self) -> tuple[SourceReport, ...]:
        """The sources left out for want of a key."""
        return tuple(r for r in self.reports if self._excused(r))

    def _excused(self, report: SourceReport) -> bool:
        return not self.asked and report.status.name == "NO_KEY"


@dataclass(frozen=True)
class Surroundings:
    """Where an update works; everything has its usual place, and tests put others there.

    `bases` replaces addresses by source id (`*` for all), `manners` how we behave there, `now` the
    clock, `root` the store's directory, `config` the configuration file.
    """

    bases: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] | None = None
    root: Path | None = None
    config: Path | None = None
    manners: Manners | None = None


def update(
    names: Sequence[str] = (),
    progress: Progress = silent,
    around: Surroundings | None = None,
) -> Updated:
    """Fetch what is new of the sources named (or of all) into the store.

    A source that fails stops no other; its report says what happened. Once a host cannot be
    reached its other sources are not tried.

    Raises:
        UnknownNameError: if a source is unknown.
        BadInputError: if the configuration or a reader's own source file is wrong.
        CannotError: if the store cannot be opened.
    """
    from ustress.data.sources.registry import chosen, sources

    known = sources()
    place = around or Surroundings()
    with _desk(place) as desk:
        wanted = chosen(tuple(names), known) if names else _all(known, desk)
        reports = []
        unreachable: set[str] = set()
        for source in wanted:
            reports.append(_one(source, desk, progress, unreachable))
    return Updated(desk.today(), str(desk.store.root), bool(names), tuple(reports))


def check(name: str, around: Surroundings | None = None) -> tuple[SourceCheck, ...]:
    """Look at a source (or at all of a publisher's), live: is it as it is described?

    Raises:
        UnknownNameError: if there is no such source.
    """
    from ustress.data.sources.look import look
    from ustress.data.sources.registry import chosen, sources

    wanted = chosen((name,), sources())
    with _desk(around or Surroundings()) as desk:
        return tuple(look(source, desk) for source in wanted)


def _all(known: Mapping[str, Source], desk: Desk) -> tuple[Source, ...]:
    from ustress.core.errors import BadInputError, UnknownNameError
    from ustress.data.sources.registry import chosen

    try:
        left_out = chosen(desk.config.skip, known)
    except UnknownNameError as fault:
        raise BadInputError(f"{desk.config.path}: [update] skip: {fault}") from None
    return tuple(s for s in known.values() if s not in left_out)


def _one(source: Source, desk: Desk, progress: Progress, unreachable: set[str]) -> SourceReport:
    from ustress.data.sources.desk import base_of
    from ustress.data.sources.faults import SourceStatus
    from ustress.data.sources.report import SourceReport
    from ustress.data.sources.visit import visit

    base = base_of(source, desk)
    if base in unreachable:
        progress(source.id, 1, 1)
        return SourceReport(
            source.id, source.title, source.publisher.name, SourceStatus.OFFLINE,
            "like another source of the same host just before",
        )  # fmt: skip
    report = visit(source, desk, progress)
    if report.status is SourceStatus.OFFLINE and report.requests == 1:
        unreachable.add(base)
    return report


@contextmanager
def _desk(place: Surroundings) -> Iterator[Desk]:
    """A desk for as long as the connections are open."""
    from ustress.data.config import read_config
    from ustress.data.http import Web
    from ustress.data.sources.desk import Desk
    from ustress.data.store import Store

    web = Web()
    try:
        desk = Desk(
            Store(place.root),
            web,
            read_config(place.config),
            bases=place.bases,
            manners=place.manners,
        )
        yield desk if place.now is None else replace(desk, now=place.now)
    finally:
        web.close()
