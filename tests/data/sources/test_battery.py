"""One battery for every source: what all must do, whoever publishes.

Second route: where the embedded pack has the series and day of a recorded answer, the parsed value
is the pack's, which was compiled from other copies of the figures. Properties: the rest.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.sources.answers import NOW, answer
from ustress.core.evidence import Rights
from ustress.data.catalogue import catalogue
from ustress.data.raw import Kept, sha256_of
from ustress.data.rows import Row
from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.mapping import expected_columns
from ustress.data.sources.parsing import parse
from ustress.data.sources.readers import read, reader
from ustress.data.sources.registry import sources
from ustress.data.sources.spec import Source
from ustress.data.store import Store

PACKAGED = tuple(sources().values())
EVERY = pytest.mark.parametrize("source", PACKAGED, ids=lambda s: s.id)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(root=tmp_path_factory.mktemp("nobody"))


def _rows(source: Source, store: Store, body: bytes | None = None) -> tuple[Row, ...]:
    body = answer(source.id) if body is None else body
    each = next(iter(source.each), "")
    kept = Kept(sha256_of(body), source.id, each, "", "", TODAY)
    return parse(source, store, body, kept)[1].rows


@EVERY
def test_every_series_is_in_the_catalogue(source: Source) -> None:
    assert source.names()
    assert [name for name in source.names() if name not in catalogue()] == []


@EVERY
def test_the_description_is_complete(source: Source) -> None:
    assert source.publisher.base.startswith("https://")
    assert source.title
    assert source.publisher.manners.per_second <= 2.0
    assert callable(reader(source.reader))
    assert set(source.begins) <= set(source.series)


@EVERY
def test_a_recorded_answer_becomes_rows(source: Source, store: Store) -> None:
    rows = _rows(source, store)
    assert rows
    assert {row.series for row in rows} <= set(source.names())
    sha256 = sha256_of(answer(source.id))
    for row in rows:
        assert row.value == row.value
        assert row.day <= row.known_from <= TODAY
        assert row.source == f"{source.id}#{sha256}"
        assert row.retrieved == TODAY


@EVERY
def test_parsed_values_are_those_of_the_pack(source: Source, store: Store) -> None:
    rows = _rows(source, store)
    known = {
        (row.series, day): value
        for row in rows
        for day, value in _packed(store, row.series, row.day)
    }
    compared = [(row, known[row.series, row.day]) for row in rows if (row.series, row.day) in known]
    invented = {"newyorkfed-term-premia"}  # and FRED's, whose values are made up for the form
    if source.id in invented or source.id.startswith("fred-"):
        return
    for row, value in compared:
        assert row.value == pytest.approx(value, abs=0.006), row
    only_fetched = {
        "treasury-bill-rates", "fiscaldata-upcoming", "fiscaldata-securities", "tic-flows",
        "newyorkfed-soma-securities", "board-fitted-curve", "board-term-premia",
    }  # fmt: skip
    assert bool(compared) == (source.id not in only_fetched)


def _packed(store: Store, name: str, day: date) -> list[tuple[date, float]]:
    found = store.series(name, date(2026, 9, 1)).on_or_before(day)
    return [(day, found.value)] if found and found.day == day else []


@EVERY
def test_parsing_is_a_function_of_the_bytes(source: Source, store: Store) -> None:
    assert _rows(source, store) == _rows(source, store)


@EVERY
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", SourceStatus.EMPTY),
        (b" \r\n", SourceStatus.EMPTY),
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>", SourceStatus.NOT_FIGURES),
        (b"\xef\xbb\xbf\n<HTML>moved</HTML>", SourceStatus.NOT_FIGURES),
    ],
    ids=["empty", "blank", "page", "marked page"],
)
def test_what_is_no_table_is_called_by_its_name(
    source: Source, body: bytes, status: SourceStatus
) -> None:
    with pytest.raises(SourceFault) as met:
        read(body, source)
    assert met.value.status is status


@EVERY
def test_a_table_of_something_else_is_refused(source: Source, store: Store) -> None:
    for body in (b"colour,taste\nred,sweet\n", b'{"taste": "sweet"}', b"PK\x03\x04 and no more"):
        with pytest.raises(SourceFault) as met:
            _rows(source, store, body)
        assert met.value.status in (
            SourceStatus.CHANGED_FORM, SourceStatus.UNREADABLE, SourceStatus.BROKEN_OFF,
        )  # fmt: skip
        assert met.value.detail


@EVERY
def test_each_renamed_column_is_missed(source: Source, store: Store) -> None:
    if source.reader in ("tic_holders", "board_zip", "workbook") or source.each:
        columns = [source.day]
    else:
        columns = [c for c in expected_columns(source) if c not in source.begins]
    for column in columns:
        renamed = replace(
            source,
            day="Renamed" if column == source.day else source.day,
            series={("Renamed" if c == column else c): t for c, t in source.series.items()},
            where={("Renamed" if c == column else c): w for c, w in source.where.items()},
            labels=source.labels
            and replace(
                source.labels,
                columns=tuple("Renamed" if c == column else c for c in source.labels.columns),
            ),
            known="Renamed" if column == source.known else source.known,
        )
        with pytest.raises(SourceFault) as met:
            _rows(renamed, store)
        assert met.value.status is SourceStatus.CHANGED_FORM
        assert "Renamed" in met.value.detail


@EVERY
def test_half_an_answer_never_gives_a_wrong_value(source: Source, store: Store) -> None:
    body = answer(source.id)
    whole = {(row.series, row.day, row.value) for row in _rows(source, store)}
    for part in (3, 2, 1):
        try:
            rows = _rows(source, store, body[: len(body) * part // 4])
        except SourceFault:
            continue
        assert {(row.series, row.day, row.value) for row in rows} <= whole


@EVERY
def test_rights_are_stated(source: Source) -> None:
    rights = {catalogue()[name].rights for name in source.names()}
    assert (Rights.LICENSED in rights) == (source.id == "fred-markets")
    assert Rights.OWN_FILE not in rights


def test_no_series_has_two_sources_but_the_holders() -> None:
    """Two publishers of one series would revise each other for ever."""
    claimed: dict[str, list[str]] = {}
    for source in PACKAGED:
        for name in source.names():
            claimed.setdefault(name, []).append(source.id)
    shared = {tuple(ids) for ids in claimed.values() if len(ids) > 1}
    assert shared == {("tic-holders", "tic-holders-history")} or shared == {
        ("tic-holders-history", "tic-holders")
    }


@EVERY
def test_the_documentation_names_it_with_what_nobody_checked(source: Source) -> None:
    lines = (Path(__file__).parents[3] / "docs" / "sources.md").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith(f"| `{source.id}` |")]
    assert f"`{source.path}`" in line
    assert all(words in line for words in source.unverified)


def test_recorded_answers_are_small() -> None:
    recorded = Path(__file__).parent.parent / "recorded"
    assert sum(path.stat().st_size for path in recorded.iterdir()) < 150_000
