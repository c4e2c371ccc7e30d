"""Where along the maturities an amount of bonds lies: a measure that integrates to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.quadrature import mesh

_X, _W = np.polynomial.legendre.leggauss(8)


@dataclass(frozen=True, eq=False)
class Profile:
    """Shares of one dollar of market value by maturity of zero-coupon bonds.

    Attributes:
        tau: points (m,), years.
        weight: shares at the points (m,), summing to one.

    Raises:
        BadInputError: if the shapes differ, a point is not above zero or shares do not sum to one.
    """

    tau: Floats
    weight: Floats

    def __post_init__(self) -> None:
        tau, weight = (np.atleast_1d(np.asarray(x, np.float64)) for x in (self.tau, self.weight))
        if tau.ndim != 1 or tau.shape != weight.shape:
            raise BadInputError(f"profile has shapes {tau.shape} and {weight.shape}; expected one")
        if not np.all(np.isfinite(weight)) or not np.all(tau > 0):
            raise BadInputError("profile: maturities must be above zero and shares finite")
        if abs(weight.sum() - 1.0) > 1e-6:
            raise BadInputError(f"profile: shares sum to {weight.sum():.6g}; expected 1")
        object.__setattr__(self, "tau", tau)
        object.__setattr__(self, "weight", weight)


def at_maturity(tau: float) -> Profile:
    """Everything at one maturity."""
    return Profile(np.array([tau]), np.array([1.0]))


def mix(shares: Mapping[float | tuple[float, float], float]) -> Profile:
    """Shares at maturities or spread evenly over intervals, as in {2: .3, 9: .6, (20, 30): .1}."""
    tau, weight = [], []
    for place, share in shares.items():
        lo, hi = place if isinstance(place, tuple) else (place, place)
        if hi > lo:
            tau.append(lo + (hi - lo) * (_X + 1) / 2)
            weight.append(share * _W / 2)
        else:
            tau.append(np.array([lo], np.float64))
            weight.append(np.array([share], np.float64))
    return Profile(np.concatenate(tau), np.concatenate(weight))


def density(curve: Callable[[Floats], ArrayLike], horizon_years: float = 30.0) -> Profile:
    """Shares proportional to a function of maturity on (0, T]."""
    grid = mesh(horizon_years)
    weight = grid.weights * np.asarray(curve(grid.nodes), np.float64)
    return Profile(grid.nodes, weight / weight.sum())
