"""The equilibrium with a demand kernel, and what supply does in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import CannotError
from ustress.core.status import SolveStatus
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.constants import constant
from ustress.model.habitat.cross.kernel import Kernel
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.exponential import at, decayed, sample, slopes
from ustress.model.habitat.fixed_point import rescale, units, unscale
from ustress.model.habitat.follow import follow
from ustress.model.habitat.gram import gram_at
from ustress.model.habitat.impact import AMOUNT_USDBN, BP, GDP_2025_USDBN, decay_rate
from ustress.model.habitat.problem import Habitat, Primitives
from ustress.model.habitat.profile import Profile
from ustress.model.habitat.quadrature import Mesh, refined
from ustress.model.habitat.verdict import Verdict, blanked, judge


@dataclass(frozen=True, eq=False)
class CrossEquilibrium:
    """A solved economy with cross-maturity demand; a refused one raises when asked for curves.

    It is no `Curves`: `supply_response` and `lead_response` know own-price slopes only.

    Attributes:
        habitat: the economy; its slope is the own-price part.
        kernel: what cross-maturity demand adds.
        operator: the whole kernel (N, N) on log prices at the mesh's nodes.
        curves: M and k with the curves they imply.
        verdict: status, residual and the words for them.
    """

    habitat: Habitat
    kernel: Kernel
    operator: Floats
    curves: Curves
    verdict: Verdict

    @property
    def status(self) -> SolveStatus:
        """How the solve ended."""
        return self.verdict.status

    @property
    def ok(self) -> bool:
        """Whether the solution may be used."""
        return self.status is SolveStatus.OK

    @property
    def message(self) -> str:
        """What the status means here, and what to do."""
        return self.verdict.message

    @property
    def M(self) -> Floats:  # noqa: N802 - symbol of the literature
        """The matrix (n, n), per year."""
        return self.curves.M

    def usable(self) -> Curves:
        """The curves, unless the solve was refused.

        Raises:
            CannotError: with the message of the status.
        """
        if self.verdict.refused:
            raise CannotError(self.message)
        return self.curves

    def A(self, tau: ArrayLike) -> Floats:  # noqa: N802
        """Loadings of -log P on the states (tau, n)."""
        return self.usable().A(tau)

    def C(self, tau: ArrayLike) -> Floats:  # noqa: N802
        """Constant of -log P (tau,)."""
        return self.usable().C(tau)

    def yields(self, q: ArrayLike, tau: ArrayLike) -> Floats:
        """Zero-coupon yields (tau,), continuously compounded, decimal, at states q (n,)."""
        return self.usable().yields(q, tau)

    def term_premium(self, q: ArrayLike, tau: ArrayLike) -> Floats:
        """Yield less the expected mean short rate to maturity, decimal (tau,)."""
        return self.usable().term_premium(q, tau)


def solve_cross(habitat: Habitat, kernel: Kernel) -> CrossEquilibrium:
    """The equilibrium with `kernel` added to the habitat's own slope.

    Never raises for an economy without equilibrium: look at `ok`, `status` and `message`.

    Raises:
        BadInputError: if the kernel is not finite or demand would rise with its own price.
    """
    own, fine = habitat.mesh, refined(habitat.mesh)
    p, check = habitat.primitives, habitat.on(fine)
    K, K_fine = kernel.matrix(habitat, own), kernel.matrix(habitat, fine)
    with np.errstate(all="ignore"):
        d = np.asarray(units(p, own))
        scaled = rescale(p, d)
        found = follow(lambda M: demand_risk(M, scaled, K, own), scaled.G.T)
        M = unscale(found.M, d)
        k = _premium(M, p, K, own)
        gap = np.abs(found.M - scaled.G.T + demand_risk(found.M, rescale(check, d), K_fine, fine))
        moved = _ten_year(M, own) @ (_premium(M, check, K_fine, fine) - k)
    verdict = judge(M, d, found.reached, max(float(gap.max()), abs(float(moved))), own)
    if blanked(verdict):
        M, k = np.full_like(M, np.nan), np.full_like(k, np.nan)
    return CrossEquilibrium(habitat, kernel, K, Curves(M, k, p, own), verdict)


def demand_risk(M: Floats, p: Primitives, K: Floats, own: Mesh) -> Floats:
    """Demand risk a { int [Theta - K A] A' du } V (..., n, n), K the operator on log prices."""
    A = sample(slopes(M), p.width, own.panels, own.points)
    held = (p.theta - K @ A) * p.weights[:, None]
    return np.asarray(p.a * (held.swapaxes(-1, -2) @ A @ p.V))


def cross_response(
    equilibrium: CrossEquilibrium,
    profile: Profile,
    half_life_years: float | None = None,
    tau: ArrayLike = 10.0,
    gdp_usdbn: float = GDP_2025_USDBN,
) -> Floats:
    """Change of yields, bp per $100bn more supply; arguments and errors as `supply_response`.

    dC = J'kappa e^{-eta t} with (I + a V int A (K J)' du) kappa = a V int A dtheta0 du.
    """
    decay, curves = decay_rate(half_life_years), equilibrium.usable()
    p, n, grid = curves.primitives, curves.M.shape[-1], curves.maturities(tau)
    force = p.a * (p.V @ (profile.weight @ curves.A(profile.tau)))
    lean = _feedback(curves.M, p, equilibrium.operator, curves.mesh, decay)
    kappa = np.linalg.solve(lean, force)
    J = at(decayed(curves.M, decay), grid)[:, :n]
    move = J @ kappa / grid * (BP * AMOUNT_USDBN / gdp_usdbn)
    return np.asarray(move[0] if np.ndim(tau) == 0 else move)


def _feedback(M: Floats, p: Primitives, K: Floats, own: Mesh, decay: float = 0.0) -> Floats:
    """I + a V int A (K J)' du (n, n)."""
    n = M.shape[-1]
    z = sample(decayed(M, decay), p.width, own.panels, own.points)
    leaning = (p.weights[:, None] * z[:, n:]).T @ (K @ z[:, :n])
    return np.asarray(np.eye(n) + p.a * (p.V @ leaning))


def _premium(M: Floats, p: Primitives, K: Floats, own: Mesh) -> Floats:
    """The vector k (n,)."""
    if not np.all(np.isfinite(M)):
        return np.full(M.shape[0], np.nan)
    A = sample(slopes(M), p.width, own.panels, own.points)
    c0 = constant(np.zeros(M.shape[0]), gram_at(M, own.nodes), p)
    held = (p.weights * (p.theta0 - K @ c0)) @ A
    return np.asarray(np.linalg.solve(_feedback(M, p, K, own), p.a * (p.V @ held)))


def _ten_year(M: Floats, own: Mesh) -> Floats:
    """What a change of k does to the ten-year yield: int A / tau (n,)."""
    ten = np.array([min(10.0, own.horizon_years)])
    return np.asarray(at(decayed(M), ten)[0, : M.shape[0]] / ten)
