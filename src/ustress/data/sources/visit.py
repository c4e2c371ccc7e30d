"""A visit to one source: ask, keep the raw answer, parse, take in; every failure is a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ustress.core.errors import UstressError
from ustress.core.progress import Progress, silent
from ustress.data.config import Config, find_key
from ustress.data.http import Answer, Wanted, Web
from ustress.data.raw import Kept, RawAnswers, sha256_of
from ustress.data.rows import Row, frame, origin
from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.mapping import (
    Mapped,
    expected_columns,
    map_records,
    missing_columns,
)
from ustress.data.sources.plan import Ask, first_day, pages, plan
from ustress.data.sources.readers import Records, read
from ustress.data.sources.report import SourceCheck, SourceReport
from ustress.data.sources.spec import Source
from ustress.data.sources.visits import Visits

if TYPE_CHECKING:
    from ustress.data.store import Store

NEW_YORK = ZoneInfo("America/New_York")
_CLOCKS_APART = timedelta(hours=36)
_MOST_PAGES = 500


@dataclass(frozen=True)
class Desk:
    """What a visit needs: the store, the web, the reader's keys, a clock.

    `bases` replaces a source's address; only tests give it, to ask a server of their own.
    """

    store: Store
    web: Web
    config: Config
    now: Callable[[], datetime] = lambda: datetime.now(NEW_YORK)
    bases: Mapping[str, str] = field(default_factory=dict)

    @property
    def raws(self) -> RawAnswers:
        """The raw answers beside the store's segments."""
        return RawAnswers(self.store.root)

    @property
    def visits(self) -> Visits:
        """What earlier visits left to remember."""
        return Visits(self.store.root)

    def today(self) -> date:
        """The day in New York."""
        return self.now().astimezone(NEW_YORK).date()


@dataclass
class _Haul:
    """What a visit has gathered so far; turned into a frozen report at its end."""

    rows: list[Row] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    unmapped: dict[str, None] = field(default_factory=dict)
    requests: int = 0
    size: int = 0
    validators: dict[str, str] = field(default_factory=dict)
    unchanged: bool = False


def visit(source: Source, desk: Desk, progress: Progress = silent) -> SourceReport:
    """Fetch what is new of a source into the store.

    Never raises for what a publisher, the network or the disk does: that is in the report. What
    was understood before a failure is stored.
    """
    haul = _Haul()
    fault: SourceFault | None = None
    try:
        _gather(source, desk, haul, progress)
    except SourceFault as met:
        fault = met
    except UstressError as met:
        fault = SourceFault(SourceStatus.NOT_STORED, str(met))
    report = _settle(source, desk, haul, fault)
    progress(source.id, 1, 1)
    return report


def _gather(source: Source, desk: Desk, haul: _Haul, progress: Progress) -> None:
    asks = _asks(source, desk)
    for number, ask in enumerate(asks):
        progress(source.id, number, len(asks))
        for wanted in pages(ask, source):
            records = _fetch(source, desk, haul, replace(ask, wanted=wanted))
            if _last_page(source, haul, records):
                break


def _last_page(source: Source, haul: _Haul, records: int) -> bool:
    if source.paging is None or records < source.paging.size:
        return True
    if haul.requests > _MOST_PAGES:
        raise SourceFault(SourceStatus.TOO_LARGE, f"more than {_MOST_PAGES} pages")
    return False


def _asks(source: Source, desk: Desk) -> tuple[Ask, ...]:
    seen = desk.visits.of(source)
    since = first_day(source, newest_held(source, desk), complete=seen is not None)
    asks = plan(source, base_of(source, desk), since, desk.today(), secret_of(source, desk))
    kept = seen is not None and desk.raws.body(seen.sha256) is not None if seen else False
    if len(asks) == 1 and source.window == "once" and seen and kept:
        wanted = replace(asks[0].wanted, etag=seen.etag, last_modified=seen.last_modified)
        return (replace(asks[0], wanted=wanted),)
    return asks


