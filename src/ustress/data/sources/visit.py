"""A visit to one source: ask, keep the raw answer, parse, take in; every failure is a report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ustress.core.errors import UstressError
from ustress.core.progress import Progress, silent
from ustress.data.http import Answer
from ustress.data.raw import Kept, sha256_of
from ustress.data.rows import Row, frame
from ustress.data.sources.desk import Desk, base_of, newest_held, secret_of
from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.parsing import parse
from ustress.data.sources.plan import Ask, first_day, pages, plan
from ustress.data.sources.report import SourceReport
from ustress.data.sources.spec import Source

_MOST_PAGES = 500


@dataclass
class _Haul:
    """What a visit has gathered so far; turned into a frozen report at its end."""

    rows: list[Row] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    unmapped: dict[str, None] = field(default_factory=dict)
    lacking: dict[str, None] = field(default_factory=dict)
    requests: int = 0
    size: int = 0
    asks: int = 1
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
    progress(source.id, haul.asks, haul.asks)
    return report


def _gather(source: Source, desk: Desk, haul: _Haul, progress: Progress) -> None:
    asks = _asks(source, desk)
    haul.asks = len(asks)
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
    alone = len(asks) == 1 and source.window == "once"
    if alone and seen is not None and desk.raws.body(seen.sha256) is not None:
        wanted = replace(asks[0].wanted, etag=seen.etag, last_modified=seen.last_modified)
        return (replace(asks[0], wanted=wanted),)
    return asks


def _fetch(source: Source, desk: Desk, haul: _Haul, ask: Ask) -> int:
    """Ask once, keep and parse the answer; returns how many records it had."""
    haul.requests += 1
    answer = desk.ask(source, ask.wanted)
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
    haul.lacking |= dict.fromkeys(records.lacking)
    return len(records.rows)


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
        lacking=tuple(haul.lacking),
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
