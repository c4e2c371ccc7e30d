"""Numbers with their Monte Carlo error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z_ONE = 1.0


@dataclass(frozen=True, slots=True)
class Probability:
    """A share of paths with its Monte Carlo error (one standard error), both in [0, 1].

    `paths` counts those it was taken over, `left_out` those that ended in a named break and have
    no say. The error is half the width of Wilson's interval at one standard error, so it does not
    vanish at 0 or 1; it says nothing about parameters or the model.
    """

    value: float
    error: float
    paths: int
    left_out: int = 0
    event: str = ""

    def __float__(self) -> float:
        return self.value


class Estimate(NamedTuple):
    """A mean with its standard error, numbers or arrays by day."""

    value: NDArray[np.float64]
    error: NDArray[np.float64]


def wilson_error(share: ArrayLike, paths: int) -> NDArray[np.float64]:
    """Half the width of Wilson's interval (Wilson 1927) at one standard error."""
    p = np.asarray(share, np.float64)
    spread = np.sqrt(p * (1.0 - p) / paths + Z_ONE / (4.0 * paths**2))
    return np.asarray(spread / (1.0 + Z_ONE / paths))


def probability(happened: NDArray[np.bool_], left_out: int = 0, event: str = "") -> Probability:
    """The share of True with its error; NaN where no path has a say."""
    n = int(happened.size)
    if n == 0:
        return Probability(float("nan"), float("nan"), 0, left_out, event)
    share = float(happened.mean())
    return Probability(share, float(wilson_error(share, n)), n, left_out, event)


def mean_estimate(values: NDArray[np.floating]) -> Estimate:
    """Mean over paths (axis 0) and its standard error."""
    wide = np.asarray(values, np.float64)
    n = wide.shape[0]
    spread = wide.std(axis=0, ddof=1) if n > 1 else np.full(wide.shape[1:], np.nan)
    return Estimate(wide.mean(axis=0), np.asarray(spread / np.sqrt(max(n, 1))))
