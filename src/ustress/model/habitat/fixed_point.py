"""The fixed point in M: its residual, the scale it is measured in, and the units of the factors.

M = G' - a { int [Theta - alpha A] A' du } V, where A solves A' + M A = E (model of Vayanos and
Vila 2021 with several factors). Runs on NumPy and JAX arrays alike, with leading axes on NumPy.
"""

from __future__ import annotations

import numpy as np

from ustress.model.habitat.arrays import Array
from ustress.model.habitat.exponential import at, sample, slopes
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.quadrature import Mesh

NUDGE = 1e-5
"""Step of the difference that measures the factors' units; one digit is enough there."""


def demand_risk(M: Array, p: Primitives, mesh: Mesh) -> Array:
    """Demand risk a { int [Theta - alpha A] A' du } V (..., n, n), with A of this M.

    `mesh` gives the panels only; widths and weights are those of `p`.
    """
    A = sample(slopes(M), p.width, mesh.panels, mesh.points)
    held = (p.theta - p.alpha[..., None] * A) * p.weights[..., None]
    return p.a[..., None, None] * (held.swapaxes(-1, -2) @ A @ p.V)


def residual(M: Array, p: Primitives, mesh: Mesh) -> Array:
    """M - G' + demand risk (..., n, n): zero in equilibrium, per year."""
    return M - p.G.swapaxes(-1, -2) + demand_risk(M, p, mesh)


def units(p: Primitives, mesh: Mesh) -> Array:
    """Ten-year yield moved by one unit of each factor (..., n), to first order in a; r keeps 1.

    Measured in these units every state has loadings of the same size, whatever a user's units.
    """
    xp = p.G.__array_namespace__()
    start, ten = p.G.swapaxes(-1, -2), np.array([min(10.0, mesh.horizon_years)])
    change = -demand_risk(start, p, mesh)
    step = NUDGE / (1.0 + xp.max(xp.abs(change), axis=(-2, -1)))[..., None]
    base = at(slopes(start), ten)[..., 0, :]
    nudged = at(slopes(start + step[..., None] * change), ten)[..., 0, :]
    moved = xp.abs(base + (nudged - base) / step) / ten[0]
    usable = xp.isfinite(moved) & (moved > 1e-14) & xp.asarray(np.arange(start.shape[-1]) > 0)
    return xp.where(usable, moved, 1.0)


def rescale(p: Primitives, d: Array) -> Primitives:
    """The same economy with factors measured in units `d` (..., n): states d q."""
    row, column = d[..., :, None], d[..., None, :]
    theta = p.theta / d[..., None, :]
    return p._replace(G=row * p.G / column, V=row * p.V * column, theta=theta)


def unscale(M: Array, d: Array) -> Array:
    """M (..., n, n) of the economy in its own units from the one measured in `d`."""
    return d[..., :, None] * M / d[..., None, :]
