"""Percentile ranks from what was known: mid-rank, on expanding windows, never the full sample."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Values

MIN_OBSERVATIONS = 24
_BLOCK = 512


def percentile_of_last(values: Values) -> float | None:
    """Mid-rank percentile in [0, 100] of the last of `values` among all of them, itself included.

    100 (below + equal / 2) / n with the last observation counted among the equal: a constant
    series stands at 50, a new extreme among n at 100 (1 - 1/(2n)). None below 24 observations.
    """
    if values.size < MIN_OBSERVATIONS:
        return None
    below = int(np.count_nonzero(values < values[-1]))
    equal = int(np.count_nonzero(values == values[-1]))
    return 100.0 * (below + 0.5 * equal) / values.size


def expanding_percentiles(values: Values, positions: NDArray[np.intp]) -> Values:
    """`percentile_of_last(values[:i + 1])` for every i of `positions` (ascending), in [0, 100].

    The past up to a block's start is kept sorted; within the block values are compared one by
    one. That costs n log n for the whole history instead of its square. Ranks below the minimum
    number of observations are returned too: the caller decides what is enough.
    """
    out = np.empty(positions.size)
    for start in range(0, values.size, _BLOCK):
        stop = min(start + _BLOCK, values.size)
        here = np.flatnonzero((positions >= start) & (positions < stop))
        if here.size:
            out[here] = _ranks(values, np.sort(values[:start]), start, positions[here])
    return out


def _ranks(values: Values, past: Values, start: int, at: NDArray[np.intp]) -> Values:
    """Mid-rank percentiles of `values[at]`, `past` holding the sorted values before `start`."""
    v = values[at]
    low = np.searchsorted(past, v, side="left")
    equal = np.searchsorted(past, v, side="right") - low
    block = values[start : int(at[-1]) + 1]
    known = np.arange(start, start + block.size)[None, :] <= at[:, None]
    below = low + np.count_nonzero((block[None, :] < v[:, None]) & known, axis=1)
    same = equal + np.count_nonzero((block[None, :] == v[:, None]) & known, axis=1)
    return np.asarray(100.0 * (below + 0.5 * same) / (at + 1), dtype=np.float64)
