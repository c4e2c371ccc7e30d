"""Where a Svensson curve is looked for: the problem on zero yields, which is linear but for two.

Near any curve par yields move as a fixed matrix times zero yields, so

    min over tau1, tau2 of  min over b of  |W (z - X(tau1, tau2) b)|^2

is close to the problem on par yields and far cheaper: n tenors instead of sixty half-years, and b
known in closed form once the decays are given (variable projection, Golub and Pereyra 1973). A
grid of decays shared by all days finds the basins, by matrix products alone; damped steps in the
two decays go to the bottom of the best of them.
"""

from __future__ import annotations

import math
from functools import lru_cache, reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.curves.fit_basis import LINEAR, PARAMETERS, linear_basis, yields_and_gradient
from ustress.curves.fit_par import ParMap, par_map
from ustress.curves.fit_step import (
    FIRST_DECAY_YEARS,
    LEAST_RATIO,
    LONGEST_DECAY_YEARS,
    Normal,
    decay_step,
    linear_solution,
    next_damping,
)
from ustress.curves.zero import half_yearly_discounts

Floats = NDArray[np.float64]

FIRST_DECAYS, RATIOS = 16, 14
STARTS = 3
# A further start must lie in another basin: one of its decays differs by this factor or more.
APART = 1.7
STEPS_OF_EACH, STEPS_OF_BEST = 4, 8
# The yield at which W is taken: its exact value matters little, the last stage is exact.
LEVEL_PCT = 4.0


class Grid(NamedTuple):
    """What days with the same tenors share.

    `weight` W (n, n); `points` the logs of the decays (g, 2); `unreached` (g, n - 4, n) spans,
    point by point, what no b reaches; `far` (g, g) tells points of different basins.
    """

    mapped: ParMap
    tenors: Floats
    weight: Floats
    points: Floats
    unreached: Floats
    far: NDArray[np.bool_]


def approximate_fit(grid: Grid, par: Floats) -> Floats:
    """`theta` (days, 6) of the curve nearest to the par yields (days, n), to a few bp."""
    target = np.matmul(approximate_zeros(grid.tenors, par), grid.weight.T)
    found = [_descend(grid, target, at, STEPS_OF_EACH) for at in _starts(grid, target)]
    return _descend(grid, target, reduce(Normal.better, found), STEPS_OF_BEST).theta


def approximate_zeros(tenors: Floats, par: Floats) -> Floats:
    """Zero yields at the tenors, per cent, from par yields read linearly between them."""
    half = np.arange(1, max(2, int(np.floor(2.0 * tenors[-1]))) + 1) / 2.0
    price = half_yearly_discounts(np.matmul(linear_reading(tenors, half), par.T) / 100.0)
    out = np.empty_like(par)
    for j, t in enumerate(tenors):
        if t >= 1.0:
            paid = price[round(2.0 * float(t)) - 1]
            out[:, j] = -100.0 * np.log(np.maximum(paid, 1e-6)) / t
        else:
            out[:, j] = 100.0 * np.log1p(np.maximum(par[:, j] / 100.0 * t, -0.9)) / t
    return out


@lru_cache(maxsize=32)
def shared_grid(tenors: tuple[float, ...]) -> Grid:
    """What all days with these tenors (years, ascending) share."""
    years = np.array(tenors)
    mapped = par_map(years)
    flat = np.full((1, mapped.years.size), LEVEL_PCT)
    read = linear_reading(years, mapped.years).T[:, None, :]
    weight = mapped.yields_and_gradient(flat, read)[1][:, 0, :].T
    points = _points()
    tau1 = np.exp(points[:, 0])
    basis = np.matmul(weight, linear_basis(years, tau1, tau1 * np.exp(points[:, 1])))
    left = np.linalg.svd(basis)[0][:, :, LINEAR:].transpose(0, 2, 1)
    apart = np.abs(points[:, None, :] - points[None, :, :]).max(axis=2)
    # Many small products, not one large: a large one starts threads that cost more than they give.
    return Grid(mapped, years, weight, points, left.copy(), apart >= np.log(APART))


def _points() -> Floats:
    """Even in the logs, from bound to bound: (g, 2)."""
    shortest, longest = (math.log(years) for years in FIRST_DECAY_YEARS)
    first = np.repeat(np.linspace(shortest, longest, FIRST_DECAYS), RATIOS)
    span = np.log(LONGEST_DECAY_YEARS / LEAST_RATIO) - first
    share = np.tile(np.linspace(0.0, 1.0, RATIOS), FIRST_DECAYS)
    return np.stack([first, np.log(LEAST_RATIO) + share * span], axis=1)


def _starts(grid: Grid, target: Floats) -> list[Normal]:
    """The best grid point of each day, then the best ones far from those before."""
    missed = np.matmul(grid.unreached, target.T)
    missed = np.square(missed, out=missed)
    cost = missed.sum(axis=1)
    found = []
    for _ in range(STARTS):
        at = cost.argmin(axis=0)
        theta = np.zeros((target.shape[0], PARAMETERS))
        theta[:, LINEAR:] = grid.points[at]
        found.append(_at(grid, target, theta))
        cost = np.where(grid.far[:, at], cost, np.inf)
    return found


def _descend(grid: Grid, target: Floats, state: Normal, steps: int) -> Normal:
    """So many steps in the two decays, b solved for after each."""
    damping = np.full(target.shape[0], 1e-2)
    for _ in range(steps):
        trial = state.theta.copy()
        trial[:, LINEAR:] = decay_step(state, damping)
        tried = _at(grid, target, trial)
        damping = next_damping(state, tried, damping)
        state = state.better(tried)
    return state


def _at(grid: Grid, target: Floats, theta: Floats) -> Normal:
    """Residual and slopes at the decays of `theta`, with b solved for."""
    theta = theta.copy()
    theta[:, :LINEAR] = 0.0
    basis = np.matmul(yields_and_gradient(theta, grid.tenors)[1][:LINEAR], grid.weight.T)
    theta[:, :LINEAR] = linear_solution(basis, target)
    value, gradient = yields_and_gradient(theta, grid.tenors)
    residual = np.matmul(value, grid.weight.T) - target
    return Normal(theta, residual, np.matmul(gradient, grid.weight.T))


def linear_reading(x: Floats, at: Floats) -> Floats:
    """The matrix that reads a straight line between the points `x` at the points `at`."""
    at = np.clip(at, x[0], x[-1])
    right = np.clip(np.searchsorted(x, at), 1, x.size - 1)
    share = (at - x[right - 1]) / (x[right] - x[right - 1])
    out = np.zeros((at.size, x.size))
    rows = np.arange(at.size)
    out[rows, right - 1], out[rows, right] = 1.0 - share, share
    return out
