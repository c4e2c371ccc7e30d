"""Killing a writer at random moments, again and again, and looking at what it left."""

from __future__ import annotations

import multiprocessing
import random
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from data.batches import present, write
from ustress.data.store import Store

_LONGEST_S = 0.25
# Writers are forked from a server that has everything imported and no thread started.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["data.batches", "polars", "duckdb", "filelock"])


@dataclass(frozen=True, slots=True)
class Kills:
    """Kills done, batches reported as stored before them, batches of those that were lost."""

    kills: int
    reported: int
    lost: int
    in_the_middle: int
    """Kills after which the interrupted batch was not there: the writer was caught at work."""


def run_kills(folder: Path, kills: int, seed: int) -> Kills:
    """Kill a writer `kills` times between its first and its last write; verify after each.

    Raises:
        AssertionError: if a store does not open, verify or finish.
    """
    root, chance = folder / "home", random.Random(seed)
    reported, middle = 0, 0
    for _ in range(kills):
        reported, middle = _kill_once(root, reported, middle, chance.random() * _LONGEST_S)
    store = Store(root, None)
    for number in range(reported, reported + 2):
        write(store, number)
    lost = set(range(reported)) - present(root, reported + 2)
    return Kills(kills, reported, len(lost), middle)


def _kill_once(root: Path, first: int, middle: int, after_s: float) -> tuple[int, int]:
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    writer = _CONTEXT.Process(target=_write_on, args=(str(root), first, theirs))
    writer.start()
    theirs.close()
    reported = ours.recv() + 1
    time.sleep(after_s)
    writer.kill()
    writer.join()
    assert writer.exitcode == -9, "the writer ended by itself"
    with suppress(EOFError):
        while True:
            reported = ours.recv() + 1
    ours.close()
    writer.close()
    store = Store(root, None)
    assert store.verify() == ()
    held = present(root, reported + 1)
    assert held >= set(range(reported)), f"lost {set(range(reported)) - held}"
    # The batch in flight is there completely or not at all; the next writer finishes it.
    return reported, middle + (reported not in held)


def _write_on(root: str, first: int, tell: Connection) -> None:
    """What is killed: stores batch after batch, and says which are stored."""
    store = Store(Path(root), None)
    for number in range(first, 100_000):
        write(store, number)
        tell.send(number)
