"""Stopping at any moment: at every point where the disk changes, killed or without power."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import polars as pl
import pytest

from data.batches import batch, present, write
from data.images import Power, killed, recorded
from data.kills import run_kills
from ustress.core.errors import CannotError
from ustress.data import compaction, disk, quarantine
from ustress.data.commit import sweep
from ustress.data.rows import Row, frame
from ustress.data.store import Store

BATCHES = 6


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    """A pack of the first batch, so that the first write also copies it."""
    path = tmp_path / "pack.parquet"
    frame([r._replace(retrieved=None) for r in batch(0)]).sort("series", "day").write_parquet(path)
    return path


def check(root: Path, reported: int, pack: Path) -> None:
    """An image opens, verifies, holds what was reported, and finishes on the next try."""
    before = Store(root, pack)
    assert before.verify() == ()
    held = present(root, BATCHES, pack)
    assert held >= set(range(reported))
    for number in range(BATCHES):
        write(before, number)
    assert before.verify() == ()
    assert present(root, BATCHES, pack) == set(range(BATCHES))
    assert len(quarantine.held(before)) == 2
    sweep(root, before.manifest)
    named = {p.path(root) for p in before.manifest.parts}
    named |= {root / name for name in before.manifest.superseded}
    assert set(root.glob("*/*")) == named


def content(image: Path) -> str:
    """A hash of every file of an image, by name."""
    sha = hashlib.sha256()
    for path in sorted(image.rglob("*")):
        sha.update(str(path.relative_to(image)).encode())
        sha.update(path.read_bytes() if path.is_file() else b"/")
    return sha.hexdigest()


def test_stopping_at_every_point(
    tmp_path: Path, small_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Property: at every create, write, fsync, rename and removal, for a killed process and for
    lost power alike; first write with its copy of the pack, quarantine, revisions, merging."""
    monkeypatch.setattr(compaction, "MOST", 2)
    root, images = tmp_path / "home", tmp_path / "images"
    root.mkdir()
    images.mkdir()
    taken: dict[tuple[str, int], Path] = {}
    points: Counter[str] = Counter()
    reported = 0

    def keep(what: str, _path: Path, power: Power) -> None:
        points[what] += 1
        for make in (lambda to: killed(root, to), power.image):
            target = images / f"{len(taken):04d}-{what}"
            make(target)
            # Two points with the same files and promises are one case.
            if taken.setdefault((content(target), reported), target) is not target:
                shutil.rmtree(target)

    store = Store(root, small_pack)
    with recorded(monkeypatch, root, keep):
        for number in range(BATCHES):
            write(store, number)
            reported = number + 1
    assert set(points) == {
        "mkdir", "create", "write", "fsync", "rename", "renamed", "fsync folder", "remove"
    }  # fmt: skip
    assert any(p.first != p.last for p in store.manifest.of("segments")), "nothing was merged"
    assert points.total() > 90
    assert len(taken) > 50
    for (_, held), image in taken.items():
        check(image, held, small_pack)


def test_what_was_reported_survives_power_lost_right_after(
    tmp_path: Path, small_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Property: the moment `take_in` returns, fsync has promised everything."""
    root = tmp_path / "home"
    root.mkdir()
    store = Store(root, small_pack)
    with recorded(monkeypatch, root, lambda what, path, power: None) as power:
        for number in range(3):
            write(store, number)
            power.image(tmp_path / f"after-{number}")
    for number in range(3):
        assert present(tmp_path / f"after-{number}", 3, small_pack) == set(range(number + 1))


def test_a_writer_that_forgets_to_flush_is_caught(
    tmp_path: Path, small_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The instrument itself: without fsync of the folder, the power image has lost the batch."""
    root = tmp_path / "home"
    root.mkdir()
    store = Store(root, small_pack)
    monkeypatch.setattr(disk, "flush_folder", lambda folder: None)
    with recorded(monkeypatch, root, lambda what, path, power: None) as power:
        write(store, 0)
        power.image(tmp_path / "after")
    assert not (tmp_path / "after" / "manifest.json").exists()


def outcome(job: Callable[[], object]) -> str:
    """The sentence in which a job failed, or that it stored."""
    try:
        job()
    except CannotError as fault:
        return str(fault)
    return "stored"


def test_a_full_disk_at_every_point(
    tmp_path: Path, small_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Property: refused at the n-th point, for every n: one sentence, nothing lost, none left."""
    monkeypatch.setattr(compaction, "MOST", 2)
    root = tmp_path / "home"
    store = Store(root, small_pack)
    for number in range(3):
        write(store, number)
    refused = 0
    for n in range(1000):  # until no point is left
        passed = count()
        now = tmp_path / f"home-{n}"
        shutil.copytree(root, now)

        def step(what: str, path: Path, passed: Iterator[int] = passed, n: int = n) -> None:
            if next(passed) == n:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(disk, "step", step)
            said = outcome(lambda now=now: write(Store(now, small_pack), 3))  # type: ignore[misc]
        assert Store(now, small_pack).verify() == ()
        if said == "stored":
            assert present(now, 4, small_pack) == {0, 1, 2, 3}
            break
        refused += 1
        assert "No space left on device; what was stored before is intact" in said
        assert present(now, 3, small_pack) == {0, 1, 2}
        assert not list(now.rglob("*.tmp"))
        write(Store(now, small_pack), 3)
        assert present(now, 4, small_pack) == {0, 1, 2, 3}
    assert refused > 15


def test_the_kernel_refuses_to_write(tmp_path: Path) -> None:
    """A real refusal, not an invented one: the process may write no file over 2 kB."""
    import resource
    import signal

    store = Store(tmp_path, None)
    write(store, 0)
    many = [
        Row("ust.par.10y", day, 2.0 + i % 89 / 1000, day, False, "x")
        for i, day in enumerate(pl.date_range(pl.date(1990, 1, 1), pl.date(2014, 1, 1), eager=True))
    ]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_048, before[1]))
    try:
        with pytest.raises(CannotError, match=r"cannot write to the store at .*: File too large"):
            store.append(many)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert store.verify() == ()
    assert present(tmp_path, 1) == {0}
    assert store.append(many) == len(many)


def test_twenty_kills_at_random(tmp_path: Path) -> None:
    """Property: SIGKILL at a random moment of a writer at work, twenty times."""
    result = run_kills(tmp_path, kills=20, seed=20250411)
    assert result.kills == 20
    assert result.reported > 0
    assert result.lost == 0
