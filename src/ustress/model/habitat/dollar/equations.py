"""The two-country equations: loadings, the fixed point in M, and the constants.

With E_H, E_F the unit vectors of the short rates and log e = -(A_e'q + C_e),

    A_j' + M A_j = E_j (j = H, F),   A_e = M^-1 (E_H - E_F),
    M = G' - a { sum_j int [Theta_j - alpha_j A_j] A_j' du + [Theta_e - alpha_e A_e] A_e' } V.

Signs: first-order conditions of max E[dW] - (a/2) Var[dW] in home currency, for home bonds, for
foreign bonds over foreign bills (whose home-currency return has the covariance A_F'V A_e of bond
and currency), and for foreign currency over home bills:

    mu_H - r_H = A_H'lambda,   mu_F + A_F'V A_e - r_F = A_F'lambda,   mu_e + r_F - r_H = A_e'lambda,
    lambda = a V [sum_j int A_j X_j du + A_e X_e],   X_j = -Z_j,   X_e = -Z_e,
    mu_e = A_e'G (q - qbar) + A_e'V A_e / 2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.dollar.problem import World
from ustress.model.habitat.exponential import Flow, at, sample
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.quadrature import Mesh

HOME, FOREIGN = 0, 1


def flow(M: Floats, country: int) -> Flow:
    """The flow of A_j (..., n): A' = E_j - M A."""
    unit = np.eye(M.shape[-1])[country]
    return Flow(-M, np.broadcast_to(unit, M.shape[:-1]))


def integrated(M: Floats, country: int, decay: float = 0.0) -> Flow:
    """The flow of (J, A_j) (2n), J(tau) = int_0^tau A_j(u) e^{-decay (tau - u)} du."""
    n = M.shape[-1]
    B = np.block([[-decay * np.eye(n), np.eye(n)], [np.zeros((n, n)), -M]])
    return Flow(B, np.concatenate([np.zeros(n), np.eye(n)[country]]))


def currency_loading(M: Floats) -> Floats:
    """A_e = M^-1 (E_H - E_F) (..., n)."""
    eye = np.eye(M.shape[-1])
    gap = np.broadcast_to((eye[HOME] - eye[FOREIGN])[:, None], (*M.shape[:-1], 1))
    return np.asarray(np.linalg.solve(M, gap)[..., 0])


def demand_risk(M: Floats, world: World, mesh: Mesh) -> Floats:
    """Demand risk a { sum_j int [..] A_j' du + [Theta_e - alpha_e A_e] A_e' } V (..., n, n)."""
    both = enumerate((world.home, world.foreign))
    held = sum(_held(M, country, p, mesh) for country, p in both)
    A_e = currency_loading(M)
    open_currency = world.theta_e - world.alpha_e * A_e
    held = held + open_currency[..., :, None] * A_e[..., None, :]
    return np.asarray(world.home.a * (held @ world.home.V))


def _held(M: Floats, country: int, p: Primitives, mesh: Mesh) -> Floats:
    A = sample(flow(M, country), p.width, mesh.panels, mesh.points)
    held = (p.theta - p.alpha[:, None] * A) * p.weights[:, None]
    return np.asarray(held.swapaxes(-1, -2) @ A)


def first_order_units(world: World, mesh: Mesh) -> Floats:
    """Units (n,) of the factors: the most they move a ten-year yield, or log e over ten years.

    To first order in a; short rates keep 1. They affect conditioning and residuals' scale only.
    """
    start = world.home.G.T
    with np.errstate(all="ignore"):
        change = -demand_risk(start, world, mesh)
        step = 1e-5 / (1.0 + np.abs(change).max())
        moved = (_ten_years(start + step * change, mesh) - _ten_years(start, mesh)) / step
    size = np.abs(moved).max(0)
    usable = np.isfinite(size) & (size > 1e-14) & (np.arange(size.size) > FOREIGN)
    return np.where(usable, size, 1.0)


def _ten_years(M: Floats, mesh: Mesh) -> Floats:
    ten = np.array([min(10.0, mesh.horizon_years)])
    bonds = [at(flow(M, country), ten)[0] for country in (HOME, FOREIGN)]
    return np.asarray(np.stack([*bonds, currency_loading(M)]) / ten[0])


def rescale(world: World, d: Floats) -> World:
    """The same world with factors measured in units `d` (n,): states d q."""

    def scaled(p: Primitives) -> Primitives:
        return p._replace(
            G=d[:, None] * p.G / d, V=d[:, None] * p.V * d, theta=p.theta / d
        )  # fmt: skip

    return world._replace(
        home=scaled(world.home), foreign=scaled(world.foreign), qbar=world.qbar * d,
        theta_e=world.theta_e / d,
    )  # fmt: skip


class Levels(NamedTuple):
    """k (n,) and C_e: the constants' premium and the mean of -log e at q = 0."""

    k: Floats
    C_e: float
