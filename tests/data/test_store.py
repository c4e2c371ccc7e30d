"""The store: as of a date, append-only, against a reference that uses no database."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustress.core.errors import BadInputError, CannotError, MissingSeriesError, UnknownNameError
from ustress.core.panel import Panel
from ustress.data.pack import pack_file
from ustress.data.rows import Row
from ustress.data.store import Store

NAMES = ("ust.par.10y", "tic.holdings.china", "fed.reserves")
START = date(2024, 1, 1)
DAYS = st.integers(0, 9).map(lambda n: START + timedelta(days=n))


@st.composite
def row(draw: st.DrawFn) -> Row:
    day = draw(DAYS)
    return Row(
        series=draw(st.sampled_from(NAMES)),
        day=day,
        value=float(draw(st.integers(-3, 3))),
        known_from=day + timedelta(days=draw(st.integers(0, 3))),
        known_exact=draw(st.booleans()),
        source=draw(st.sampled_from(["a", "b"])),
        retrieved=draw(st.none() | DAYS),
    )


def one_value_a_vintage(rows: list[Row]) -> list[Row]:
    first = {(r.series, r.day, r.known_from, r.retrieved): r for r in reversed(rows)}
    return list(first.values())


def in_order_of_retrieval(batches: list[list[Row]]) -> list[list[Row]]:
    """A pack first, then answers as they are fetched: a later batch is never retrieved earlier.

    Out of that order a repeat may have been left out that would have decided later on.
    """
    dated = [
        [
            r._replace(
                retrieved=START + timedelta(days=2 * i + (r.retrieved is not None)) if i else None
            )
            for r in batch
        ]
        for i, batch in enumerate(batches)
    ]
    return [one_value_a_vintage(batch) for batch in dated]


BATCHES = st.lists(st.lists(row(), max_size=25), max_size=4).map(in_order_of_retrieval)


@contextmanager
def store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        yield Store(root=Path(folder), pack=None)


def seen(panel: Panel) -> dict[str, list[tuple[date, float, date, bool]]]:
    """Everything a panel shows of NAMES, as plain values."""
    shown = {}
    for name in NAMES:
        series = panel.get(name)
        observed = [series.at(i) for i in range(len(series))] if series else []
        shown[name] = [(o.day, o.value, o.known, o.known_exact) for o in observed]
    return shown


def reference(
    batches: list[list[Row]], as_of: date
) -> dict[str, list[tuple[date, float, date, bool]]]:
    """The rule in words: of the rows known by then, the one known last, retrieved last, added last.

    Rows of one batch that tie completely carry one value, so their order cannot matter.
    """
    best: dict[tuple[str, date], tuple[tuple[date, date, int], Row]] = {}
    for number, batch in enumerate(batches):
        for r in batch:
            if r.known_from <= as_of:
                rank = (r.known_from, r.retrieved or date.min, number)
                key = (r.series, r.day)
                if key not in best or rank >= best[key][0]:
                    best[key] = (rank, r)
    shown: dict[str, list[tuple[date, float, date, bool]]] = {name: [] for name in NAMES}
    for (name, day), (_, r) in sorted(best.items()):
        shown[name].append((day, r.value, r.known_from, r.known_exact))
    return shown


def values(
    shown: dict[str, list[tuple[date, float, date, bool]]],
) -> dict[str, list[tuple[date, float, date]]]:
    return {name: [row[:3] for row in rows] for name, rows in shown.items()}


@settings(max_examples=40, deadline=None)
@given(batches=BATCHES, as_of=DAYS)
def test_a_panel_is_what_the_rule_in_words_gives(batches: list[list[Row]], as_of: date) -> None:
    """Second route: brute force over the rows in memory."""
    with store() as s:
        for batch in batches:
            s.append(batch)
        rows = [r for batch in batches for r in batch]
        if not any(r.known_from <= as_of for r in rows):
            with pytest.raises((BadInputError, CannotError)):
                s.panel(as_of)
            return
        panel = s.panel(as_of)
        assert values(seen(panel)) == values(reference(batches, as_of))
        assert panel.latest_known == max(r.known_from for r in rows if r.known_from <= as_of)


@settings(max_examples=40, deadline=None)
@given(batches=BATCHES, later=st.lists(row(), max_size=25), as_of=DAYS)
def test_nothing_known_later_changes_an_earlier_answer(
    batches: list[list[Row]], later: list[Row], as_of: date
) -> None:
    """Property: rows known after D, retrieved whenever, leave the panel as of D untouched."""
    anchor = Row(NAMES[0], START, 1.0, START, True, "a")
    unseen = [
        r._replace(known_from=max(r.known_from, as_of + timedelta(days=1)))
        for r in later
    ]  # fmt: skip
    with store() as s:
        for batch in (*batches, [anchor]):
            s.append(batch)
        before, newest = seen(s.panel(as_of)), s.panel(as_of).latest_known
        s.append(one_value_a_vintage(unseen))
        after = s.panel(as_of)
        assert seen(after) == before
        assert after.latest_known == newest


@settings(max_examples=30, deadline=None)
@given(batches=BATCHES)
def test_appending_twice_adds_nothing(batches: list[list[Row]]) -> None:
    """Property: idempotence, batch by batch, and after all of them with the last one."""
    with store() as s:
        for batch in batches:
            s.append(batch)
            files = sorted(s.root.rglob("*"))
            assert s.append(batch) == 0
            assert s.append(list(reversed(batch))) == 0
            assert sorted(s.root.rglob("*")) == files


@settings(max_examples=20, deadline=None)
@given(batches=BATCHES)
def test_a_store_opened_again_says_the_same(batches: list[list[Row]]) -> None:
    """Property: what is on disk is all there is."""
    anchor = Row(NAMES[0], START, 1.0, START, True, "a")
    with store() as s:
        for batch in ([anchor], *batches):
            s.append(batch)
        again = Store(root=s.root, pack=None)
        end = START + timedelta(days=60)
        assert seen(again.panel(end)) == seen(s.panel(end))
        assert [again.vintages(n) for n in NAMES] == [s.vintages(n) for n in NAMES]


MARCH = Row("tic.holdings.china", date(2025, 1, 31), 760.8, date(2025, 3, 18), True, "treasury")


def test_a_revision_adds_a_vintage(tmp_path: Path) -> None:
    s = Store(root=tmp_path, pack=None)
    revised = MARCH._replace(value=761.2, known_from=date(2025, 4, 21))
    assert s.append([MARCH]) == 1
    assert s.append([MARCH, revised]) == 1
    assert [(r.value, r.known_from) for r in s.vintages(MARCH.series)] == [
        (760.8, date(2025, 3, 18)),
        (761.2, date(2025, 4, 21)),
    ]
    assert s.series(MARCH.series, date(2025, 4, 20)).at(-1).value == 760.8
    assert s.series(MARCH.series, date(2025, 4, 21)).at(-1).value == 761.2
    assert s.known_until() == date(2025, 4, 21)


def test_a_later_retrieval_corrects_and_a_repeat_does_not(tmp_path: Path) -> None:
    s = Store(root=tmp_path, pack=None)
    first = MARCH._replace(retrieved=date(2025, 3, 18))
    repeat = MARCH._replace(retrieved=date(2025, 3, 19), source="another")
    correction = MARCH._replace(retrieved=date(2025, 3, 20), value=760.9)
    reversal = MARCH._replace(retrieved=date(2025, 3, 21))
    counts = [s.append([r]) for r in (first, repeat, correction, reversal)]
    assert counts == [1, 0, 1, 1]
    assert s.series(MARCH.series, date(2025, 4, 1)).at(-1).value == 760.8
    assert len(s.vintages(MARCH.series)) == 3


def test_an_older_retrieval_that_arrives_late_does_not_win(tmp_path: Path) -> None:
    s = Store(root=tmp_path, pack=None)
    s.append([MARCH._replace(retrieved=date(2025, 3, 20), value=760.9)])
    assert s.append([MARCH._replace(retrieved=date(2025, 3, 18))]) == 1
    assert s.series(MARCH.series, date(2025, 4, 1)).at(-1).value == 760.9


def test_the_later_segment_wins_whatever_its_length(tmp_path: Path) -> None:
    """The tie at the end of the rule: same vintage, no retrieval dates, two segments."""
    s = Store(root=tmp_path, pack=None)
    before = [MARCH._replace(day=date(2024, 1, n)) for n in range(1, 20)]
    s.append([*before, MARCH])
    s.append([MARCH._replace(value=761.2)])
    s.append([*before, MARCH._replace(value=761.3)])
    assert s.series(MARCH.series, date(2025, 4, 1)).at(-1).value == 761.3
    s.append([MARCH._replace(value=761.4)])
    assert s.series(MARCH.series, date(2025, 4, 1)).at(-1).value == 761.4


def test_the_reader_adds_to_the_pack(tmp_path: Path) -> None:
    """A fetched row joins the embedded ones; reading alone leaves no trace on the disk."""
    s = Store(root=tmp_path / "home")
    as_of = date(2026, 9, 1)
    old = s.series("ust.par.10y", as_of)
    assert not s.root.exists()
    new = Row("ust.par.10y", date(2026, 8, 24), 4.7, date(2026, 8, 24), False, "mine", as_of)
    assert s.append([new]) == 1
    grown = s.series("ust.par.10y", as_of)
    assert len(grown) == len(old) + 1
    assert grown.at(-1).value == 4.7
    repeat = Row("ust.par.10y", date(2025, 4, 11), 4.48, date(2025, 4, 11), False, "mine", as_of)
    assert s.append([repeat]) == 0


@pytest.mark.parametrize(
    ("bad", "error", "says"),
    [
        (MARCH._replace(series="tic.holdings.chna"), UnknownNameError, "did you mean"),
        (MARCH._replace(value=float("nan")), BadInputError, "expected a number"),
        (MARCH._replace(known_from=date(2025, 1, 30)), BadInputError, "before its day"),
        (MARCH._replace(value=1.0), BadInputError, "stands twice, as 760.8 and 1.0"),
    ],
)
def test_unsound_rows_are_refused_whole(
    bad: Row, error: type[Exception], says: str, tmp_path: Path
) -> None:
    s = Store(root=tmp_path, pack=None)
    with pytest.raises(error, match=says):
        s.append([MARCH, bad])
    assert list(tmp_path.iterdir()) == []


def test_before_the_figures_begin(packed: Store) -> None:
    """The first curve of the record is of 2 January 1990; comparators alone are no past."""
    with pytest.raises(BadInputError, match=r"1989-12-29 lies before .* known on 1990-01-02"):
        packed.panel(date(1989, 12, 29))
    assert packed.panel(date(1990, 1, 2))["ust.par.10y"].at(0).value == 7.94


def test_unknown_and_missing_series(packed: Store) -> None:
    panel = packed.panel(date(2017, 1, 3))
    with pytest.raises(UnknownNameError, match=r"did you mean .*funding\.sofr"):
        panel["funding.soffr"]
    with pytest.raises(UnknownNameError, match="unknown series 'x'"):
        packed.panel(date(2017, 1, 3), ["x"])
    with pytest.raises(UnknownNameError):
        packed.series("x", date(2017, 1, 3))
    with pytest.raises(MissingSeriesError, match=r"no observation of funding\.sofr was known"):
        panel["funding.sofr"]
    assert panel.get("funding.sofr") is None


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotError, match="holds no figures"):
        Store(root=tmp_path, pack=None).panel(START)


def test_a_damaged_segment_is_named(tmp_path: Path) -> None:
    s = Store(root=tmp_path, pack=None)
    s.append([MARCH])
    s.append([MARCH._replace(day=date(2025, 2, 28), known_from=date(2025, 4, 21))])
    assert s.verify() == ()
    part = sorted((tmp_path / "segments").iterdir())[1]
    part.write_bytes(part.read_bytes()[:-40])
    broken = Store(root=tmp_path, pack=None)
    with pytest.raises(CannotError, match=f"segment .*{part.name} of the store is damaged"):
        broken.panel(date(2025, 5, 1))["tic.holdings.china"]
    assert [part.name in problem for problem in broken.verify()] == [True]


def test_a_damaged_pack_is_named(tmp_path: Path) -> None:
    pack = tmp_path / "observations.parquet"
    pack.write_bytes(pack_file().read_bytes()[:-1000])
    with pytest.raises(CannotError, match=r"observations\.parquet is damaged; install"):
        Store(root=tmp_path, pack=pack).panel(date(2025, 4, 11))


def test_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotError, match="cannot write to the store"):
        Store(root=tmp_path / "file", pack=None).append([MARCH])


def test_a_reader_keeps_its_view_while_another_appends(tmp_path: Path) -> None:
    """Segments are immutable: a panel opened before an append never changes."""
    s = Store(root=tmp_path, pack=None)
    s.append([MARCH])
    panel = s.panel(date(2025, 5, 1))
    s.append([MARCH._replace(value=1.0, known_from=date(2025, 4, 21))])
    assert panel["tic.holdings.china"].at(-1).value == 760.8
