"""Damped least-squares steps for a block of days together.

Only the two decays are damped: given them the problem is (nearly) linear in b0 .. b3, and damping
those would make the search creep along their collinear directions. A step that does not lower the
day's cost is refused and its damping raised. The number of steps is fixed, so that the work, and
every bit of the result, is the same for a day wherever it stands.
Source: Marquardt (1963), J. SIAM 11, 431-441.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.curves.fit_basis import LINEAR, yields_and_gradient
from ustress.curves.fit_par import ParMap

Floats = NDArray[np.float64]

FIRST_DECAY_YEARS = (0.2, 10.0)
LONGEST_DECAY_YEARS = 30.0
LEAST_RATIO = 1.5
"""tau1 from .2 to 10 years, tau2 at most 30 (the longest tenor) and at least 1.5 tau1."""
STEPS = 10
_EASIER, _HARDER = 0.2, 8.0
# Where a flat curve starts to bend: tau1 in years, then the ratio of tau2 to it.
_FLAT_DECAYS = (1.5, 4.0)
# Against singular equations: relative to the diagonal, far below the digits that are kept.
_RIDGE = 1e-13


@dataclass(frozen=True, slots=True)
class Normal:
    """Parameters (days, 6), residual (days, n) and its slopes (6, days, n)."""

    theta: Floats
    residual: Floats
    slopes: Floats

    @property
    def cost(self) -> Floats:
        """Sum of squared residuals of each day."""
        return np.asarray(np.square(self.residual).sum(axis=1))

    def better(self, other: Normal) -> Normal:
        """The other on the days where it costs less."""
        good = other.cost < self.cost  # false for NaN too
        return Normal(
            np.where(good[:, None], other.theta, self.theta),
            np.where(good[:, None], other.residual, self.residual),
            np.where(good[None, :, None], other.slopes, self.slopes),
        )


def next_damping(state: Normal, trial: Normal, damping: Floats) -> Floats:
    """Less after a step that lowered the cost, more after one that did not."""
    return np.asarray(damping * np.where(trial.cost < state.cost, _EASIER, _HARDER))


def refine(
    at: Callable[[Floats], Normal], theta: Floats, level: Floats, steps: int = STEPS
) -> Normal:
    """The minimum near `theta`, or near a flat curve where that one is closer, day by day.

    Args:
        at: residuals and slopes at given parameters.
        theta: starting parameters, (days, 6), decays inside their bounds.
        level: yield of the flat curve, per cent, (days,): for yields so odd that the start fails.
        steps: how many are taken.
    """
    state = at(_flat(level)).better(at(theta))
    damping = np.full(theta.shape[0], 1e-3)
    for _ in range(steps):
        trial = state.theta + _step(state, damping)
        trial[:, LINEAR:] = inside(trial[:, LINEAR:])
        tried = at(trial)
        damping = next_damping(state, tried, damping)
        state = state.better(tried)
    return state


def _flat(level: Floats) -> Floats:
    theta = np.zeros((level.size, LINEAR + 2))
    theta[:, 0], theta[:, LINEAR:] = level, np.log(_FLAT_DECAYS)
    return theta


def on_par_yields(mapped: ParMap, par: Floats, theta: Floats) -> Normal:
    """Residuals of the par yields (days, n), per cent, and their slopes."""
    zero, gradient = yields_and_gradient(theta, mapped.years)
    value, slopes = mapped.yields_and_gradient(zero, gradient)
    return Normal(theta, value - par, slopes)


def decay_step(state: Normal, damping: Floats) -> Floats:
    """The decays' next values, inside their bounds, (days, 2)."""
    trial = state.theta[:, LINEAR:] + _step(state, damping)[:, LINEAR:]
    return inside(trial)


def inside(logs: Floats) -> Floats:
    """The decays' logs brought inside their bounds, (days, 2)."""
    first = np.clip(logs[:, 0], *np.log(FIRST_DECAY_YEARS))
    low, high = _bounds(first)
    return np.asarray(np.clip(np.stack([first, logs[:, 1]], axis=1), low, high))


def _bounds(first: Floats) -> tuple[Floats, Floats]:
    """Bounds of both logs at the given log tau1: tau2's own bound moves with it."""
    low = np.log([FIRST_DECAY_YEARS[0], LEAST_RATIO])
    high = np.full((first.size, 2), np.log(FIRST_DECAY_YEARS[1]))
    high[:, 1] = np.log(LONGEST_DECAY_YEARS) - first
    return np.asarray(np.broadcast_to(low, high.shape)), high


def linear_solution(seen: Floats, target: Floats) -> Floats:
    """The b of least squares: seen (4, days, n), target (days, n); gives (days, 4)."""
    normal = np.einsum("kdn,ldn->dkl", seen, seen)
    normal = normal + _ridge(normal)
    right = np.einsum("kdn,dn->dk", seen, target)
    return np.asarray(np.linalg.solve(normal, right[:, :, None])[:, :, 0])


def _step(state: Normal, damping: Floats) -> Floats:
    """-(J'J + damping on the decays)^-1 J'r, (days, 6); a decay held at its bound stays there."""
    gradient = np.einsum("kdn,dn->dk", state.slopes, state.residual)
    normal = np.einsum("kdn,ldn->dkl", state.slopes, state.slopes)
    low, high = _bounds(state.theta[:, LINEAR])
    at, down = state.theta[:, LINEAR:], gradient[:, LINEAR:] > 0.0
    held = ((at <= low) & down) | ((at >= high) & ~down)
    free = np.ones(gradient.shape, dtype=bool)
    free[:, LINEAR:] = ~held
    normal = normal * (free[:, :, None] & free[:, None, :])
    added = np.zeros_like(gradient)
    added[:, LINEAR:] = damping[:, None] * np.einsum("dkk->dk", normal)[:, LINEAR:] + held
    normal = normal + _ridge(normal) + added[:, :, None] * np.eye(added.shape[1])
    return np.asarray(-np.linalg.solve(normal, (gradient * free)[:, :, None])[:, :, 0])


def _ridge(normal: Floats) -> Floats:
    size = normal.shape[-1]
    diagonal: Floats = np.einsum("dkk->dk", normal)
    return np.asarray(_RIDGE * (1.0 + diagonal)[:, :, None] * np.eye(size))
