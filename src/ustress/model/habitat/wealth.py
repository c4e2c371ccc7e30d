"""Risk aversion that rises with arbitrageurs' losses (after Kekre, Lenel and Mainardi).

Arbitrageurs with wealth w instead of w0 have

    a(w) = a0 (w / w0)^-elasticity,   loss = 1 - w / w0,

elasticity 1 being constant relative risk aversion. The equilibrium is solved at Chebyshev points
of log a, one batch, and M and k are interpolated by the polynomial through them; the error is
measured at points between, by solving there too. Each equilibrium takes its risk aversion as
lasting: arbitrageurs do not foresee that their wealth will move (theirs is the dynamic model).
"""

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
from ustress.model.habitat.profile import Profile, at_maturity

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
        return _risk_aversion(self.habitat, self.elasticity, given)

    def at(self, loss: ArrayLike) -> Curves:
        """Curves at a loss, or stacked over losses (L,): for `yields`, `supply_response` and so on.

        Raises:
            BadInputError: for a loss outside the range solved.
        """
        a = np.atleast_1d(self.risk_aversion(loss))
        if a.ndim != 1:
            raise BadInputError("loss must be a number or a list of numbers")
        found = _interpolated(self.grid, a)
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
    grid_a, between = _points(habitat, elasticity, losses, points)
    both = solve_many([replace(habitat, risk_aversion=float(a)) for a in (*grid_a, *between)])
    _refuse_unsolved(both, habitat, elasticity)
    on_grid = np.arange(len(both)) < grid_a.size
    grid, direct = both.choose(on_grid), both.choose(~on_grid)
    error = _measure(grid, direct, _losses_of(between, habitat, elasticity))
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


def _risk_aversion(habitat: Habitat, elasticity: float, loss: ArrayLike) -> Floats:
    return np.asarray(habitat.risk_aversion * (1 - np.asarray(loss, np.float64)) ** -elasticity)


def _losses_of(a: Floats, habitat: Habitat, elasticity: float) -> Floats:
    if elasticity == 0:
        return np.zeros_like(a)
    return np.asarray(1 - (a / habitat.risk_aversion) ** (-1 / elasticity))


def _points(
    habitat: Habitat, elasticity: float, losses: tuple[float, float], points: int
) -> tuple[Floats, Floats]:
    """Risk aversions to solve at, ends included, and those between for the error."""
    low, high = np.log(_risk_aversion(habitat, elasticity, losses))
    if high == low:
        return np.exp([low]), np.exp([low])
    angle = np.pi * (1 - np.arange(2 * points - 1) / (2 * points - 2))
    x = 0.5 * (low + high) + 0.5 * (high - low) * np.cos(angle)
    a = np.exp(x)
    a[[0, -1]] = _risk_aversion(habitat, elasticity, losses)
    return a[::2], a[1::2]


def _refuse_unsolved(solved: Draws, habitat: Habitat, elasticity: float) -> None:
    a = np.array([h.risk_aversion for h in solved.habitats])
    bad = np.flatnonzero(~solved.ok)
    if bad.size:
        first = bad[np.argmin(a[bad])]
        loss = float(_losses_of(a[first : first + 1], habitat, elasticity)[0])
        raise CannotError(
            f"no usable equilibrium at a loss of {100 * loss:.1f} % of wealth (risk aversion "
            f"{a[first]:.3g}): {solved.verdicts[first].message}"
        )


def _interpolated(grid: Draws, a: Floats) -> Curves:
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


def _measure(grid: Draws, direct: Draws, losses: Floats) -> InterpolationError:
    a = np.array([h.risk_aversion for h in direct.habitats])
    found = _interpolated(grid, a)
    mean = direct.steady_state()
    yields = found.yields(mean, MEASURED_AT) - direct.yields(mean, MEASURED_AT)
    share = 0.0
    for place in (2.0, 10.0):
        exact = supply_response(direct, at_maturity(place), None, MEASURED_AT)
        got = supply_response(found, at_maturity(place), None, MEASURED_AT)
        share = max(share, float(np.abs(got / exact - 1).max()))
    return InterpolationError(1e4 * float(np.abs(yields).max()), share, tuple(losses.tolist()))


def revaluation_loss(
    curves: Curves, q: ArrayLike, moved_q: ArrayLike, wealth_share_of_gdp: float
) -> float:
    """The share of wealth arbitrageurs lose when states jump from q to moved_q.

    They hold X = alpha log P + theta0 + Theta'q at q; log P changes by -A'(moved_q - q).

    Args:
        curves: one economy.
        q: states (n,) before.
        moved_q: states (n,) after.
        wealth_share_of_gdp: w0, above zero; positions are shares of GDP too.

    Raises:
        BadInputError: for wealth not above zero.
    """
    if not wealth_share_of_gdp > 0:
        raise BadInputError(f"wealth_share_of_gdp is {wealth_share_of_gdp}; expected above zero")
    p, nodes = curves.primitives, curves.mesh.nodes
    before = np.asarray(q, np.float64)
    A = curves.A(nodes)
    held = p.theta0 + p.theta @ before - p.alpha * (A @ before + curves.C(nodes))
    fall = A @ (np.asarray(moved_q, np.float64) - before)
    return float((p.weights * held) @ -np.expm1(-fall)) / wealth_share_of_gdp


__all__ = [
    "InterpolationError",
    "WealthEquilibria",
    "revaluation_loss",
    "solve_wealth",
]
