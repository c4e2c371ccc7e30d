"""Invented batches for tests of durability: what a writer stores, and whether a store holds it."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

from ustress.data.intake import Intake, take_in
from ustress.data.rows import Row
from ustress.data.store import Store

NAMES = ("ust.par.10y", "tic.holdings.china", "fed.reserves")
START = date(2015, 1, 1)
DAYS_A_BATCH = 4
SOURCE = "test"


def batch(number: int) -> list[Row]:
    """The rows of batch `number`: new days of three series, and a revision of an earlier day.

    Every third batch also has a value out of bounds, which goes to quarantine.
    """
    first = START + timedelta(days=DAYS_A_BATCH * number)
    days = [first + timedelta(days=n) for n in range(DAYS_A_BATCH)]
    rows = [Row(n, d, value(n, d), d, False, SOURCE) for n in NAMES for d in days]
    if number:
        earlier = first - timedelta(days=1)
        rows.append(Row(NAMES[0], earlier, value(NAMES[0], earlier) + 0.01, earlier, False, SOURCE))
    if number % 3 == 2:
        rows.append(Row(NAMES[0], first + timedelta(days=30_000), 1e9, first, False, SOURCE))
    return rows


def value(name: str, day: date) -> float:
    """A calm series: nothing here jumps."""
    return 2.0 + NAMES.index(name) + (day.toordinal() % 7) / 100


def fetched(number: int) -> date:
    """The day on which a batch is fetched, after its days."""
    return START + timedelta(days=DAYS_A_BATCH * (number + 1))


def write(store: Store, number: int) -> Intake:
    """Take batch `number` in."""
    rows = batch(number)
    return take_in(store, rows, source=SOURCE, raw_sha256=None, retrieved=fetched(number))


def present(root: Path, until: int, pack: Path | None = None) -> set[int]:
    """Which of the first `until` batches the store holds.

    Raises:
        AssertionError: if it holds a part of one.
    """
    store = Store(root, pack)
    held = {n: {(r.day, r.value) for r in store.vintages(n)} for n in NAMES}
    found = set()
    for number in range(until):
        sound = [r for r in batch(number) if r.value < 1e6]
        there = [(r.day, r.value) in held[r.series] for r in sound]
        assert all(there) or not any(there), f"batch {number} is there in part"
        if all(there):
            found.add(number)
    return found


def write_some(root: str, numbers: list[int]) -> None:
    """A writer of a process of its own."""
    store = Store(Path(root), None)
    for number in numbers:
        write(store, number)


def read_until(root: str, last: int) -> None:
    """Opens the store again and again: never a batch in part, never fewer than before."""
    seen: set[int] = set()
    deadline = time.monotonic() + 60
    while last not in seen:
        assert time.monotonic() < deadline
        found = present(Path(root), last + 1)
        assert found >= seen
        seen = found
