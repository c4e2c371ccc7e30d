"""Damage: found, named, moved aside, rebuilt from what is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.batches import NAMES, batch, fetched, present, write
from ustress.core.errors import CannotError
from ustress.data import compaction, quarantine
from ustress.data.commit import Commit
from ustress.data.intake import take_in
from ustress.data.manifest import Manifest, load
from ustress.data.raw import Kept, RawAnswers, sha256_of
from ustress.data.repair import DAMAGED, from_files, repair
from ustress.data.rows import Row, frame
from ustress.data.sources.parsing import parse
from ustress.data.sources.registry import sources
from ustress.data.store import Store

RECORDED = Path(__file__).parent / "recorded"
COUNT = 6


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "pack.parquet"
    rows = [r._replace(retrieved=None) for r in batch(0)]
    frame(rows).sort("series", "day").write_parquet(path)
    return path


@pytest.fixture
def store(tmp_path: Path, pack: Path) -> Store:
    made = Store(tmp_path / "home", pack)
    for number in range(COUNT):
        write(made, number)
    return made


def raw_answers(store: Store) -> Iterator[tuple[Row, ...]]:
    """As if each batch were a raw answer that was kept."""
    for number in range(COUNT):
        yield tuple(r._replace(retrieved=fetched(number)) for r in batch(number))


def everything(store: Store) -> list[Row]:
    return [row for name in NAMES for row in store.vintages(name)]


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_one_bit_is_seen_and_named(store: Store) -> None:
    assert store.verify() == ()
    part = store.manifest.of("segments")[2]
    spoil(part.path(store.root))
    [problem] = store.verify()
    assert problem == f"segments file {part.path(store.root)} is damaged; it held 13 rows"


@pytest.mark.parametrize("which", [1, 3, COUNT - 1])
def test_a_damaged_segment_is_moved_aside_and_rebuilt(store: Store, which: int) -> None:
    """Second route: the store rebuilt from raw answers equals the one that was never damaged."""
    before = everything(store)
    part = store.manifest.of("segments")[which]
    spoil(part.path(store.root))
    broken = part.path(store.root).read_bytes()
    done = repair(store.root, store.pack, raw_answers)
    assert (done.lost, done.rebuilt) == (part.rows, part.rows)
    assert (store.root / DAMAGED / part.file).read_bytes() == broken
    after = Store(store.root, store.pack)
    assert after.verify() == ()
    assert everything(after) == before
    assert repair(store.root, store.pack, raw_answers).done == ()


def test_what_no_raw_answer_gives_back_is_counted(store: Store) -> None:
    part = store.manifest.of("segments")[2]
    part.path(store.root).unlink()
    done = repair(store.root, store.pack, lambda _: iter(()))
    assert (done.lost, done.rebuilt) == (part.rows, 0)
    assert "is missing; it held 13 rows" in done.done[0]
    assert Store(store.root, store.pack).verify() == ()


def test_the_copy_of_the_pack_comes_back(store: Store) -> None:
    before = everything(store)
    zero = store.manifest.of("segments")[0]
    spoil(zero.path(store.root))
    done = repair(store.root, store.pack, lambda _: iter(()))
    assert (done.lost, done.rebuilt) == (0, 0)
    assert everything(Store(store.root, store.pack)) == before


def test_a_damaged_manifest_is_rebuilt_from_the_files(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Second route: files tell the same state as the manifest; also after a merge of segments."""
    quarantine.release(store, [quarantine.held(store)[0].id])
    monkeypatch.setattr(compaction, "MOST", 3)
    own = {"title": "t", "unit": "pct", "frequency": "daily", "publisher": "p", "source": "o",
           "lag": "same_day", "stale_after_days": 5, "evidence": "measured",
           "note": ""}  # fmt: skip
    row = Row("own.x", date(2016, 1, 1), 1.0, date(2016, 1, 1), False, "me")
    with store.writing():
        store.commit(Commit(rows=frame([row]), series={"own.x": own}))
    before, rows = store.manifest, everything(store)
    assert any(p.first != p.last for p in before.of("segments"))
    spoil(store.root / "manifest.json")
    with pytest.raises(CannotError, match=r"manifest\.json is damaged; `ustress data verify --rep"):
        Store(store.root, store.pack)
    done = repair(store.root, store.pack, lambda _: iter(()))
    assert "the manifest was damaged" in done.done[0]
    after = load(store.root)
    assert isinstance(after, Manifest)
    assert sorted(map(str, after.parts)) == sorted(map(str, before.parts))
    assert (after.series, after.released, after.packs) == (
        before.series, before.released, before.packs
    )  # fmt: skip
    assert everything(Store(store.root, store.pack)) == rows
    assert from_files(store.root).parts == after.parts


def test_a_missing_manifest_is_rebuilt(store: Store) -> None:
    before = everything(store)
    (store.root / "manifest.json").unlink()
    repair(store.root, store.pack, lambda _: iter(()))
    assert everything(Store(store.root, store.pack)) == before


def test_nothing_stored_is_nothing_to_repair(tmp_path: Path, pack: Path) -> None:
    assert repair(tmp_path / "none", pack, raw_answers).done == ()


def test_rows_without_their_raw_answer_are_named(tmp_path: Path) -> None:
    store = Store(tmp_path, None)
    day = date(2025, 4, 11)
    store.append([Row(NAMES[0], day, 4.48, day, False, "treasury#" + "ab" * 32, day)])
    assert store.verify() == (
        f"1 rows come from treasury#{'ab' * 32}, whose raw answer is not kept",
    )


def test_segments_merge_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Second route: a store that merges often equals one that never does; few files stay."""
    plain = Store(tmp_path / "plain", None)
    for number in range(30):
        write(plain, number)
    monkeypatch.setattr(compaction, "MOST", 4)
    merging = Store(tmp_path / "merging", None)
    for number in range(30):
        write(merging, number)
    assert everything(merging) == everything(plain)
    assert len(merging.manifest.of("segments")) <= 4
    assert len(list((tmp_path / "merging" / "segments").iterdir())) <= 12
    assert present(tmp_path / "merging", 30) == set(range(30))


def test_rebuilt_from_what_a_publisher_answered(tmp_path: Path) -> None:
    """Second route: a kept answer, parsed again by its source, gives the lost rows back."""
    body = next(RECORDED.glob("treasury-par-yields.csv")).read_bytes()
    source = sources()["treasury-par-yields"]
    store, day = Store(tmp_path, None), date(2026, 9, 1)
    kept = Kept(sha256_of(body), source.id, "", "", "text/csv", day)
    RawAnswers(tmp_path).keep(body, kept)
    rows = parse(source, store, body, kept)[1].rows
    taken = take_in(store, rows, source=source.id, raw_sha256=kept.sha256, retrieved=day)
    before = {name: store.vintages(name) for name in source.names()}
    assert taken.added > 5
    assert store.verify() == ()
    spoil(store.manifest.of("segments")[0].path(tmp_path))
    done = repair(tmp_path, None)
    assert (done.lost, done.rebuilt) == (taken.added, taken.added)
    after = Store(tmp_path, None)
    assert {name: after.vintages(name) for name in source.names()} == before
    assert after.verify() == ()
