"""The constants of two countries: premium k and the level of the exchange rate, one linear system.

    C_H' = A_H'(G qbar + k) - A_H'V A_H / 2,   C_F' the same with A_F, less A_F'V A_e;
    k = a V [sum_j int A_j (theta_j0 - alpha_j C_j) + A_e (theta_e0 - alpha_e C_e)],
    A_e'(G qbar + k) = A_e'V A_e / 2.

The last line is the currency's own first-order condition: a stationary exchange rate does not
drift, so its premium on average pays the mean rate difference. It fixes A_e'k, and C_e adjusts
until traders hold what is left, which needs a alpha_e > 0.
"""

from __future__ import annotations

import numpy as np

from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.dollar.equations import FOREIGN, Levels, currency_loading, integrated
from ustress.model.habitat.dollar.problem import World
from ustress.model.habitat.exponential import at, sample
from ustress.model.habitat.gram import gram_at
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.quadrature import Mesh


def solve_levels(M: Floats, world: World, mesh: Mesh) -> Levels:
    """The levels k (n,) and C_e; `world` must have a alpha_e > 0."""
    p, A_e = world.home, currency_loading(M)
    held = world.theta_e0 * A_e
    for country, market in enumerate((world.home, world.foreign)):
        own = sample(integrated(M, country), market.width, mesh.panels, mesh.points)
        c0 = _at_zero_premium(M, country, world, mesh.nodes)
        held = held + (mesh.weights * (market.theta0 - market.alpha * c0)) @ own[:, M.shape[0] :]
    fixed = 0.5 * A_e @ p.V @ A_e - A_e @ p.G @ world.qbar
    return solve_system(M, world, mesh, p.a * (p.V @ held), float(fixed))


def solve_system(
    M: Floats, world: World, mesh: Mesh, force: Floats, fixed: float, decay: float = 0.0
) -> Levels:
    """The k (n,) and C_e that answer a `force` (n,) which decays at a rate per year.

    (I + a V sum_j int alpha_j A_j J_j') k + a V A_e alpha_e C_e = force,
    A_e'k - decay C_e = fixed: an exchange rate off its mean by -C_e e^{-decay t} drifts back.
    """
    n, p = M.shape[0], world.home
    A_e = currency_loading(M)
    lean = world.alpha_e * A_e
    own = np.eye(n)
    for country, market in enumerate((world.home, world.foreign)):
        own = own + p.a * (p.V @ _leaning(M, country, market, mesh, decay))
    system = np.block([[own, (p.a * (p.V @ lean))[:, None]], [A_e[None, :], -decay]])
    found = np.linalg.solve(system, np.append(force, fixed))
    return Levels(np.asarray(found[:n], np.float64), float(found[n]))


def _leaning(M: Floats, country: int, p: Primitives, mesh: Mesh, decay: float) -> Floats:
    """How habitats lean: int alpha_j A_j J_j' du (n, n)."""
    n = M.shape[0]
    z = sample(integrated(M, country, decay), p.width, mesh.panels, mesh.points)
    return np.asarray(((p.weights * p.alpha)[:, None] * z[:, n:]).T @ z[:, :n])


def constants(M: Floats, k: Floats, country: int, world: World, tau: Floats) -> Floats:
    """C_j (t,) from k at any maturities."""
    lever = at(integrated(M, country), tau)[:, : M.shape[0]]
    return np.asarray(_at_zero_premium(M, country, world, tau) + lever @ k)


def _at_zero_premium(M: Floats, country: int, world: World, tau: Floats) -> Floats:
    """C_j (t,) at k = 0: drift of the rates, convexity, and abroad the covariance with e."""
    p, n = world.home, M.shape[0]
    lever = at(integrated(M, country), tau)[:, :n]
    pull = p.G @ world.qbar
    if country == FOREIGN:
        pull = pull - p.V @ currency_loading(M)
    return np.asarray(lever @ pull - 0.5 * _convexity(M, country, p.V, tau))


def _convexity(M: Floats, country: int, V: Floats, tau: Floats) -> Floats:
    """int_0^tau A_j'V A_j du (t,); the country's short rate is put first, where `gram` wants it."""
    n = M.shape[0]
    order = np.r_[country, np.delete(np.arange(n), country)]
    swap = np.ix_(order, order)
    gram = gram_at(M[swap], tau)[..., :n, :n]
    return np.asarray((gram * V[swap]).sum((-2, -1)))
