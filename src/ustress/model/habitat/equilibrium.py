"""One economy solved: `solve(Habitat(...))` and the frozen result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import jax
import numpy as np

from ustress.core.errors import CannotError
from ustress.core.status import SolveStatus
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.constants import supply_premium
from ustress.model.habitat.continuation import solve_slopes
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.fixed_point import units
from ustress.model.habitat.problem import Habitat, Primitives
from ustress.model.habitat.quadrature import Mesh, refined
from ustress.model.habitat.verdict import Verdict, blanked, judge, true_residual

_solve_one = partial(jax.jit, static_argnums=(2, 3))(solve_slopes)

FACTOR_LIMIT = 64.0
FACTOR_ERROR = 1e-3


@dataclass(frozen=True, eq=False)
class Equilibrium(Curves):
    """A solved economy; curves of one that is refused raise, an explosive one only says so.

    Attributes:
        habitat: the economy.
        verdict: status, residuals and the words for them.
    """

    habitat: Habitat
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

    @cached_property
    def fragility(self) -> Fragility:
        """The distance to non-existence."""
        return Fragility(self)

    def check_usable(self) -> None:
        """Refuse curves where there is no solution.

        Raises:
            CannotError: with the message of the status.
        """
        if self.verdict.refused:
            raise CannotError(self.message)


@dataclass(frozen=True, eq=False)
class Fragility:
    """How far an equilibrium is from having none."""

    equilibrium: Equilibrium

    @property
    def smallest_eigenvalue(self) -> float:
        """The smallest real part of M's eigenvalues, per year."""
        return self.equilibrium.verdict.smallest_eigenvalue

    @cached_property
    def risk_aversion_factor(self) -> float:
        """The factor on risk aversion at which `ok` ends, to 0.1 %; inf if not up to 64.

        Found by bracketing and bisection, each trial a full solve.
        """
        return _factor_at_end(self.equilibrium)


def _factor_at_end(equilibrium: Equilibrium) -> float:
    habitat = equilibrium.habitat

    def ok(factor: float) -> bool:
        return solve(replace(habitat, risk_aversion=factor * habitat.risk_aversion)).ok

    low, high = (1.0, 2.0) if equilibrium.ok else (0.0, 1.0)
    while equilibrium.ok and ok(high):
        low, high = high, 2 * high
        if high > FACTOR_LIMIT:
            return float("inf")
    while high - low > FACTOR_ERROR * high:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if ok(middle) else (low, middle)
    return 0.5 * (low + high)


def _premium(M: Floats, p: Primitives, mesh: Mesh) -> Floats:
    """The constants' drift; NaN where supply's feedback on itself is singular."""
    try:
        return np.asarray(supply_premium(M, p, mesh))
    except np.linalg.LinAlgError:
        return np.full(M.shape[-1], np.nan)


def solve(habitat: Habitat) -> Equilibrium:
    """The equilibrium that continues the one without risk aversion.

    Never raises for an economy without equilibrium: look at `ok`, `status` and `message`.
    """
    mesh, p, fine = habitat.mesh, habitat.primitives, refined(habitat.mesh)
    with np.errstate(all="ignore"):
        d = units(p, mesh)
        found: Any = _solve_one(p, d, mesh.panels, mesh.order)
        M = np.asarray(found.M)
        k = _premium(M, p, mesh)
        gap = float(true_residual((p, mesh), (habitat.on(fine), fine), d, M))
        # Without constants there is no curve: refused like a residual that stays.
        gap = gap if np.isfinite(k).all() or not np.isfinite(M).all() else float("inf")
    verdict = judge(M, d, float(found.reached), gap, mesh)
    if blanked(verdict):
        M, k = np.full_like(M, np.nan), np.full_like(k, np.nan)
    return Equilibrium(M, k, p, mesh, habitat, verdict)
