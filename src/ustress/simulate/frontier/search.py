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


def search(attempt: Try, places: Floats, guess: Ints, together: int = 1) -> Brackets:
    """Bracket every path's critical value between two neighbouring places.

    Args:
        attempt: tries paths at values.
        places: (L,) rising values.
        guess: (paths,) index of the place tried first.
        together: tries that cost no more than one; as paths are settled, those left are tried at
            several places at once.
    """
    n, last = guess.size, places.size - 1
    low, high, step = np.full(n, -1), np.full(n, last + 1), np.ones(n, np.int64)
    margins = np.full((2, n), np.nan)
    which, at, trials = np.arange(n), np.clip(guess, 0, last), 0
    while which.size:
        fate = attempt(which, places[at])
        trials += which.size
        _narrow(low, high, margins, which, at, fate)
        left = np.flatnonzero(high - low > 1)
        many = max(1, together // max(left.size, 1))
        which, at = _next(left, low, high, step, last, many)
        step[left] *= 2 ** min(many, last.bit_length())
    ends = np.concatenate([[-np.inf], places, [np.inf]])
    return Brackets(ends[low + 1], ends[high + 1], margins[0], margins[1], trials)


def _narrow(low: Ints, high: Ints, margins: Floats, which: Ints, at: Ints, fate: Fate) -> None:
    """Brackets after tries: past return from the lowest place where a path is, `high`, on."""
    past = fate.past_return
    np.minimum.at(high, which[past], at[past])
    short = ~past & (at < high[which])
    np.maximum.at(low, which[short], at[short])
    for row, ends in enumerate((low, high)):
        new = at == ends[which]
        margins[row, which[new]] = fate.margin[new]


def _next(left: Ints, low: Ints, high: Ints, step: Ints, last: int, many: int) -> tuple[Ints, Ints]:
    """Which paths are tried where: `many` equal parts of a bracket, or ever longer steps out."""
    part = np.arange(1, many + 1)[:, None]
    below, above, out = low[left], high[left], step[left] * (2 ** np.minimum(part, 30) - 1)
    inside = below + np.maximum((above - below) * part // (many + 1), 1)
    at = np.where(below < 0, above - out, np.where(above > last, below + out, inside))
    at = np.clip(at, below + 1, above - 1)
    pairs = np.unique(np.stack([np.broadcast_to(left, at.shape).ravel(), at.ravel()]), axis=1)
    return pairs[0], pairs[1]


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
