"""What a computed M is worth: residuals, eigenvalues, and the status that follows from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ustress.core.status import SolveStatus
from ustress.model.habitat.constants import supply_premium
from ustress.model.habitat.exponential import at, decayed
from ustress.model.habitat.fixed_point import residual, units
from ustress.model.habitat.problem import Floats, Habitat, Primitives
from ustress.model.habitat.quadrature import LEVELS, Mesh, refined

TOLERANCE = 1e-9
"""Largest residual that passes, with factors in ten-year-yield units: per year, or yield."""

STIFFEST = 1.0
"""Largest norm of M times the shortest panel for which the Taylor polynomial is exact enough."""


@dataclass(frozen=True)
class Verdict:
    """Status of a solve with the numbers it rests on.

    Attributes:
        status: how it ended.
        message: one sentence for a reader.
        refused: whether curves are refused (an explosive solution is only marked, unless an
            eigenvalue lies below -1/T).
        residual: of the fixed point on the mesh, in ten-year-yield units, per year.
        quadrature_error: of the same equations on a finer mesh.
        reached: the share of the risk aversion that the continuation reached.
        smallest_eigenvalue: smallest real part of M's eigenvalues, per year.
    """

    status: SolveStatus
    message: str
    refused: bool
    residual: float
    quadrature_error: float
    reached: float
    smallest_eigenvalue: float


def quadrature_gap(habitat: Habitat, M: Floats, k: Floats) -> float:
    """The equations' residual on a finer mesh: that of M, and of k as a ten-year yield."""
    fine = refined(habitat.mesh)
    return float(finer_residual(habitat.on(fine), fine, M, k))


def finer_residual(p: Primitives, fine: Mesh, M: Floats, k: Floats) -> Floats:
    """Residual (...) of M and k for primitives sampled on `fine`."""
    d = units(p, fine)
    scaled = scaled_residual(M, p, d, fine)
    ten = np.array([min(10.0, fine.horizon_years)])
    n = M.shape[-1]
    lever = at(decayed(M), ten)[..., 0, :n] / ten
    moved = ((supply_premium(M, p, fine) - k) * lever).sum(-1)
    return np.maximum(scaled, np.abs(moved))


def scaled_residual(M: Floats, p: Primitives, d: Floats, mesh: Mesh) -> Floats:
    """Largest residual of the fixed point (...), factors measured in units `d`, per year."""
    gap = residual(M, p, mesh)
    return np.asarray(np.abs(gap * d[..., None, :] / d[..., :, None]).max((-2, -1)))


def judge(M: Floats, reached: float, gap: float, rough: float, mesh: Mesh) -> Verdict:
    """The verdict on one M (n, n)."""
    finite = bool(np.all(np.isfinite(M)))
    smallest = float(np.linalg.eigvals(M).real.min()) if finite else float("nan")
    status, words = SolveStatus.OK, ""
    stiff = finite and float(np.abs(M).sum(-1).max()) * mesh.width / 2**LEVELS > STIFFEST
    if not finite or reached < 1.0:
        status = SolveStatus.NO_EQUILIBRIUM
        words = f"the continuation broke at {100 * reached:.0f} % of the risk aversion"
    elif stiff:
        status, words = SolveStatus.NOT_CONVERGED, "M is too stiff for the mesh; raise panels"
    elif not max(gap, rough) <= TOLERANCE:
        status = SolveStatus.NOT_CONVERGED
        words = f"residual {gap:.1e} on the mesh and {rough:.1e} on a finer one, above {TOLERANCE}"
    elif smallest <= 0.0:
        status = SolveStatus.EXPLOSIVE
        words = f"smallest real part {smallest:.4f} a year"
    below = finite and smallest < -1.0 / mesh.horizon_years
    if status is SolveStatus.EXPLOSIVE and below:
        words += f", below -1/T = {-1 / mesh.horizon_years:.4f}: its curves are refused"
    message = f"{status.value} ({words})" if words else status.value
    refused = status not in (SolveStatus.OK, SolveStatus.EXPLOSIVE) or below
    return Verdict(status, message, refused, gap, rough, reached, smallest)
