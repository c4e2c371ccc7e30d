"""A live look at a source: is it as it is described? Nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ustress.data.http import Answer
from ustress.data.raw import Kept, sha256_of
from ustress.data.sources.desk import Desk, base_of, secret_of
from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.mapping import expected_columns, missing_columns
from ustress.data.sources.parsing import parse
from ustress.data.sources.plan import Ask, pages, plan
from ustress.data.sources.readers import read
from ustress.data.sources.report import SourceCheck
from ustress.data.sources.spec import Source


def look(source: Source, desk: Desk) -> SourceCheck:
    """Ask a source for its newest and compare it with its description; nothing is stored."""
    asked = base_of(source, desk) + source.path
    try:
        ask = _newest_ask(source, desk)
        asked = ask.wanted.shown
        answer = desk.ask(source, ask.wanted)
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
    missing += records.lacking
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
