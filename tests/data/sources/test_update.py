"""Updating: nothing twice, revisions as vintages, every figure traced to its raw answer.

Properties, over real HTTP on loopback; the documented path and query of each source is asserted.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from data.sources.answers import NOW, answer, around
from data.sources.loopback import Asked, Publisher, Said
from ustress.data.raw import RawAnswers
from ustress.data.rows import Row, frame
from ustress.data.sources.faults import SourceStatus
from ustress.data.sources.parsing import reparse
from ustress.data.sources.registry import sources
from ustress.data.store import Store
from ustress.workflows.refresh import check, update

DEBT = "fiscaldata-debt"
PATH = "/v2/accounting/od/debt_to_penny"


def _debt(*days: tuple[str, float]) -> bytes:
    records = [{"record_date": d, "tot_pub_debt_out_amt": f"{v:.2f}"} for d, v in days]
    return json.dumps({"data": records}).encode()


def _new(home: Path, name: str) -> list[Row]:
    return [row for row in Store(root=home).vintages(name) if row.retrieved]


def test_updating_twice_adds_nothing(publisher: Publisher, tmp_path: Path) -> None:
    home = tmp_path / "home"
    publisher.paths[PATH] = _debt(("2026-08-27", 39.1e12), ("2026-08-28", 39.2e12))
    first = update((DEBT,), around=around(publisher, home)).reports[0]
    again = update((DEBT,), around=around(publisher, home)).reports[0]
    later = update((DEBT,), around=around(publisher, home, NOW + timedelta(days=5))).reports[0]
    assert (first.added, first.revised, first.repeated) == (2, 0, 0)
    for report in (again, later):
        assert (report.added, report.revised, report.repeated) == (0, 0, 2)
    assert len(_new(home, "debt.total")) == 2


def test_a_revision_is_a_vintage_known_from_the_day_it_was_fetched(
    publisher: Publisher, tmp_path: Path
) -> None:
    home, day = tmp_path / "home", date(2026, 8, 27)
    publisher.paths[PATH] = _debt(("2026-08-27", 39.1e12))
    update((DEBT,), around=around(publisher, home))
    publisher.paths[PATH] = _debt(("2026-08-27", 39.15e12))
    report = update((DEBT,), around=around(publisher, home, NOW + timedelta(days=3))).reports[0]
    assert (report.added, report.revised) == (0, 1)
    first, second = _new(home, "debt.total")
    assert (first.value, first.known_from) == (39100.0, date(2026, 8, 28))  # the lag rule
    assert (second.value, second.known_from) == (39150.0, date(2026, 9, 4))  # the day fetched
    store = Store(root=home)
    for as_of, value in ((date(2026, 9, 3), 39100.0), (date(2026, 9, 4), 39150.0)):
        seen = store.series("debt.total", as_of).on_or_before(day)
        assert seen is not None
        assert (seen.day, seen.value) == (day, value)


def test_a_figure_out_before_its_rule_is_known_when_seen(
    publisher: Publisher, tmp_path: Path
) -> None:
    """TIC of July by rule on 18 September; seen on the 1st it was public on the 1st."""
    publisher.paths["/resource-center"] = (
        b"\tnotes\nCountry\t2026-07\t2026-06\nJapan\t1200.0\t1199.0\n"
    )
    update(("tic-holders",), around=around(publisher, tmp_path / "home"))
    rows = {row.day: row for row in _new(tmp_path / "home", "tic.holdings.japan")}
    assert rows[date(2026, 7, 31)].known_from == date(2026, 9, 1)
    assert rows[date(2026, 6, 30)].known_from == date(2026, 8, 18)


def test_first_and_revised_tic_releases_can_be_compared(
    publisher: Publisher, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    table = "Country\t2026-06\t2026-05\nJapan\t{}\t1,190.0\n"
    for days, value in ((0, "1,200.0"), (17, "1,204.5")):
        publisher.paths["/resource-center"] = table.format(value).encode()
        update(("tic-holders",), around=around(publisher, home, NOW + timedelta(days=days)))
    june = [r for r in _new(home, "tic.holdings.japan") if r.day == date(2026, 6, 30)]
    assert [(r.value, r.known_from) for r in june] == [
        (1200.0, date(2026, 8, 18)),
        (1204.5, date(2026, 9, 18)),
    ]


def test_every_figure_is_traced_to_the_answer_it_came_from(
    publisher: Publisher, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    publisher.paths[PATH] = body = _debt(("2026-08-27", 39.1e12))
    report = update((DEBT,), around=around(publisher, home)).reports[0]
    (row,) = _new(home, "debt.total")
    (kept,) = RawAnswers(home).behind(row.source)
    assert kept.source == DEBT
    assert kept.retrieved == NOW.date()
    assert kept.asked.startswith(f"{publisher.base}{PATH}?")
    assert RawAnswers(home).body(kept.sha256) == body
    assert report.raw == (kept.sha256,)


def test_a_store_can_be_rebuilt_from_its_raw_answers(publisher: Publisher, tmp_path: Path) -> None:
    """Second route: the rows parsed again from the kept bodies are the rows that were stored."""
    home, again = tmp_path / "home", tmp_path / "again"
    for days, value in ((0, 39.1e12), (3, 39.15e12)):
        publisher.paths[PATH] = _debt(("2026-08-27", value))
        update((DEBT,), around=around(publisher, home, NOW + timedelta(days=days)))
    from ustress.data.intake import take_in_frame

    rebuilt = Store(root=again)
    for kept, rows in reparse(Store(root=home), sources()):
        take_in_frame(rebuilt, frame(rows), retrieved=kept.retrieved)
    assert _new(again, "debt.total") == _new(home, "debt.total")


def test_a_file_that_has_not_changed_is_not_sent_again(
    publisher: Publisher, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    publisher.etags = True
    publisher.paths["/financial-stress-index"] = answer("ofr-stress-index")
    first = update(("ofr-stress-index",), around=around(publisher, home)).reports[0]
    again = update(("ofr-stress-index",), around=around(publisher, home)).reports[0]
    assert first.status is SourceStatus.DONE
    assert again.status is SourceStatus.UNCHANGED
    assert "if-none-match" in publisher.asked[-1].heads
    assert (again.added, again.revised) == (0, 0)
    # What is kept of it is gone: then it is asked for in full.
    for path in (home / "raw").rglob("*.gz"):
        path.unlink()
    third = update(("ofr-stress-index",), around=around(publisher, home)).reports[0]
    assert third.status is SourceStatus.DONE
    assert "if-none-match" not in publisher.asked[-1].heads


def test_the_whole_past_once_then_only_the_newest(publisher: Publisher, tmp_path: Path) -> None:
    home = tmp_path / "home"
    publisher.paths[PATH] = _debt(("2026-08-27", 39.1e12))
    for _ in range(2):
        update((DEBT,), around=around(publisher, home))
    first, second = (asked.query["filter"] for asked in publisher.asked)
    assert first == "record_date:gte:1993-04-01"
    assert second == "record_date:gte:2026-08-13"  # two weeks before the newest held


def test_pages_are_read_to_the_last(publisher: Publisher, tmp_path: Path) -> None:
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(2500)]
    positions = dict.fromkeys(sources()["cftc-financial-futures"].series, "1")
    records = [
        {"report_date_as_yyyy_mm_dd": f"{d}T00:00:00.000", "cftc_contract_market_code": "0"}
        | positions
        for d in days * 3
    ]

    def page(asked: Asked) -> bytes:
        start, size = int(asked.query["$offset"]), int(asked.query["$limit"])
        return json.dumps(records[start : start + size]).encode()

    publisher.paths["/resource/gpe5-46if.json"] = page
    found = update(("cftc-financial-futures",), around=around(publisher, tmp_path / "home"))
    assert [asked.query["$offset"] for asked in publisher.asked] == ["0", "5000"]
    assert found.reports[0].unmapped == ("0 (5000)", "0 (2500)")


def test_vintages_of_the_archive_keep_their_days(
    publisher: Publisher, tmp_path: Path, monkeypatch: object
) -> None:
    """FRED's real-time periods: a value stands from realtime_start, exactly."""
    (tmp_path / "config.toml").write_text('[keys]\nfred = "secret-of-mine"\n')
    observations = [
        {"realtime_start": "2026-08-12", "realtime_end": "2026-08-27", "date": "2026-07-01",
         "value": "331.0"},
        {"realtime_start": "2026-08-28", "realtime_end": "9999-12-31", "date": "2026-07-01",
         "value": "331.5"},
    ]  # fmt: skip
    empty = json.dumps({"observations": []}).encode()
    full = json.dumps({"observations": observations}).encode()
    publisher.paths["/fred/series/observations"] = lambda asked: (
        full if asked.query["series_id"] == "CPIAUCSL" else empty
    )
    place = around(publisher, tmp_path / "home")
    for _ in range(2):
        assert update(("fred-macro-monthly",), around=place).reports[0].status.fine
    rows = _new(tmp_path / "home", "macro.cpi")
    assert [(r.day, r.value, r.known_from, r.known_exact) for r in rows] == [
        (date(2026, 7, 31), 331.0, date(2026, 8, 12), True),
        # The pack's newest revision is taken to be known on the 17th: what stood then replaces it.
        (date(2026, 7, 31), 331.0, date(2026, 8, 17), True),
        (date(2026, 7, 31), 331.5, date(2026, 8, 28), True),
    ]


