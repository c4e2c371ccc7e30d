"""Several at once: readers beside a writer, two writers, a pack that a later release brings."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.batches import NAMES, START, batch, fetched, present, read_until, write, write_some
from ustress.core.errors import CannotError
from ustress.data.lock import writing
from ustress.data.rows import Row, frame
from ustress.data.store import Store

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["data.batches", "polars", "duckdb", "filelock"])
WRITES = 16


def run_all(*jobs: tuple[Callable[..., None], tuple[object, ...]]) -> list[int | None]:
    processes = [_CONTEXT.Process(target=job, args=arguments) for job, arguments in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join(90)
    return [process.exitcode for process in processes]


def test_readers_see_whole_batches_while_one_writes(tmp_path: Path) -> None:
    """Three readers, one writer, through a merge of segments."""
    write(Store(tmp_path, None), 0)
    reader = (read_until, (str(tmp_path), WRITES - 1))
    writer = (write_some, (str(tmp_path), list(range(1, WRITES))))
    assert run_all(writer, reader, reader, reader) == [0, 0, 0, 0]


def test_two_writers_take_turns(tmp_path: Path) -> None:
    root = str(tmp_path)
    even, odd = list(range(0, WRITES, 2)), list(range(1, WRITES, 2))
    assert run_all((write_some, (root, even)), (write_some, (root, odd))) == [0, 0]
    assert present(tmp_path, WRITES) == set(range(WRITES))
    assert Store(tmp_path, None).verify() == ()


def test_a_second_writer_says_so_after_a_while(tmp_path: Path) -> None:
    store = Store(tmp_path, None, wait_s=0.1)
    with (
        writing(tmp_path),
        pytest.raises(CannotError, match=r"process \d+ is writing to the store at .* within 0.1 s"),
    ):
        write(store, 0)
    write(store, 0)
    assert present(tmp_path, 1) == {0}


def test_a_second_writer_waits(tmp_path: Path) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(tmp_path):
            entered.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    threading.Timer(0.2, leave.set).start()
    write(Store(tmp_path, None, wait_s=10), 0)
    holder.join()
    assert present(tmp_path, 1) == {0}


def test_readers_need_no_lock(tmp_path: Path) -> None:
    write(Store(tmp_path, None), 0)
    with writing(tmp_path):
        assert present(tmp_path, 1) == {0}


def pack(path: Path, rows: list[Row]) -> Path:
    plain = [r._replace(retrieved=None) for r in rows]
    frame(plain).sort("series", "day", "known_from").write_parquet(path)
    return path


DAY = START
OLD = Row(NAMES[1], DAY, 760.8, date(2015, 2, 1), False, "pack")


def test_a_later_release_merges_as_vintages(tmp_path: Path) -> None:
    """Two packs: what the first said stays what was known then; the second adds and revises."""
    first = pack(tmp_path / "first.parquet", [OLD])
    store = Store(tmp_path / "home", first)
    mine = Row(NAMES[0], DAY, 2.5, DAY, False, "mine", DAY)
    store.append([mine])
    new = OLD._replace(day=date(2015, 3, 1), known_from=date(2015, 4, 1))
    second = pack(tmp_path / "second.parquet", [OLD._replace(value=761.2), new])
    merged = Store(tmp_path / "home", second)
    assert [(r.day, r.value, r.known_from) for r in merged.vintages(NAMES[1])] == [
        (DAY, 760.8, date(2015, 2, 1)),
        (DAY, 761.2, date(2015, 4, 1)),
        (new.day, 760.8, new.known_from),
    ]
    assert [r.value for r in merged.vintages(NAMES[0])] == [2.5]
    assert merged.series(NAMES[1], date(2015, 3, 31)).at(-1).value == 760.8
    files = sorted((tmp_path / "home").rglob("*.parquet"))
    assert Store(tmp_path / "home", second).vintages(NAMES[1]) == merged.vintages(NAMES[1])
    assert sorted((tmp_path / "home").rglob("*.parquet")) == files


def test_an_older_release_teaches_nothing(tmp_path: Path) -> None:
    newer = pack(tmp_path / "newer.parquet", [OLD._replace(known_from=date(2015, 5, 1))])
    older = pack(tmp_path / "older.parquet", [OLD._replace(value=1.0)])
    store = Store(tmp_path / "home", newer)
    write(store, 1)
    assert len(Store(tmp_path / "home", older).vintages(NAMES[1])) == len(batch(1)) // 3 + 1


def test_a_store_never_written_to_follows_its_pack(tmp_path: Path) -> None:
    first = pack(tmp_path / "first.parquet", [OLD])
    second = pack(tmp_path / "second.parquet", [OLD._replace(value=761.2)])
    home = tmp_path / "home"
    assert Store(home, first).vintages(NAMES[1])[0].value == 760.8
    assert Store(home, second).vintages(NAMES[1])[0].value == 761.2
    assert not home.exists()


def test_a_store_that_is_busy_merges_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ustress.data.store.LEARN_WAIT_S", 0.05)
    first = pack(tmp_path / "first.parquet", [OLD])
    write(Store(tmp_path / "home", first), 0)
    second = pack(tmp_path / "second.parquet", [OLD._replace(value=761.2, known_from=fetched(9))])
    with writing(tmp_path / "home"):
        assert 761.2 not in {r.value for r in Store(tmp_path / "home", second).vintages(NAMES[1])}
    assert 761.2 in {r.value for r in Store(tmp_path / "home", second).vintages(NAMES[1])}
