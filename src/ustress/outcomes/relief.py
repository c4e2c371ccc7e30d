"""Relief rallies after purchases and the corrections that follow: events on paths of prices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Relief(NamedTuple):
    """By path: can be judged, did rally; can be judged, did fall back after its rally."""

    judged: Flags
    rallied: Flags
    judged_after: Flags
    fell_back: Flags


def relief(
    price: Floats, bought: Flags, rally_pct: float, rally_days: int, correction_days: int
) -> Relief:
    """A rally of `rally_pct` within `rally_days` of the first purchase, and the fall after it.

    Args:
        price: (paths, days), any positive level.
        bought: (paths, days), whether purchases had begun by that close.
        rally_pct: rise over the close of the first purchase day.
        rally_days: business days within which it counts.
        correction_days: business days after the rally's first close within which a close below
            that of the first purchase day counts as a correction.

    A path whose window is cut off by the end is judged only if the event came before.
    """
    last = price.shape[1] - 1
    there = bought.any(axis=1)
    first = np.where(there, bought.argmax(axis=1), 0)
    base = np.take_along_axis(price, first[:, None], axis=1)
    up = _window(price, first, rally_days) >= base * (1.0 + rally_pct / 100.0)
    rallied = np.asarray(there & up.any(axis=1))
    judged = there & (rallied | (first + rally_days <= last))
    top = first + 1 + up.argmax(axis=1)
    below = _window(price, np.minimum(top, last), correction_days) < base
    fell = np.asarray(rallied & below.any(axis=1))
    return Relief(judged, rallied, rallied & (fell | (top + correction_days <= last)), fell)


def _window(price: Floats, start: NDArray[np.int64], days: int) -> Floats:
    """(paths, days): the closes after `start`; past the end NaN, which no comparison meets."""
    at = start[:, None] + np.arange(1, days + 1)
    last = price.shape[1] - 1
    found = np.take_along_axis(price, np.minimum(at, last), axis=1)
    return np.where(at <= last, found, np.nan)
