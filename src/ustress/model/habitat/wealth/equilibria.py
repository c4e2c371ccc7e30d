"""Equilibria for every loss within a range."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError, CannotError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.draws import Draws, solve_many
from ustress.model.habitat.impact import supply_response
from ustress.model.habitat.problem import Habitat, Primitives
from ustress.model.habitat.profile import Profile
from ustress.model.habitat.wealth.grid import (
    InterpolationError,
    interpolated,
    losses_of,
    measure,
    points_between,
    risk_aversion_at,
)


@dataclass(frozen=True, eq=False)
class WealthEquilibria:
    """Equilibria of one economy for every loss of its arbitrageurs within a range.

    Attributes:
        habitat: the economy without losses.
        elasticity: of risk aversion in wealth, with its sign turned.
        losses: smallest and largest loss, shares of wealth; a gain is a negative loss.
        grid: the solved equilibria, in rising order of risk aversion.
        error: of the interpolation, as measured.
    """

    habitat: Habitat
    elasticity: float
    losses: tuple[float, float]
    grid: Draws
    error: InterpolationError

    def risk_aversion(self, loss: ArrayLike) -> Floats:
        """a(w) at losses (...).

        Raises:
            BadInputError: for a loss outside the range solved.
        """
        given = np.asarray(loss, np.float64)
        low, high = self.losses
        if not np.all((given >= low - 1e-12) & (given <= high + 1e-12)):
            raise BadInputError(f"loss is {loss!r}; expected {low:g} to {high:g}, as solved")
        return risk_aversion_at(self.habitat, self.elasticity, given)

    def at(self, loss: ArrayLike) -> Curves:
        """Curves at a loss, or stacked over losses (L,): for `yields`, `supply_response` and so on.

        Raises:
            BadInputError: for a loss outside the range solved.
        """
        a = np.atleast_1d(self.risk_aversion(loss))
        if a.ndim != 1:
            raise BadInputError("loss must be a number or a list of numbers")
        found = interpolated(self.grid, a)
        if np.ndim(loss):
            return found
        p = Primitives(*(x[0] for x in found.primitives))
        return Curves(found.M[0], found.k[0], p, found.mesh)

    def yields(self, q: ArrayLike, tau: ArrayLike, loss: ArrayLike = 0.0) -> Floats:
        """Zero-coupon yields, decimal: (tau,), or (L, tau) for a list of losses."""
        return self.at(loss).yields(q, tau)

    def supply_response(
        self,
        profile: Profile,
        half_life_years: float | None = None,
        tau: ArrayLike = 10.0,
        loss: ArrayLike = 0.0,
    ) -> Floats:
        """Change of yields, bp per $100bn more supply: (tau,), or (L, tau)."""
        return supply_response(self.at(loss), profile, half_life_years, tau)


def solve_wealth(
    habitat: Habitat,
    elasticity: float = 1.0,
    losses: tuple[float, float] = (0.0, 0.5),
    points: int = 9,
    tolerance_bp: float = 0.01,
    tolerance_share: float = 1e-4,
) -> WealthEquilibria:
    """The equilibria over a range of losses, interpolated, with the error measured.

    Args:
        habitat: the economy; its `risk_aversion` is a0, at no loss.
        elasticity: of a in wealth; 1 is constant relative risk aversion, 0 leaves a alone.
        losses: smallest and largest, shares of wealth, below 1.
        points: at which the equilibrium is solved.
        tolerance_bp: largest error allowed in mean yields.
        tolerance_share: largest relative error allowed in responses to supply.

    Raises:
        BadInputError: naming what is not allowed.
        CannotError: if there is no usable equilibrium somewhere in the range, saying from which
            loss on, or if the error is above a tolerance.
    """
    _check(habitat, elasticity, losses, points)
    grid_a, between = points_between(habitat, elasticity, losses, points)
    both = solve_many([replace(habitat, risk_aversion=float(a)) for a in (*grid_a, *between)])
    _refuse_unsolved(both, habitat, elasticity)
    on_grid = np.arange(len(both)) < grid_a.size
    grid, direct = both.choose(on_grid), both.choose(~on_grid)
    error = measure(grid, direct, losses_of(between, habitat, elasticity))
    if error.yields_bp > tolerance_bp or error.response_share > tolerance_share:
        raise CannotError(
            f"interpolation over wealth is off by {error.yields_bp:.2g} bp and "
            f"{error.response_share:.2g} of the response; allowed {tolerance_bp:g} bp and "
            f"{tolerance_share:g}: raise points or narrow the range of losses"
        )
    return WealthEquilibria(habitat, elasticity, losses, grid, error)


def _check(habitat: Habitat, elasticity: float, losses: tuple[float, float], points: int) -> None:
    low, high = losses
    if not (np.isfinite(low) and low <= high < 1):
        raise BadInputError(f"losses is {losses}; expected two rising shares below 1")
    if not (np.isfinite(elasticity) and elasticity >= 0):
        raise BadInputError(f"elasticity is {elasticity}; expected zero or more")
    if points < 2:
        raise BadInputError(f"points is {points}; expected at least two")
    if not habitat.risk_aversion > 0:
        raise BadInputError("risk_aversion is zero; expected a number above zero to scale")


def _refuse_unsolved(solved: Draws, habitat: Habitat, elasticity: float) -> None:
    a = np.array([h.risk_aversion for h in solved.habitats])
    bad = np.flatnonzero(~solved.ok)
    if bad.size:
        first = bad[np.argmin(a[bad])]
        loss = float(losses_of(a[first : first + 1], habitat, elasticity)[0])
        raise CannotError(
            f"no usable equilibrium at a loss of {100 * loss:.1f} % of wealth (risk aversion "
            f"{a[first]:.3g}): {solved.verdicts[first].message}"
        )
