"""Nodes and weights on (0, T]: Gauss-Legendre panels, halved towards zero.

The loadings A(tau) bend fastest near tau = 0, within the shortest mean-reversion time. The first
of `panels` equal panels is therefore split at h/2, h/4 .. h/2^LEVELS. Every panel's width is then
h0 times a power of two, which lets one repeated squaring serve all of them (`exponential`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ustress.model.habitat.arrays import Array, Floats

LEVELS = 5
ORDER = 6
MIN_PANELS, MAX_PANELS = 8, 240


@dataclass(frozen=True, eq=False)
class Mesh:
    """A composite rule on (0, T]: `nodes` and `weights` (N,), both in years.

    `points` (g + 1,) are the Gauss points of a unit panel followed by 1, its end; `width` is h.
    """

    horizon_years: float
    panels: int
    order: int
    points: Floats
    nodes: Floats
    weights: Floats

    @property
    def width(self) -> float:
        """Width h of an undivided panel, in years."""
        return self.horizon_years / self.panels

    def integrate(self, values: Floats) -> Floats:
        """The integral over (0, T] of `values` (N, ...) at the nodes."""
        return np.tensordot(self.weights, values, axes=(0, 0))


def default_panels(horizon_years: float) -> int:
    """One panel a year, so that whole years are edges; at least 8 and at most 240."""
    return int(np.clip(round(horizon_years), MIN_PANELS, MAX_PANELS))


def panel_edges(panels: int) -> Floats:
    """Edges of the panels in units of h: 0, 2^-LEVELS .. 1/2, 1, 2 .. panels."""
    return np.concatenate([[0.0], 2.0 ** np.arange(-LEVELS, 0), np.arange(1.0, panels + 1)])


@lru_cache(maxsize=64)
def mesh(horizon_years: float, panels: int | None = None, order: int = ORDER) -> Mesh:
    """The rule with `order` Gauss points on each panel (exact there up to degree 2 order - 1)."""
    count = default_panels(horizon_years) if panels is None else panels
    x, w = np.polynomial.legendre.leggauss(order)
    unit_points, unit_weights = (x + 1) / 2, w / 2
    edges = panel_edges(count) * (horizon_years / count)
    widths = np.diff(edges)
    nodes = (edges[:-1, None] + widths[:, None] * unit_points).ravel()
    weights = (widths[:, None] * unit_weights).ravel()
    points = np.append(unit_points, 1.0)
    return Mesh(horizon_years, count, order, points, nodes, weights)


def refined(coarse: Mesh, extra: int = 3) -> Mesh:
    """The same panels with `extra` more points each: an independent rule, to check the first."""
    return mesh(coarse.horizon_years, coarse.panels, coarse.order + extra)


def carry(values: Floats, coarse: Mesh, fine: Mesh) -> Floats:
    """Values (N,) at `coarse`'s nodes continued to `fine`'s by each panel's own polynomial."""
    return (values.reshape(-1, coarse.order) @ _lagrange(coarse.order, fine.order)).ravel()


@lru_cache(maxsize=16)
def _lagrange(order: int, target: int) -> Floats:
    """Matrix (order, target) that evaluates a panel's interpolant at another rule's points."""
    x, y = (np.polynomial.legendre.leggauss(g)[0] for g in (order, target))
    vander = np.polynomial.legendre.legvander
    return np.asarray(np.linalg.solve(vander(x, order - 1).T, vander(y, order - 1).T), np.float64)


def running_integral(values: Array, weights: Array, order: int) -> Array:
    """int_0^tau of `values` (..., N) at the nodes tau (..., N), by each panel's own polynomial."""
    panels = values.reshape((*values.shape[:-1], -1, order))
    widths = weights.reshape((*weights.shape[:-1], -1, order)).sum(-1)
    inside = (panels @ _primitive(order)) * widths[..., None]
    whole = (panels * weights.reshape((*weights.shape[:-1], -1, order))).sum(-1)
    before = whole.cumsum(-1) - whole
    return (inside + before[..., None]).reshape(values.shape)


@lru_cache(maxsize=16)
def _primitive(order: int) -> Floats:
    """Matrix (order, order): from values at a unit panel's points to integrals up to them."""
    x = (np.polynomial.legendre.leggauss(order)[0] + 1) / 2
    k = np.arange(order)
    return np.asarray(np.linalg.solve((x[:, None] ** k).T, (x[:, None] ** (k + 1) / (k + 1)).T))