def newest_held(source: Source, desk: Desk) -> date | None:
    """The day of the newest figure held of any of a source's series."""
    names = source.names()
    panel = desk.store.panel(max(desk.today(), desk.store.first_known), names)
    held = [panel.get(name) for name in names]
    return max((series.at(-1).day for series in held if series is not None), default=None)


def base_of(source: Source, desk: Desk) -> str:
    """Where to ask: the publisher's address, unless a test has put its own in the place."""
    return desk.bases.get(source.id, desk.bases.get("*", source.publisher.base))


def secret_of(source: Source, desk: Desk) -> dict[str, str]:
    """The query parameter with the reader's key, if the publisher wants one.

    Raises:
        SourceFault: NO_KEY, saying where to put it.
    """
    spec = source.publisher.key
    if spec is None:
        return {}
    key = find_key(spec.name, spec.environment, desk.config)
    if key is None:
        raise SourceFault(
            SourceStatus.NO_KEY,
            f"set {spec.environment[0]}, or {spec.name} under [keys] in {desk.config.path}",
        )
    return {spec.parameter: key.reveal()}


def _fetch(source: Source, desk: Desk, haul: _Haul, ask: Ask) -> int:
    """Ask once, keep and parse the answer; returns how many records it had."""
    haul.requests += 1
    answer = desk.web.get(ask.wanted, source.publisher.manners)
    check_clock(answer, desk.now())
    if answer.body is None:
        seen = desk.visits.of(source)
        body = desk.raws.body(seen.sha256) if seen else None
        if body is None:
            raise SourceFault(SourceStatus.UNREADABLE, "unchanged, but nothing is kept of it")
        haul.unchanged = True
        answer = replace(answer, body=body, etag=ask.wanted.etag)
        answer = replace(answer, last_modified=ask.wanted.last_modified)
    return _parse(source, desk, haul, ask, answer)


def _parse(source: Source, desk: Desk, haul: _Haul, ask: Ask, answer: Answer) -> int:
    body = answer.body or b""
    sha256 = sha256_of(body)
    kept = Kept(sha256, source.id, ask.each, ask.wanted.shown, answer.media, desk.today())
    desk.raws.keep(body, kept)
    haul.raw.append(sha256)
    haul.size += len(body)
    haul.validators = {
        "etag": answer.etag, "last_modified": answer.last_modified, "sha256": sha256,
    }  # fmt: skip
    records, mapped = parse(source, desk.store, body, kept)
    haul.rows += mapped.rows
    haul.unmapped |= dict.fromkeys(mapped.unmapped)
    return len(records.rows)


def parse(source: Source, store: Store, body: bytes, kept: Kept) -> tuple[Records, Mapped]:
    """The records and rows of a raw answer, new or kept: parsing depends on nothing else.

    Raises:
        SourceFault: naming what is wrong with it.
    """
    records = read(body, source)
    mark = origin(source.id, kept.sha256)
    mapped = map_records(
        records, source, store.infos, each=kept.each, mark=mark, retrieved=kept.retrieved
    )
    return records, mapped


def reparse(store: Store, known: Mapping[str, Source]) -> Iterator[tuple[Kept, tuple[Row, ...]]]:
    """The rows of every raw answer kept, oldest first: what a store can be rebuilt from.

    Answers of sources no longer described, or that were never understood, are left out.
    """
    raws = RawAnswers(store.root)
    for kept in raws.all():
        body, source = raws.body(kept.sha256), known.get(kept.source)
        if body is None or source is None:
            continue
        try:
            yield kept, parse(source, store, body, kept)[1].rows
        except SourceFault:
            continue


def check_clock(answer: Answer, now: datetime) -> None:
    """Nothing, if publisher and machine agree about the day.

    Raises:
        SourceFault: CLOCK, since a wrong day would stand in every vintage.
    """
    if answer.told_at is None:
        return
    apart = abs(now - answer.told_at)
    if apart > _CLOCKS_APART:
        raise SourceFault(
            SourceStatus.CLOCK,
            f"{now:%Y-%m-%d} here, {answer.told_at:%Y-%m-%d} there; nothing was stored",
        )


