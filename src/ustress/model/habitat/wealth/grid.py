"""Points in risk aversion, the interpolation through them, and its error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.draws import Draws
from ustress.model.habitat.impact import supply_response
from ustress.model.habitat.problem import Habitat, Primitives
from ustress.model.habitat.profile import at_maturity

MEASURED_AT = np.array([2.0, 5.0, 10.0, 30.0])
"""Maturities at which the interpolation is held against direct solves, years."""


@dataclass(frozen=True)
class InterpolationError:
    """The interpolation against direct solves between its points, the largest of all.

    Attributes:
        yields_bp: of mean yields at 2, 5, 10 and 30 years.
        response_share: of the response to supply at two and ten years, relative.
        losses: where it was measured.
    """

    yields_bp: float
    response_share: float
    losses: tuple[float, ...]


def risk_aversion_at(habitat: Habitat, elasticity: float, loss: ArrayLike) -> Floats:
    """The rule a(w) = a0 (1 - loss)^-elasticity (...)."""
    return np.asarray(habitat.risk_aversion * (1 - np.asarray(loss, np.float64)) ** -elasticity)


def losses_of(a: Floats, habitat: Habitat, elasticity: float) -> Floats:
    """The losses (m,) at which risk aversion is a (m,); zero if it never moves."""
    if elasticity == 0:
        return np.zeros_like(a)
    return np.asarray(1 - (a / habitat.risk_aversion) ** (-1 / elasticity))


def points_between(
    habitat: Habitat, elasticity: float, losses: tuple[float, float], points: int
) -> tuple[Floats, Floats]:
    """Risk aversions to solve at, ends included, and those between for the error."""
    low, high = np.log(risk_aversion_at(habitat, elasticity, losses))
    if high == low:
        return np.exp([low]), np.exp([low])
    angle = np.pi * (1 - np.arange(2 * points - 1) / (2 * points - 2))
    x = 0.5 * (low + high) + 0.5 * (high - low) * np.cos(angle)
    a = np.exp(x)
    a[[0, -1]] = risk_aversion_at(habitat, elasticity, losses)
    return a[::2], a[1::2]


def interpolated(grid: Draws, a: Floats) -> Curves:
    """M and k (L, ..) at risk aversions (L,), barycentric on the Chebyshev points of log a."""
    x = np.log([h.risk_aversion for h in grid.habitats])
    weights = _barycentric(x.size)
    gap = np.log(a)[:, None] - x
    hit = np.abs(gap) < 1e-14
    share = weights / np.where(hit, 1.0, gap)
    share = np.where(hit.any(1, keepdims=True), hit.astype(np.float64), share)
    share /= share.sum(1, keepdims=True)
    M, k = np.tensordot(share, grid.M, 1), share @ grid.k
    p = grid.primitives
    columns = [np.broadcast_to(x[:1], (a.size, *x.shape[1:])) for x in p]
    return Curves(M, k, Primitives(*columns)._replace(a=a), grid.mesh)


def _barycentric(count: int) -> Floats:
    weights = np.where(np.arange(count) % 2, -1.0, 1.0)
    if count > 1:
        weights[[0, -1]] *= 0.5
    return weights


def measure(grid: Draws, direct: Draws, losses: Floats) -> InterpolationError:
    """The interpolation through `grid` against the solutions `direct` between its points."""
    a = np.array([h.risk_aversion for h in direct.habitats])
    found = interpolated(grid, a)
    mean = direct.steady_state()
    yields = found.yields(mean, MEASURED_AT) - direct.yields(mean, MEASURED_AT)
    share = 0.0
    for place in (2.0, 10.0):
        exact = supply_response(direct, at_maturity(place), None, MEASURED_AT)
        got = supply_response(found, at_maturity(place), None, MEASURED_AT)
        share = max(share, float(np.abs(got / exact - 1).max()))
    return InterpolationError(1e4 * float(np.abs(yields).max()), share, tuple(losses.tolist()))
