"""Each path's critical value: the least place on an axis at which it goes past return.

On common shocks a path is tried at few places: a guess, doubling steps from it until one trial
went past return and one did not, then halving. The brackets that come out order each path's
places into 'not yet' and 'past', so the chance built from them never falls along the axis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.simulate.frontier.trial import Fate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Try = Callable[[Ints, Floats], Fate]
"""The fate of paths (indices), each at its own value."""


class Brackets(NamedTuple):
    """`(paths,)` each: not past return at `low`, past it at `high`, margins S - b there.

    `low` is -inf where the first place is past return already, `high` inf where none is;
    `trials` counts all trials so far.
    """

    low: Floats
    high: Floats
    low_margin: Floats
    high_margin: Floats
    trials: int

    @property
    def critical(self) -> Floats:
        """The critical value, by the margins between the bracket's ends; inf where there is none.

        A path past return at the first place has minus infinity.
        """
        inside = np.isfinite(self.low) & np.isfinite(self.high)
        low, high = np.where(inside, self.low, 0.0), np.where(inside, self.high, 1.0)
        below, above = -self.low_margin, self.high_margin
        known = inside & (below >= 0) & (above > 0) & np.isfinite(below) & np.isfinite(above)
        weight = np.where(known, below / np.where(known, below + above, 1.0), 0.5)
        between = low + weight * (high - low)
        return np.where(inside, between, np.where(np.isfinite(self.high), -np.inf, np.inf))


def search(attempt: Try, places: Floats, guess: Ints) -> Brackets:
    """Bracket every path's critical value between two neighbouring places.

    Args:
        attempt: tries paths at values.
        places: (L,) rising values.
        guess: (paths,) index of the place tried first.
    """
    n, last = guess.size, places.size - 1
    low, high = np.full(n, -1), np.full(n, last + 1)
    margins = np.full((2, n), np.nan)
    step, trials = np.ones(n, np.int64), 0
    at = np.clip(guess, 0, last)
    while (left := np.flatnonzero(high - low > 1)).size:
        fate = attempt(left, places[at[left]])
        past = fate.past_return
        trials += left.size
        margins[past.astype(np.int64), left] = fate.margin
        high[left[past]], low[left[~past]] = at[left[past]], at[left[~past]]
        at = np.where(low < 0, high - step, np.where(high > last, low + step, (low + high) // 2))
        at = np.clip(at, np.maximum(low + 1, 0), np.maximum(np.minimum(high - 1, last), 0))
        step = step * 2
    ends = np.concatenate([[-np.inf], places, [np.inf]])
    return Brackets(ends[low + 1], ends[high + 1], margins[0], margins[1], trials)


def at_value(attempt: Try, found: Brackets, value: float) -> Brackets:
    """The brackets after trying `value` where it is still open whether a path is past return."""
    left = np.flatnonzero((found.low < value) & (value < found.high))
    if not left.size:
        return found
    fate = attempt(left, np.full(left.size, value))
    past, still = left[fate.past_return], left[~fate.past_return]
    low, high = found.low.copy(), found.high.copy()
    low_margin, high_margin = found.low_margin.copy(), found.high_margin.copy()
    high[past], low[still] = value, value
    high_margin[past] = fate.margin[fate.past_return]
    low_margin[still] = fate.margin[~fate.past_return]
    return Brackets(low, high, low_margin, high_margin, found.trials + left.size)


def past_at(found: Brackets, value: float) -> NDArray[np.bool_]:
    """(paths,) past return at `value`; where the bracket leaves it open, by the margins."""
    known = (value <= found.low) | (value >= found.high)
    return np.where(known, value >= found.high, found.critical <= value)


def joined(first: Brackets, second: Brackets) -> Brackets:
    """Brackets of more paths appended."""
    return Brackets(
        np.concatenate([first.low, second.low]),
        np.concatenate([first.high, second.high]),
        np.concatenate([first.low_margin, second.low_margin]),
        np.concatenate([first.high_margin, second.high_margin]),
        first.trials + second.trials,
    )


def nearest(places: Floats, values: Floats) -> Ints:
    """Index of the place nearest to each value; infinities are the ends."""
    return np.clip(np.searchsorted(places, values), 0, places.size - 1)
