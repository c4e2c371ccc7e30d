"""Loadings, constants, yields and premia of solved economies: one, or a stack of draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.constants import constant
from ustress.model.habitat.exponential import at, slopes
from ustress.model.habitat.gram import gram_at
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.quadrature import Mesh


@dataclass(frozen=True, eq=False)
class Curves:
    """What M and k imply; every array may carry a leading axis of draws (D).

    Attributes:
        M: (..., n, n), per year.
        k: (..., n), the premium that supply adds to the drift of the states.
        primitives: the arrays the solution belongs to.
        mesh: the quadrature.
    """

    M: Floats
    k: Floats
    primitives: Primitives
    mesh: Mesh

    def check_usable(self) -> None:
        """Refuse curves of a solution that is none; draws carry NaN instead."""

    def A(self, tau: ArrayLike) -> Floats:  # noqa: N802 - symbol of the literature
        """Loadings of -log P on the states (..., tau, n), tau in years, 0 < tau <= T."""
        self.check_usable()
        return _shape(at(slopes(self.M), self.maturities(tau)), tau, -2)

    def C(self, tau: ArrayLike) -> Floats:  # noqa: N802 - symbol of the literature
        """Constant of -log P (..., tau)."""
        self.check_usable()
        gram = gram_at(self.M, self.maturities(tau))
        return _shape(constant(self.k, gram, self.primitives), tau, -1)

    def yields(self, q: ArrayLike, tau: ArrayLike) -> Floats:
        """Zero-coupon yields (A'q + C)/tau, continuously compounded, decimal per year.

        Args:
            q: states (..., n): r and the factors; for draws (n,) or (D, n).
            tau: maturities in years.
        """
        grid = self.maturities(tau)
        log_price = (self.A(grid) * _states(q, self.M.shape[-1])[..., None, :]).sum(-1)
        return _shape((log_price + self.C(grid)) / grid, tau, -1)

    def expected_short_rate(self, q: ArrayLike, tau: ArrayLike) -> Floats:
        """Mean of the short rate over the next tau years, decimal; shapes as in `yields`."""
        p, grid = self.primitives, self.maturities(tau)
        n = self.M.shape[-1]
        gap = _states(q, n) - p.rbar[..., None] * np.eye(n)[0]
        path = (at(slopes(np.swapaxes(p.G, -1, -2)), grid) * gap[..., None, :]).sum(-1)
        return _shape(p.rbar[..., None] + path / grid, tau, -1)

    def term_premium(self, q: ArrayLike, tau: ArrayLike) -> Floats:
        """Yield less the expected mean short rate to maturity, decimal; shapes as in `yields`."""
        return self.yields(q, tau) - self.expected_short_rate(q, tau)

    def steady_state(self) -> Floats:
        """The states' mean rbar E (..., n)."""
        return np.asarray(self.primitives.rbar[..., None] * np.eye(self.M.shape[-1])[0])

    def maturities(self, tau: ArrayLike) -> NDArray[np.float64]:
        """Maturities as an array (t,).

        Raises:
            BadInputError: if one is outside (0, T].
        """
        grid = np.atleast_1d(np.asarray(tau, dtype=np.float64))
        T = self.mesh.horizon_years
        if grid.ndim != 1 or not np.all((grid > 0) & (grid <= T * (1 + 1e-12))):
            raise BadInputError(
                f"tau is {tau!r}; expected maturities above 0 and at most {T:g} years"
            )
        return grid


def _states(q: ArrayLike, n: int) -> Floats:
    states = np.asarray(q, dtype=np.float64)
    if states.ndim == 0 or states.shape[-1] != n:
        raise BadInputError(f"q has shape {states.shape}; expected {n} states in its last axis")
    return states


def _shape(values: Floats, tau: ArrayLike, axis: int) -> Floats:
    """Drop the axis of maturities where a single one was asked for."""
    return np.asarray(values.take(0, axis=axis) if np.ndim(tau) == 0 else values)
