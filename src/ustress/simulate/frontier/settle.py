"""The place at which the share of paths past return is the level, tried there on every path.

Critical values propose it. They are not enough: under a policy that acts on what it sees a larger
sale can be answered sooner, so some paths are past return at a place and not at a later one, and
what a search finds for these depends on where it began. The share itself does not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.simulate.frontier.search import Try
from ustress.simulate.probability import wilson_error

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TRIES = 2
TOLERANCE = 0.5
"""Of the share's own Monte Carlo error: nearer to the level it need not come."""


class Settled(NamedTuple):
    """Places of groups of paths, and what became of the paths there.

    `value` (groups,) is minus infinity where the level is passed at the first place already and
    infinity where it is at none; `past` (groups, paths) says who is past return there, at the
    first or at the last place; `shift` (groups,) is the share less that of critical values.
    """

    value: Floats
    past: Flags
    shift: Floats
    trials: int

    def is_near(self, level: float) -> bool:
        """Whether no group needs another try."""
        share = self.past.mean(axis=1)
        return bool(np.all(_near(share, level, self.past.shape[1]) | ~np.isfinite(self.value)))


def settle(
    attempt: Try,
    critical: Floats,
    places: Floats,
    level: float,
    tries: int = TRIES,
    shift: Floats | None = None,
) -> Settled:
    """Where the share of each group is the level.

    Args:
        attempt: tries paths (numbered through all groups) at values.
        critical: (groups, paths) critical values from a search.
        places: rising; nothing is said outside them.
        level: the share wanted.
        tries: at most, of every path of a group.
        shift: (groups,) share less that of critical values, as found on fewer paths.
    """
    groups, n = critical.shape
    ordered, first, last = np.sort(critical, axis=1), float(places[0]), float(places[-1])
    shift = np.zeros(groups) if shift is None else shift.copy()
    at, share = np.full(groups, np.nan), np.full(groups, np.nan)
    below, above = np.full(groups, first), np.full(groups, last)
    past = np.zeros((groups, n), np.bool_)
    left, trials = np.arange(groups), 0
    for _ in range(tries):
        wish = np.clip(quantile(ordered[left], level - shift[left]), first, last)
        off = (wish < below[left]) | (wish > above[left]) | (wish == at[left])
        at[left] = np.where(off, 0.5 * (below[left] + above[left]), wish)
        which = (left[:, None] * n + np.arange(n)).ravel()
        past[left] = attempt(which, np.repeat(at[left], n)).past_return.reshape(-1, n)
        trials += which.size
        share[left] = past[left].mean(axis=1)
        shift[left] = share[left] - (critical[left] <= at[left, None]).mean(axis=1)
        short = share < level
        below, above = np.where(short, at, below), np.where(short, above, at)
        left = np.flatnonzero(~(_ends(at, share, level, first, last) | (_near(share, level, n))))
        if not left.size:
            break
    value = np.where((at == first) & (share >= level), -np.inf, at)
    value = np.where((at == last) & (share < level), np.inf, value)
    return Settled(value, past, shift, trials)


def quantile(ordered: Floats, level: Floats) -> Floats:
    """(groups,) the least critical value at which the share reaches the level of each group."""
    n = ordered.shape[1]
    needed = np.clip(np.ceil(level * n - 1e-9).astype(int), 1, n)
    return np.asarray(ordered[np.arange(needed.size), needed - 1])


def _ends(at: Floats, share: Floats, level: float, first: float, last: float) -> Flags:
    """Where nothing is left to try: past the level at the first place, or short at the last."""
    return np.asarray(((at == first) & (share >= level)) | ((at == last) & (share < level)))


def _near(share: Floats, level: float, paths: int) -> Flags:
    return np.asarray(np.abs(share - level) <= TOLERANCE * float(wilson_error(level, paths)))
