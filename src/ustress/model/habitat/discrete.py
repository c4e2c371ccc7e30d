"""The model in discrete time: a second route to the same equilibrium, first order in its step.

With periods of h years and bonds of maturities h, 2h .. T, arbitrageurs trade off mean and
variance of next period's log return. The slopes obey A_j = A_{j-1} + h (E - M A_{j-1}) with

    M = G' - a h sum_j [Theta_j - alpha_j A_j] A_{j-1}' V,

and the constants C_j = C_{j-1} + h [A_{j-1}'(G rbar E + k) - A_{j-1}'V A_{j-1} / 2] with
k = a V h sum_j A_{j-1} (theta0_j - alpha_j C_j). Nothing is shared with the continuous solver:
no quadrature, exponential or Newton step of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import CannotError
from ustress.model.habitat.arrays import Floats

Function = Callable[[Floats], ArrayLike]


@dataclass(frozen=True, eq=False)
class DiscreteEconomy:
    """The primitives on the grid of maturities h, 2h .. T.

    Attributes:
        G: (n, n) reversion per year.
        V: (n, n) variance per year.
        a: risk aversion.
        rbar: mean short rate.
        alpha: (N,) demand slope.
        theta: (N, n) loadings, the short rate's zero.
        theta0: (N,) intercept.
        h: the period, years.
    """

    G: Floats
    V: Floats
    a: float
    rbar: float
    alpha: Floats
    theta: Floats
    theta0: Floats
    h: float


@dataclass(frozen=True, eq=False)
class DiscreteSolution:
    """M (n, n), k (n,), and A (N + 1, n), C (N + 1,) at maturities 0, h .. T."""

    M: Floats
    k: Floats
    A: Floats
    C: Floats


def solve_discrete(economy: DiscreteEconomy, ramps: int = 8) -> DiscreteSolution:
    """The equilibrium by raising risk aversion in `ramps` steps, each a root found by scipy.

    Raises:
        CannotError: if a root is not found.
    """
    from scipy.optimize import root

    n = economy.G.shape[0]
    M = economy.G.T.copy()
    for s in np.linspace(0.0, 1.0, ramps + 1)[1:]:
        found = root(_flat_gap, M.ravel(), args=(economy, float(s)), tol=1e-13)
        if np.abs(found.fun).max() > 1e-9:
            raise CannotError("the discrete recursion found no equilibrium; lower risk aversion")
        M = found.x.reshape(n, n)
    A = _slopes(M, economy)
    k, C = _constants(A, economy)
    return DiscreteSolution(M, k, A, C)


def _slopes(M: Floats, economy: DiscreteEconomy) -> Floats:
    n = M.shape[0]
    A = np.zeros((economy.alpha.size + 1, n))
    for j in range(1, A.shape[0]):
        A[j] = A[j - 1] + economy.h * (np.eye(n)[0] - M @ A[j - 1])
    return A


def _flat_gap(x: Floats, economy: DiscreteEconomy, s: float) -> Floats:
    M = x.reshape(economy.G.shape)
    A = _slopes(M, economy)
    held = economy.theta - economy.alpha[:, None] * A[1:]
    risk = s * economy.a * economy.h * (held.T @ A[:-1]) @ economy.V
    return np.asarray(M - economy.G.T + risk).ravel()


def _constants(A: Floats, economy: DiscreteEconomy) -> tuple[Floats, Floats]:
    before = A[:-1]
    convexity = 0.5 * np.einsum("ji,ik,jk->j", before, economy.V, before)
    drift = economy.rbar * before @ economy.G[:, 0] - convexity
    c0 = economy.h * np.cumsum(drift)
    lever = economy.h * np.cumsum(before, axis=0)
    scale = economy.a * economy.h * economy.V
    force = scale @ (before.T @ (economy.theta0 - economy.alpha * c0))
    own = np.eye(A.shape[1]) + scale @ (before.T @ (economy.alpha[:, None] * lever))
    k = np.asarray(np.linalg.solve(own, force), np.float64)
    return k, np.asarray(np.append(0.0, c0 + lever @ k))
