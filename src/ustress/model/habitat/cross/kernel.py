"""Cross-maturity demand: habitats that answer prices at other maturities (Jansen, Li, Schmid).

The demand slope becomes a kernel over pairs of maturities,

    Z(tau) = - int alpha(tau, u) log P(u) du - beta(tau),
    alpha(tau, u) = [slope(tau) + diagonal(tau)] delta(tau - u) + cross(tau, u),

with `slope` the habitat's own. What arbitrageurs hold follows, and with it

    M = G' - a { int [Theta(tau) - int alpha(tau, u) A(u) du] A(tau)' dtau } V,
    k = a V int A(tau) [theta0(tau) - int alpha(tau, u) C(u) du] dtau     (linear in k).

cross(tau, u) < 0 says that a higher price at u raises demand at tau: substitution.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.problem import Curve, Habitat
from ustress.model.habitat.quadrature import Mesh, mesh

LEAST_EIGENVALUE = -1e-9
"""Relative to the largest: below it, demand would rise with its own price somewhere."""


@dataclass(frozen=True, eq=False)
class Kernel:
    """What cross-maturity demand adds to a habitat's own slope.

    Attributes:
        diagonal: added to alpha(tau); a function, a grid (tau, values), or a constant.
        cross: alpha(tau, u) off the diagonal, per year of maturity: a NumPy function of two
            arrays that broadcast, smooth on the scale of a year; None for none.
    """

    diagonal: Curve = 0.0
    cross: Callable[[Floats, Floats], ArrayLike] | None = None

    def matrix(self, habitat: Habitat, target: Mesh) -> Floats:
        """The operator (N, N) on log prices at a mesh's nodes, own slope included.

        Raises:
            BadInputError: if a value is not finite or the shape is not one value a pair, or if
                the symmetric part has a negative eigenvalue (demand would rise with price).
        """
        tau = target.nodes
        own = habitat.on(target).alpha + habitat._sample(self.diagonal, "diagonal", target)
        found = np.diag(own)
        if self.cross is not None:
            values = np.asarray(self.cross(tau[:, None], tau[None, :]), np.float64)
            if values.shape not in ((), (tau.size, tau.size)) or not np.all(np.isfinite(values)):
                raise BadInputError(
                    f"cross returned shape {values.shape} or numbers not finite; expected one "
                    "finite value for each pair of maturities"
                )
            found = found + values * target.weights
        _check_law_of_demand(found, target)
        return found


def _check_law_of_demand(operator: Floats, target: Mesh) -> None:
    root = np.sqrt(target.weights)
    even = operator * root[:, None] / root
    values = np.linalg.eigvalsh(0.5 * (even + even.T))
    if values[0] < LEAST_EIGENVALUE * max(values[-1], 0.0) or values[-1] < 0:
        raise BadInputError(
            f"the kernel's symmetric part has the eigenvalue {values[0]:.3g}: demand would rise "
            "with its own price along some pattern; expected none below zero"
        )


def switching(size: float, width_years: float = 3.0, decay: float = 0.3, T: float = 30.0) -> Kernel:
    """Relative-value investors who sell dear maturities and buy cheap ones nearby, DV01 for DV01.

    tau Z(tau) adds int psi(tau, u) [y(tau) - y(u)] du with the symmetric weight
    psi = size tau u e^{-decay (tau + u) / 2} exp(-(tau - u)^2 / (2 width^2)) / width: a parallel
    move of yields switches nothing. The form is assumed.

    Args:
        size: zero or more; share of GDP per unit of yield, year^-3.
        width_years: how far apart maturities are substitutes.
        decay: with which the weight falls with maturity, per year.
        T: the longest maturity.
    """
    if not (size >= 0 and width_years > 0 and np.isfinite(size)):
        raise BadInputError("switching: size must be zero or more and width_years above zero")

    def psi(tau: Floats, u: Floats) -> Floats:
        near = np.exp(-0.5 * ((tau - u) / width_years) ** 2) / width_years
        return np.asarray(size * tau * u * np.exp(-0.5 * decay * (tau + u)) * near)

    def diagonal(tau: Floats) -> Floats:
        grid = mesh(T, None, 16)
        return np.asarray(psi(tau[:, None], grid.nodes) @ grid.weights / tau**2)

    return Kernel(diagonal, lambda tau, u: -psi(tau, u) / (tau * u))
