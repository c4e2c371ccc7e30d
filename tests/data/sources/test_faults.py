"""Everything that goes wrong between a publisher and the store, over real HTTP on loopback.

Properties: each fault has its name and a sentence, nothing wrong is stored, and the others go on.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.sources.answers import NOW, RECORDED, answer, around
from data.sources.loopback import Publisher, Said
from ustress.data.sources.faults import SourceStatus
from ustress.data.sources.report import SourceReport
from ustress.data.store import Store
from ustress.workflows.refresh import Updated, update

DEBT = "fiscaldata-debt"
PATH = "/v2/accounting/od/debt_to_penny"
# The recorded figures under later days: new to the store, so that what is stored can be seen.
GOOD = re.sub(rb"2025-11-(\d\d)", rb"2026-08-\1", (RECORDED / "fiscaldata-debt.json").read_bytes())


@pytest.fixture
def visit(publisher: Publisher, tmp_path: Path) -> Callable[..., SourceReport]:
    publisher.paths[PATH] = GOOD

    def one(*said: Said, now: datetime = NOW, source: str = DEBT) -> SourceReport:
        publisher.say(*said)
        found = update((source,), around=around(publisher, tmp_path / "home", now))
        return found.reports[0]

    return one


def _stored(home: Path) -> int:
    rows = Store(root=home / "home").vintages("debt.total")
    return sum(row.retrieved is not None for row in rows)


LASTING = [  # what is said each time, the status, words of the detail
    (Said(503, b"busy"), SourceStatus.BUSY, "HTTP 503"),
    (Said(500, b"oops"), SourceStatus.REFUSED, "HTTP 500"),
    (Said(200, GOOD, broken=True), SourceStatus.BROKEN_OFF, "ended early"),
    (Said(200, GOOD, silent_s=0.6), SourceStatus.TIMED_OUT, "silence"),
    (Said(200, GOOD[:-30], {"Content-Encoding": "gzip"}), SourceStatus.BROKEN_OFF, "compressed"),
    (Said(200, b"Date\n2026-01-0", claim_length=False), SourceStatus.BROKEN_OFF, "no length"),
]


@pytest.mark.parametrize(("said", "status", "words"), LASTING, ids=lambda v: str(v)[-24:])
def test_a_fault_that_lasts_is_tried_three_times(
    said: Said, status: SourceStatus, words: str, visit: Callable[..., SourceReport],
    publisher: Publisher, tmp_path: Path,
) -> None:  # fmt: skip
    report = visit(said, said, said)
    assert report.status is status
    assert words in report.detail
    assert len(publisher.asked) == 3
    assert _stored(tmp_path) == 0


@pytest.mark.parametrize(("said", "status", "words"), LASTING, ids=lambda v: str(v)[-24:])
def test_a_fault_that_passes_leaves_no_trace(
    said: Said, status: SourceStatus, words: str, visit: Callable[..., SourceReport]
) -> None:
    report = visit(said)
    assert report.status is SourceStatus.DONE
    assert report.added == 2
    assert report.sentence == f"{DEBT}: fetched: 2 new, 0 revised, 0 as before"


FINAL = [
    (Said(404, b"gone"), SourceStatus.GONE, "HTTP 404"),
    (Said(410, b"gone"), SourceStatus.GONE, "HTTP 410"),
    (Said(403, b"no"), SourceStatus.REFUSED, "HTTP 403"),
    (Said(400, b"what?"), SourceStatus.REFUSED, "HTTP 400"),
    (Said(301, b"", {"Location": "http://localhost:9/x"}), SourceStatus.ELSEWHERE, "to localhost"),
    (Said(200, b""), SourceStatus.EMPTY, "no byte"),
    (Said(200, b"<html><body>We are down</body></html>"), SourceStatus.NOT_FIGURES, "HTML"),
    (Said(200, GOOD[: len(GOOD) // 2]), SourceStatus.BROKEN_OFF, "no JSON"),
    (Said(200, b'{"error": "quota"}'), SourceStatus.CHANGED_FORM, "no list of records at data"),
    (
        Said(200, GOOD.replace(b"tot_pub_debt_out_amt", b"total_debt")),
        SourceStatus.CHANGED_FORM,
        "no tot_pub_debt_out_amt; instead there is debt_held_public_amt",
    ),
    (Said(200, GOOD.replace(b"record_date", b"day")), SourceStatus.CHANGED_FORM, "record_date"),
    (Said(200, b"\xff\xfe\x00\x00\x81"), SourceStatus.UNREADABLE, "encoding"),
    (
        Said(200, b'{"data": [{"record_date": "soon", "tot_pub_debt_out_amt": "1"}]}'),
        SourceStatus.UNREADABLE,
        "record_date 'soon' is no date",
    ),
]


@pytest.mark.parametrize(("said", "status", "words"), FINAL, ids=lambda v: str(v)[-24:])
def test_a_fault_that_asking_again_cannot_mend_is_asked_once(
    said: Said, status: SourceStatus, words: str, visit: Callable[..., SourceReport],
    publisher: Publisher, tmp_path: Path,
) -> None:  # fmt: skip
    report = visit(said)
    assert report.status is status
    assert words in report.detail
    assert len(publisher.asked) == 1
    assert _stored(tmp_path) == 0
    assert report.source in report.sentence


def test_retry_after_is_obeyed(visit: Callable[..., SourceReport], publisher: Publisher) -> None:
    for code in (429, 503):
        publisher.asked.clear()
        assert visit(Said(code, b"", {"Retry-After": "1"})).status is SourceStatus.DONE
        first, second = publisher.asked
        assert 0.8 <= second.at - first.at < 3.0  # as a busy server sees one second


def test_retry_after_may_be_a_date(
    visit: Callable[..., SourceReport], publisher: Publisher
) -> None:
    later = NOW + timedelta(seconds=1)
    head = {"Retry-After": later.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    assert visit(Said(429, b"", head)).status is SourceStatus.DONE
    assert publisher.asked[1].at - publisher.asked[0].at >= 0.8


def test_too_long_a_pause_is_reported_instead_of_waited(
    visit: Callable[..., SourceReport], publisher: Publisher
) -> None:
    began = time.monotonic()
    report = visit(Said(429, b"", {"Retry-After": "3600"}))
    assert report.status is SourceStatus.BUSY
    assert "3600 s" in report.detail
    assert time.monotonic() - began < 2.0
    assert len(publisher.asked) == 1


def test_an_endless_answer_is_cut_off(publisher: Publisher, tmp_path: Path) -> None:
    from dataclasses import replace

    publisher.paths[PATH] = b"x" * 200_000
    place = around(publisher, tmp_path / "home")
    assert place.manners is not None
    small = replace(place, manners=replace(place.manners, max_bytes=100_000))
    assert update((DEBT,), around=small).reports[0].status is SourceStatus.TOO_LARGE


def test_a_dripping_answer_meets_a_deadline(publisher: Publisher, tmp_path: Path) -> None:
    from dataclasses import replace

    publisher.paths[PATH] = lambda _: Said(200, GOOD, dripping_s=0.05)
    place = around(publisher, tmp_path / "home")
    assert place.manners is not None
    brief = replace(place, manners=replace(place.manners, total_s=0.3, attempts=1))
    began = time.monotonic()
    assert update((DEBT,), around=brief).reports[0].status is SourceStatus.TIMED_OUT
    assert time.monotonic() - began < 3.0


@pytest.mark.parametrize("days", [-400, -2, 2, 400])
def test_a_wrong_clock_stores_nothing(
    days: int, visit: Callable[..., SourceReport], publisher: Publisher, tmp_path: Path
) -> None:
    """Ours or theirs: the day would stand in every vintage, so nothing is taken in."""
    head = (NOW + timedelta(days=days)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    report = visit(Said(200, GOOD, {"Date": head}))
    assert report.status is SourceStatus.CLOCK
    assert "2026-09-01 here" in report.detail
    assert _stored(tmp_path) == 0


def test_a_cached_copy_is_no_wrong_clock(visit: Callable[..., SourceReport]) -> None:
    head = (NOW - timedelta(days=3)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    aged = Said(200, GOOD, {"Date": head, "Age": str(3 * 86400)})
    assert visit(aged).status is SourceStatus.DONE


def test_duplicate_rows_count_once(visit: Callable[..., SourceReport], tmp_path: Path) -> None:
    line = GOOD.split(b"{")[2].split(b"}")[0]
    doubled = GOOD.replace(b"{" + line + b"}", b"{" + line + b"},{" + line + b"}")
    assert doubled != GOOD
    report = visit(Said(200, doubled))
    assert report.status is SourceStatus.DONE
    assert report.rows == 3
    assert report.added == 2


ABSURD = [
    ('"record_date": "2026-08-28", "tot_pub_debt_out_amt": "39e18"', "outside"),
    ('"record_date": "2026-08-28", "tot_pub_debt_out_amt": "thirty-nine"', "no number"),
    ('"record_date": "2026-12-24", "tot_pub_debt_out_amt": "39000000000000"', "before its day"),
    (
        '"record_date": "2026-08-28", "tot_pub_debt_out_amt": "39000000000000"}, '
        '{"record_date": "2026-08-28", "tot_pub_debt_out_amt": "39000000000001"',
        "more than once",
    ),
]


@pytest.mark.parametrize(("record", "why"), ABSURD, ids=["huge", "words", "future", "two values"])
def test_absurd_values_are_held_back_and_shown(
    record: str, why: str, visit: Callable[..., SourceReport], tmp_path: Path
) -> None:
    report = visit(Said(200, f'{{"data": [{{{record}}}]}}'.encode()))
    assert report.status is SourceStatus.DONE
    assert report.quarantined
    assert all(why in reason for _, reason in report.quarantined)
    assert "held back" in report.sentence
    assert _stored(tmp_path) == 0


def test_one_source_failing_stops_no_other(publisher: Publisher, tmp_path: Path) -> None:
    publisher.paths = {
        "/v2/accounting/od/avg_interest_rates": lambda _: Said(404),
        "/v1/debt": lambda _: Said(200, b"<html>"),
        PATH: GOOD,
        "/v1/accounting/od/buybacks": answer("fiscaldata-buybacks"),
        "/v1/accounting/od/upcoming": lambda _: Said(200, b"[", broken=True),
    }
    names = (
        "fiscaldata-average-rates", "fiscaldata-public-debt", "fiscaldata-upcoming", DEBT,
        "fiscaldata-buybacks",
    )  # fmt: skip
    found = update(names, around=around(publisher, tmp_path / "home"))
    statuses = [report.status for report in found.reports]
    assert statuses == [
        SourceStatus.GONE, SourceStatus.NOT_FIGURES, SourceStatus.BROKEN_OFF, SourceStatus.DONE,
        SourceStatus.DONE,
    ]  # fmt: skip
    assert [report.source for report in found.failed] == list(names[:3])
    assert _stored(tmp_path) > 0


def test_what_was_understood_before_a_failure_is_stored(
    publisher: Publisher, tmp_path: Path
) -> None:
    """Three requests, the last one refused: the first two stay, the source is reported."""
    publisher.paths["/api/rates/secured/sofr"] = answer("newyorkfed-rates")
    publisher.paths["/api/rates/secured/bgcr"] = answer("newyorkfed-rates")
    report = update(("newyorkfed-rates",), around=around(publisher, tmp_path / "home")).reports[0]
    assert report.status is SourceStatus.GONE
    assert report.added > 0
    assert "were stored before" in report.sentence


def test_a_host_that_is_down_is_not_asked_again(tmp_path: Path, publisher: Publisher) -> None:
    place = around(publisher, tmp_path / "home")
    publisher.close()
    found: Updated = update(("fiscaldata",), around=place)
    assert {report.status for report in found.reports} == {SourceStatus.OFFLINE}
    assert [report.requests for report in found.reports] == [1] + [0] * (len(found.reports) - 1)
    assert len(found.failed) == len(found.reports)


def test_an_unwritable_store_is_a_report(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the directory should be")
    publisher.paths[PATH] = GOOD
    report = update((DEBT,), around=around(publisher, tmp_path / "home")).reports[0]
    assert report.status is SourceStatus.NOT_STORED
    assert "cannot" in report.detail


def test_the_day_is_new_yorks(visit: Callable[..., SourceReport], tmp_path: Path) -> None:
    """At two in the morning in London it is still the day before where figures are published."""
    visit(now=datetime(2026, 9, 2, 1, 0, tzinfo=UTC))
    rows = Store(root=tmp_path / "home").vintages("debt.total")
    assert {row.retrieved for row in rows if row.retrieved} == {date(2026, 9, 1)}
