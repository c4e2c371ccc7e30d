"""The composite as a portfolio of family scores with time-varying correlations.

    x_f = s_f / F                            s_f: mean score of family f, F: families present
    C   = x' R x = sum_fg x_f rho_fg x_g     in [0, 1]
    s_fg,t = l s_fg,t-1 + (1 - l) (s_f - 1/2)(s_g - 1/2),   rho_fg = s_fg / sqrt(s_ff s_gg)

The sums run over the weeks in which all families of the set have scores, so that R is always a
correlation matrix (positive semi-definite) and C never negative. Perfect correlation gives the
squared mean score, independence a fraction of it: what falls together counts more.

Source: Hollo, Kremer and Lo Duca 2012 (CISS), equations 2 to 5; l = .93 a week is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Values

DECAY = 0.93
MIDDLE = 0.5
# A family enters once it has half a year of weekly scores to correlate.
ESTABLISHED_WEEKS = 26
MIN_FAMILIES = 4
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Families on a sequence of weeks: (families, weeks) arrays, NaN where a family is not in.

    `pull` is (R x)_f / F: what a unit of the family's score adds to the value at that week.
    """

    value: Values
    pull: Values
    correlation: Values


def aggregate(scores: Values) -> Portfolio:
    """The portfolio on every week.

    Args:
        scores: family scores in [0, 1], (families, weeks); NaN where a family has none.
    """
    count, weeks = scores.shape
    present = np.isfinite(scores)
    seasoned = present & (np.cumsum(present, axis=1) >= ESTABLISHED_WEEKS)
    seasoned[:, seasoned.sum(axis=0) < MIN_FAMILIES] = False
    value, mean = np.full(weeks, np.nan), np.full(weeks, np.nan)
    pull = np.full((count, weeks), np.nan)
    sets, which = np.unique(seasoned, axis=1, return_inverse=True)
    for k in range(sets.shape[1]):
        chosen = np.flatnonzero(sets[:, k])
        if not chosen.size:
            continue
        at = np.flatnonzero(which.ravel() == k)
        value[at], pull[np.ix_(chosen, at)], mean[at] = _of_set(scores[chosen], at)
    return Portfolio(value, pull, mean)


def _of_set(scores: Values, at: NDArray[np.intp]) -> tuple[Values, Values, Values]:
    """Value, pulls and mean correlation of one set of families at the weeks `at`."""
    n = scores.shape[0]
    R = _correlations(scores, at)
    x = scores[:, at].T / n
    Rx = np.einsum("tij,tj->ti", R, x)
    off = (R.sum(axis=(1, 2)) - n) / max(n * (n - 1), 1)
    return np.einsum("ti,ti->t", x, Rx), Rx.T / n, off


def _correlations(scores: Values, at: NDArray[np.intp]) -> Values:
    """R at the weeks `at`: exponentially weighted over the weeks all families have, up to each."""
    n, last = scores.shape[0], int(at[-1]) + 1
    common = np.asarray(np.isfinite(scores[:, :last]).all(axis=0))
    away = np.where(common, scores[:, :last] - MIDDLE, 0.0).T
    running, out = np.zeros((n, n)), np.empty((at.size, n, n))
    k = 0
    for week in range(last):
        if common[week]:
            running = DECAY * running + (1.0 - DECAY) * np.outer(away[week], away[week])
        if k < at.size and at[k] == week:
            out[k] = running
            k += 1
    spread: Values = np.sqrt(np.maximum(np.einsum("tii->ti", out), 0.0))
    flat: NDArray[np.bool_] = np.array(spread <= _TINY, dtype=np.bool_)
    spread[flat] = 1.0
    R: Values = out / (spread[:, :, None] * spread[:, None, :])
    # A family that never left the middle has no correlation with any other.
    R[flat[:, :, None] | flat[:, None, :]] = 0.0
    np.einsum("tii->ti", R)[:] = 1.0
    return R
