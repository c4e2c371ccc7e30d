"""What a computed M is worth: residuals, eigenvalues, and the status that follows from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ustress.core.status import SolveStatus
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.exponential import at, decayed, sample, slopes
from ustress.model.habitat.fixed_point import residual
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.quadrature import LEVELS, Mesh

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
        residual: of the equations on a finer mesh than the solution's, in ten-year-yield units.
        reached: the share of the risk aversion that the continuation reached.
        smallest_eigenvalue: smallest real part of M's eigenvalues, per year.
    """

    status: SolveStatus
    message: str
    refused: bool
    residual: float
    reached: float
    smallest_eigenvalue: float


def true_residual(
    own: tuple[Primitives, Mesh], fine: tuple[Primitives, Mesh], d: Floats, M: Floats
) -> Floats:
    """The equations' residual (...) on a mesh the solution was not computed on.

    The larger of the fixed point's, per year with factors measured in units `d`, and of the
    change in the ten-year yield when the premium for theta0 is integrated on the finer mesh.
    """
    p, mesh = fine
    gap = residual(M, p, mesh) * d[..., None, :] / d[..., :, None]
    ten, n = np.array([min(10.0, mesh.horizon_years)]), M.shape[-1]
    lever = at(decayed(M), ten)[..., 0, :n] / ten
    moved = ((_supply_force(M, *fine) - _supply_force(M, *own)) * lever).sum(-1)
    return np.asarray(np.maximum(np.abs(gap).max((-2, -1)), np.abs(moved)))


def _supply_force(M: Floats, p: Primitives, mesh: Mesh) -> Floats:
    """The premium a V int A theta0 du (..., n)."""
    A = sample(slopes(M), p.width, mesh.panels, mesh.points)
    held = (p.weights * p.theta0)[..., None, :] @ A
    return np.asarray(p.a[..., None] * (held @ p.V)[..., 0, :])


def judge(M: Floats, d: Floats, reached: float, gap: float, mesh: Mesh) -> Verdict:
    """The verdict on one M (n, n), with factors' units d (n,)."""
    finite = bool(np.all(np.isfinite(M)))
    smallest = float(np.linalg.eigvals(M).real.min()) if finite else float("nan")
    status, words = SolveStatus.OK, ""
    norm = np.abs(M * d / d[:, None]).sum(-1).max()
    if finite and norm * mesh.width / 2**LEVELS > STIFFEST:
        status, words = SolveStatus.NOT_CONVERGED, "M is too stiff for the mesh; raise panels"
    elif not finite or reached < 1.0:
        status = SolveStatus.NO_EQUILIBRIUM
        words = f"the continuation broke at {100 * reached:.1f} % of the risk aversion"
    elif not gap <= TOLERANCE:
        status = SolveStatus.NOT_CONVERGED
        words = f"residual {gap:.1e}, above {TOLERANCE}: give curves with jumps as a grid of values"
    elif smallest <= 0.0:
        status = SolveStatus.EXPLOSIVE
        words = f"smallest real part {smallest:.4f} a year"
    below = finite and smallest < -1.0 / mesh.horizon_years
    if status is SolveStatus.EXPLOSIVE and below:
        words += f", below -1/T = {-1 / mesh.horizon_years:.4f}: its curves are refused"
    message = f"{status.value} ({words})" if words else status.value
    refused = status not in (SolveStatus.OK, SolveStatus.EXPLOSIVE) or below
    return Verdict(status, message, refused, gap, reached, smallest)


def blanked(verdict: Verdict) -> bool:
    """Whether M itself is withheld: there is no solution to show."""
    return verdict.status in (SolveStatus.NO_EQUILIBRIUM, SolveStatus.NOT_CONVERGED)
