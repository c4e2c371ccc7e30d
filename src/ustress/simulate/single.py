"""One path of a run, and the paths worth looking at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.core.status import PathStatus

KEPT = 100
"""The longest list of worst paths a sketch keeps."""


@dataclass(frozen=True, eq=False)
class OnePath:
    """A single path: what it showed at every close and what became of it.

    Attributes:
        number: its number in the run; seed and number make it again.
        days: (days + 1,) business days, day 0 the opening.
        observables: name to (days + 1,), single precision; nothing after a named break counts.
        status: how it ended.
        first_crossing_day, decision_day, break_day: business days, -1 never.
    """

    number: int
    days: NDArray[np.datetime64]
    observables: dict[str, NDArray[np.float32]] = field(repr=False)
    status: PathStatus
    first_crossing_day: int
    decision_day: int
    break_day: int


class Peak(NamedTuple):
    """Where a path stood highest: its number, the value, the day, and how the path ended."""

    number: int
    value: float
    day: int
    status: PathStatus
    first_crossing_day: int
    decision_day: int


class Peaks(NamedTuple):
    """The highest paths of a run by one observable, highest first; `(kept,)` each."""

    value: NDArray[np.float32]
    number: NDArray[np.int64]
    day: NDArray[np.int32]
    status: NDArray[np.int32]
    first_crossing_day: NDArray[np.int32]
    decision_day: NDArray[np.int32]

    def best(self, n: int) -> Peaks:
        """The `n` highest; equal ones by number, so that the order is one."""
        order = np.lexsort((self.number, -self.value.astype(np.float64)))[:n]
        columns: list[Any] = [column[order] for column in self]
        return Peaks(*columns)

    def joined(self, other: Peaks) -> Peaks:
        """Both together."""
        pairs: Any = zip(self, other, strict=True)
        return Peaks(*(np.concatenate(pair) for pair in pairs))

    def rows(self) -> tuple[Peak, ...]:
        """One `Peak` a path."""
        statuses = tuple(PathStatus)
        return tuple(
            Peak(int(number), float(value), int(day), statuses[code], int(crossed), int(decided))
            for value, number, day, code, crossed, decided in zip(*self, strict=True)
        )


def peaks(
    values: NDArray[np.float32],
    first: int,
    status: NDArray[np.int32],
    first_crossing_day: NDArray[np.int32],
    decision_day: NDArray[np.int32],
    break_day: NDArray[np.int32],
) -> Peaks:
    """Each path's highest close before its break; `values` is (paths, days + 1)."""
    day = np.arange(values.shape[1])
    counts = (break_day[:, None] < 0) | (day < break_day[:, None])
    seen = np.where(counts & np.isfinite(values), values, -np.inf)
    at = seen.argmax(axis=1)
    number = np.arange(first, first + len(values), dtype=np.int64)
    top = seen[np.arange(len(values)), at].astype(np.float32)
    return Peaks(top, number, at.astype(np.int32), status, first_crossing_day, decision_day)