def test_weekend_rows_of_a_rate_carried_on_are_left_out(
    publisher: Publisher, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nfred = "secret-of-mine"\n')
    publisher.paths["/fred"] = lambda asked: (
        answer("fred-policy") if asked.query["series_id"] == "DFEDTARU" else b'{"observations": []}'
    )
    update(("fred-policy",), around=around(publisher, tmp_path / "home"))
    days = [row.day for row in _new(tmp_path / "home", "funding.target.upper")]
    assert days == [date(2026, 2, 26), date(2026, 2, 27)]


def test_labels_nobody_claims_are_named(publisher: Publisher, tmp_path: Path) -> None:
    record = {"record_date": "2026-07-31", "security_desc": "Treasury Moon Bonds",
              "avg_interest_rate_amt": "3.1"}  # fmt: skip
    publisher.paths["/v2"] = json.dumps({"data": [record]}).encode()
    found = update(("fiscaldata-average-rates",), around=around(publisher, tmp_path / "home"))
    assert found.reports[0].unmapped == ("Treasury Moon Bonds (1)",)


def test_a_check_tells_the_truth_and_stores_nothing(publisher: Publisher, tmp_path: Path) -> None:
    place = around(publisher, tmp_path / "home")
    publisher.paths[PATH] = good = answer(DEBT)
    (fine,) = check(DEBT, place)
    assert fine.status is SourceStatus.DONE
    assert fine.rows == 2
    assert fine.missing == ()
    assert fine.new == ("debt_held_public_amt", "intragov_hold_amt")
    publisher.paths[PATH] = good.replace(b"tot_pub_debt_out_amt", b"total")
    (renamed,) = check(DEBT, place)
    assert renamed.status is SourceStatus.CHANGED_FORM
    assert renamed.missing == ("tot_pub_debt_out_amt",)
    assert "total" in renamed.new
    publisher.paths[PATH] = b'{"data": []}'
    assert check(DEBT, place)[0].status is SourceStatus.EMPTY
    publisher.paths[PATH] = lambda _: Said(404)
    assert check(DEBT, place)[0].status is SourceStatus.GONE
    assert not (tmp_path / "home").exists()


def test_every_source_asks_with_its_documented_path(publisher: Publisher, tmp_path: Path) -> None:
    """Property: the address of every request is the description's, and an update asks them all."""
    (tmp_path / "config.toml").write_text('[keys]\nfred = "secret-of-mine"\n')
    publisher.paths["/"] = lambda _: Said(404)
    place = around(publisher, tmp_path / "home")
    found = update((), around=place)
    assert [r.source for r in found.reports] == list(sources())
    assert {r.status for r in found.reports} == {SourceStatus.GONE}
    for source, asked in zip(sources().values(), publisher.asked, strict=True):
        start = source.path.split("{")[0]
        assert asked.path.startswith(start), source.id
        assert not any("{" in value for value in (asked.path, *asked.query.values())), source.id
        assert asked.heads["user-agent"].startswith("ustress/")


def test_what_the_reader_skips_is_left_out(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[update]\nskip = ["fred", "board-h41"]\n')
    publisher.paths["/"] = lambda _: Said(404)
    found = update((), around=around(publisher, tmp_path / "home"))
    asked = {report.source for report in found.reports}
    assert set(sources()) - asked == {s for s in sources() if s[:5] == "fred-"} | {"board-h41"}


def test_a_series_missing_in_a_file_of_many_is_named(publisher: Publisher, tmp_path: Path) -> None:
    publisher.paths["/datadownload"] = answer("board-h10")
    place = around(publisher, tmp_path / "home")
    (looked,) = check("board-h41", place)
    assert looked.status is SourceStatus.CHANGED_FORM
    import io
    import zipfile

    body = zipfile.ZipFile(io.BytesIO(answer("board-h10"))).read("H10_data.xml")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("H10_data.xml", body.replace(b"RXI_N.B.SZ", b"RXI_N.B.XX"))
    publisher.paths["/datadownload"] = packed.getvalue()
    report = update(("board-h10",), around=place).reports[0]
    assert report.lacking == ("RXI_N.B.SZ",)
    assert report.repeated == 4
    assert "without RXI_N.B.SZ" in report.sentence
    assert check("board-h10", place)[0].missing == ("RXI_N.B.SZ",)
