"""Every vintage of a series as sorted arrays, from which "as known on a date" is one pass.

A row's place in the winning order is one integer, so that sorting, grouping and the as-of test are
comparisons of integers: from high to low bits the series' position in the query, its day, the day
it became known, and the day it was fetched, the days counted from `EPOCH`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

BITS = 17
EPOCH = -65_536
"""Day zero of the keys, in days from 1 January 1970: 26 July 1790; the last is in 2149."""
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2140, 12, 31)
NEVER = -62_091
"""1 January 1800 in days from 1 January 1970: stands in the keys where a row was never fetched."""
MOST_NAMES = 1 << (63 - 3 * BITS)
_MASK = (1 << BITS) - 1
_DAY = 2 * BITS
_NAME = 3 * BITS

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class History:
    """All vintages of one series in winning order: sort keys (name bits dropped), values, flags."""

    keys: Keys
    values: NDArray[np.float64]
    exact: NDArray[np.bool_]

    @property
    def days(self) -> NDArray[np.int64]:
        """The observation days, from 1 January 1970."""
        return (self.keys >> _DAY) + EPOCH

    @property
    def known(self) -> NDArray[np.int64]:
        """When each became known, in days from 1 January 1970."""
        return ((self.keys >> BITS) & _MASK) + EPOCH

    @property
    def retrieved(self) -> NDArray[np.int64]:
        """When each was fetched, in days from 1 January 1970; `NEVER` where it was not."""
        return (self.keys & _MASK) + EPOCH

    def as_of(self, as_of: date) -> History:
        """Of each day's rows known by `as_of`, the one that wins."""
        seen = ((self.keys >> BITS) & _MASK) <= number(as_of) - EPOCH
        keys = self.keys if seen.all() else self.keys[seen]
        last = np.ones(keys.size, np.bool_)
        days = keys >> _DAY
        np.not_equal(days[1:], days[:-1], out=last[:-1])
        if keys.size == self.keys.size and last.all():
            return self
        at = np.flatnonzero(last) if keys is self.keys else np.flatnonzero(seen)[last]
        return History(self.keys[at], self.values[at], self.exact[at])


def number(day: date) -> int:
    """A day as days from 1 January 1970."""
    return day.toordinal() - 719_163


def split(
    keys: Keys, values: NDArray[np.float64], exact: NDArray[np.bool_], names: int
) -> list[History]:
    """Sorted rows, cut into one history for each of `names`."""
    bounds = np.searchsorted(keys, np.arange(names + 1, dtype=np.int64) << _NAME)
    cuts = [slice(*bounds[i : i + 2]) for i in range(names)]
    return [History(keys[c] & ((1 << _NAME) - 1), values[c], exact[c]) for c in cuts]
