"""When a noisy quantity first reaches a level: the exact law, and what a grid of closes misses.

For Brownian motion with drift mu and volatility s, started at 0, and a level b > 0,
P(T_b <= T) = Phi((-b + mu T)/(s sqrt T)) + e^{2 mu b/s^2} Phi((-b - mu T)/(s sqrt T)) (Karatzas and
Shreve 1991, section 3.5.C). Between two points of a path both below b, the bridge crosses b
with probability exp(-2 (b - x0)(b - x1)/(s^2 dt)), whatever the drift (ibid., 4.3.40).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError

Floats = NDArray[np.float64]


def crossing_probability(
    level: ArrayLike, drift: ArrayLike, volatility: ArrayLike, horizon: ArrayLike
) -> Floats:
    """P(max of mu t + s W_t up to `horizon` >= `level`); arguments broadcast.

    Raises:
        BadInputError: unless level, volatility and horizon are above zero.
    """
    from scipy.special import log_ndtr, ndtr

    b, mu, s, T = (np.asarray(x, np.float64) for x in (level, drift, volatility, horizon))
    if not (np.all(b > 0) and np.all(s > 0) and np.all(T > 0)):
        raise BadInputError("first passage needs level, volatility and horizon above zero")
    root = s * np.sqrt(T)
    # The product is taken in logarithms: e^{2 mu b/s^2} alone overflows for strong drifts.
    mirrored = np.exp(2 * mu * b / s**2 + log_ndtr((-b - mu * T) / root))
    return np.asarray(ndtr((-b + mu * T) / root) + mirrored)


def bridge_crossing(
    start: ArrayLike, end: ArrayLike, level: ArrayLike, volatility: ArrayLike, dt: ArrayLike
) -> Floats:
    """Probability that a path from `start` to `end` over `dt` touched `level` in between."""
    x0, x1, b, s, h = (np.asarray(x, np.float64) for x in (start, end, level, volatility, dt))
    room = np.maximum(b - x0, 0.0) * np.maximum(b - x1, 0.0)
    return np.exp(-2.0 * room / (s**2 * h))