def _settle(source: Source, desk: Desk, haul: _Haul, fault: SourceFault | None) -> SourceReport:
    report = SourceReport(
        source=source.id,
        title=source.title,
        publisher=source.publisher.name,
        status=SourceStatus.UNCHANGED if haul.unchanged else SourceStatus.DONE,
        requests=haul.requests,
        bytes=haul.size,
        rows=len(haul.rows),
        unmapped=tuple(haul.unmapped),
        newest=max((row.day for row in haul.rows), default=None),
        raw=tuple(dict.fromkeys(haul.raw)),
    )
    try:
        report = _stored(desk, haul, report)
        if fault is None:
            desk.visits.remember(source, desk.today(), **haul.validators)
    except UstressError as met:
        fault = SourceFault(SourceStatus.NOT_STORED, str(met))
    if fault is None:
        return report
    return replace(report, status=fault.status, detail=fault.detail)


def _stored(desk: Desk, haul: _Haul, report: SourceReport) -> SourceReport:
    from ustress.data.intake import take_in_frame

    if not haul.rows:
        return report
    # Each row names the answer it came from, so the batch goes in as it is, in one commit.
    taken = take_in_frame(desk.store, frame(haul.rows), retrieved=desk.today())
    return replace(
        report,
        added=taken.added,
        repeated=taken.repeated,
        revised=taken.revised,
        quarantined=taken.quarantined,
    )


def look(source: Source, desk: Desk) -> SourceCheck:
    """Ask a source for its newest and compare it with its description; nothing is stored."""
    asked = base_of(source, desk) + source.path
    try:
        ask = _newest_ask(source, desk)
        asked = ask.wanted.shown
        answer = desk.web.get(ask.wanted, source.publisher.manners)
        check_clock(answer, desk.now())
        return _compared(source, desk, ask, answer)
    except SourceFault as fault:
        return SourceCheck(
            source.id, source.title, fault.status, fault.detail, asked,
            expected=expected_columns(source), unverified=source.unverified,
        )  # fmt: skip


def _newest_ask(source: Source, desk: Desk) -> Ask:
    today = desk.today()
    since = today - timedelta(days=max(source.overlap_days, 10))
    asks = plan(source, base_of(source, desk), since, today, secret_of(source, desk))
    ask = asks[-1] if not source.each else asks[0]
    return replace(ask, wanted=next(pages(ask, source)))


def _compared(source: Source, desk: Desk, ask: Ask, answer: Answer) -> SourceCheck:
    body = answer.body or b""
    records = read(body, source)
    expected = expected_columns(source)
    missing = missing_columns(records, source) if records.rows else []
    check = SourceCheck(
        source.id, source.title, SourceStatus.DONE, "", ask.wanted.shown,
        expected=expected,
        found=records.columns,
        missing=tuple(missing),
        new=tuple(name for name in records.columns if name not in expected),
        records=len(records.rows),
        unverified=source.unverified,
    )  # fmt: skip
    if missing:
        words = f"no {', '.join(missing)}"
        return replace(check, status=SourceStatus.CHANGED_FORM, detail=words)
    kept = Kept(sha256_of(body), source.id, ask.each, "", answer.media, desk.today())
    rows = parse(source, desk.store, body, kept)[1]
    if not rows.rows:
        status = SourceStatus.EMPTY
        return replace(check, status=status, detail="no figure of ours", unmapped=rows.unmapped)
    return replace(
        check,
        rows=len(rows.rows),
        series=len({row.series for row in rows.rows}),
        newest=max(row.day for row in rows.rows),
        unmapped=rows.unmapped,
    )


__all__ = ["Desk", "Wanted", "look", "reparse", "visit"]
