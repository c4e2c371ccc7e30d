"""What a long run remembers: counts, sums, first days, the highest paths, a few whole ones.

Its size depends on observables and days, not on paths. Blocks are added in order; counts are
whole numbers and sums carry their rounding error along (Neumaier 1974), so a run in any number
of workers, interrupted or not, gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ustress.core.status import PathStatus
from ustress.simulate import events
from ustress.simulate.engine import Block
from ustress.simulate.hitting import count_days
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.single import KEPT, Peaks, peaks
from ustress.simulate.stream.bins import BINS, Bins, bins_for

STATUSES = tuple(PathStatus)
SAMPLES = 20
"""Whole paths kept for looking at: the first unbroken ones."""
DATED = (*events.DATED.values(), "break_day")


@dataclass(eq=False)
class Tally:
    """Counts so far; arrays by observable have the order of `names`.

    counts: (names, days + 1, BINS), unbroken paths. sums, carry: (2, names, days + 1), first and
    second powers of the distance from the bins' centre, and the sums' rounding error. low, high:
    (names, days + 1). status: (statuses,). dated: (4, days + 1), all paths, by `DATED`. declared:
    (events, days + 1), first days among unbroken paths. samples: (names, kept, days + 1).
    """

    names: tuple[str, ...]
    bins: tuple[Bins, ...]
    events: tuple[events.Event, ...]
    paths: int
    counts: NDArray[np.int32]
    sums: NDArray[np.float64]
    carry: NDArray[np.float64]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    status: NDArray[np.int64]
    dated: NDArray[np.int64]
    declared: NDArray[np.int64]
    highest: tuple[Peaks, ...]
    samples: NDArray[np.float32]

    @property
    def unbroken(self) -> int:
        """How many paths ran to their end."""
        return int(self.status[STATUSES.index(PathStatus.OK)])

    def add(self, first: int, block: Block, count: int) -> None:
        """Count the first `count` lanes of a block whose first path is number `first`."""
        ends = {k: np.asarray(v)[:count] for k, v in block.ends._asdict().items()}
        closes = {name: rows[:, :count] for name, rows in block.closes.items()}
        ok = ends["status"] == STATUSES.index(PathStatus.OK)
        self.paths += count
        self.status += np.bincount(ends["status"], minlength=len(STATUSES))
        days = {**ends, "first_purchase_day": events.first_purchase_day(closes["fed.bought"].T)}
        for row, name in zip(self.dated, DATED, strict=True):
            row += count_days(days[name], row.size - 1)
        for row, event in zip(self.declared, self.events, strict=True):
            found = events.first_days(event, closes[event.name][:, ok].T)
            row += count_days(found, row.size - 1)
        self.highest = tuple(
            held.joined(peaks(closes[name].T, first, **ends)).best(KEPT)
            for held, name in zip(self.highest, self.names, strict=True)
        )
        self._keep_samples(closes, ok)
        for i, name in enumerate(self.names):
            self._count(i, closes[name][:, ok])

    def _keep_samples(self, closes: dict[str, NDArray[np.float32]], ok: NDArray[np.bool_]) -> None:
        missing = SAMPLES - self.samples.shape[1]
        if missing > 0:
            fresh = np.stack([closes[name][:, ok][:, :missing].T for name in self.names])
            self.samples = np.concatenate([self.samples, fresh], axis=1)

    def _count(self, i: int, values: NDArray[np.float32]) -> None:
        """Add (days + 1, unbroken paths) of one observable."""
        if not values.shape[1]:
            return
        offset = np.arange(values.shape[0], dtype=np.int32)[:, None] * np.int32(BINS)
        flat = (self.bins[i].place(values) + offset).ravel()
        here = self.counts[i]
        here += np.bincount(flat, minlength=here.size).reshape(here.shape).astype(np.int32)
        away = values.astype(np.float64) - self.bins[i].centre
        for power, fresh in enumerate((away.sum(axis=1), (away * away).sum(axis=1))):
            total = self.sums[power, i] + fresh
            larger = np.abs(self.sums[power, i]) >= np.abs(fresh)
            big = np.where(larger, self.sums[power, i], fresh)
            self.carry[power, i] += (big - total) + np.where(larger, fresh, self.sums[power, i])
            self.sums[power, i] = total
        self.low[i] = np.minimum(self.low[i], values.min(axis=1))
        self.high[i] = np.maximum(self.high[i], values.max(axis=1))


def empty(names: tuple[str, ...], asked: tuple[events.Event, ...], days: int, at: Block) -> Tally:
    """Nothing counted yet; the bins stand around the first path's opening values in `at`."""
    bins = tuple(bins_for(OBSERVABLES[n].unit, float(at.closes[n][0, 0])) for n in names)
    shape = (len(names), days + 1)
    nothing: Any = Peaks(
        np.empty(0, np.float32), np.empty(0, np.int64), *(np.empty(0, np.int32) for _ in range(4))
    )
    return Tally(
        names=names,
        bins=bins,
        events=asked,
        paths=0,
        counts=np.zeros((*shape, BINS), np.int32),
        sums=np.zeros((2, *shape)),
        carry=np.zeros((2, *shape)),
        low=np.full(shape, np.inf, np.float32),
        high=np.full(shape, -np.inf, np.float32),
        status=np.zeros(len(STATUSES), np.int64),
        dated=np.zeros((len(DATED), days + 1), np.int64),
        declared=np.zeros((len(asked), days + 1), np.int64),
        highest=(nothing,) * len(names),
        samples=np.empty((len(names), 0, days + 1), np.float32),
    )
