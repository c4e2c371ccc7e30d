"""The solver against routes that share nothing with it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad_vec, solve_ivp
from scipy.linalg import expm

from model.habitat.economies import RMB, rmb
from ustress.model.habitat import solve
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.discrete import DiscreteEconomy, solve_discrete
from ustress.model.habitat.state_rmb import slope_shape, supply_shape


def discrete(periods: int) -> Floats:
    p, h = rmb().primitives, 30.0 / periods
    tau = h * np.arange(1, periods + 1)
    theta = np.zeros((periods, 3))
    theta[:, 2] = RMB["a_theta"] / RMB["a"] * supply_shape(tau)
    alpha = RMB["a_alpha"] / RMB["a"] * slope_shape(tau)
    theta0 = RMB["theta0_level"] * supply_shape(tau)
    found = solve_discrete(
        DiscreteEconomy(p.G, p.V, RMB["a"], RMB["rbar"], alpha, theta, theta0, h)
    )
    third = periods // 3
    return np.concatenate([found.M.ravel(), found.A[third], [found.C[third]]])


def test_discrete_recursion_converges_at_first_order() -> None:
    """Convergence order: halving the period halves the distance; the limit is the solver's."""
    exact = solve(rmb())
    want = np.concatenate([exact.M.ravel(), exact.A(10.0), [exact.C(10.0)]])
    coarse, middle, fine = (discrete(n) for n in (180, 360, 720))
    errors = [np.abs(x - want).max() for x in (coarse, middle, fine)]
    order = np.log2(np.array(errors[:-1]) / errors[1:])
    np.testing.assert_allclose(order, 1.0, atol=0.06)
    # Richardson's extrapolation removes the first order, so its error must be far smaller.
    first = 2 * fine - middle
    assert np.abs(first - want).max() < 0.03 * errors[-1]


def test_fixed_point_by_adaptive_quadrature() -> None:
    """Second route: scipy's matrix exponential and adaptive quadrature reproduce M."""
    found, p = solve(rmb()), rmb().primitives
    generator = np.zeros((4, 4))
    generator[:3, :3], generator[0, 3] = -found.M, 1.0

    def integrand(tau: float) -> Floats:
        A = expm(generator * tau)[:3, 3]
        theta = np.array([0.0, 0.0, RMB["a_theta"] / RMB["a"] * supply_shape(tau)])
        alpha = RMB["a_alpha"] / RMB["a"] * slope_shape(tau)
        return np.outer(theta - alpha * A, A)

    W, _ = quad_vec(integrand, 0.0, 30.0, epsabs=1e-11, epsrel=1e-11)
    np.testing.assert_allclose(p.G.T - RMB["a"] * W @ p.V, found.M, atol=1e-9)


def test_curves_satisfy_their_differential_equations() -> None:
    """Second route: Runge-Kutta on A' = E - M A and C' = A'(G rbar E + k) - A'V A / 2."""
    found, p = solve(rmb()), rmb().primitives
    pull = p.rbar * p.G[:, 0] + found.k

    def slope(_: float, z: Floats) -> Floats:
        A = z[:3]
        return np.append(np.eye(3)[0] - found.M @ A, A @ pull - 0.5 * A @ p.V @ A)

    tau = [0.25, 2.0, 10.0, 30.0]
    path = solve_ivp(slope, (0, 30), np.zeros(4), t_eval=tau, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(found.A(tau), path.y[:3].T, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(found.C(tau), path.y[3], rtol=1e-9)


def test_clearing_holds_in_k() -> None:
    """Second route: k = a V int A (theta0 - alpha C) du by adaptive quadrature."""
    found, p = solve(rmb()), rmb().primitives

    def integrand(tau: float) -> Floats:
        alpha = RMB["a_alpha"] / RMB["a"] * slope_shape(tau)
        net = RMB["theta0_level"] * supply_shape(tau) - alpha * found.C(tau)
        return np.asarray(net * found.A(tau))

    total, _ = quad_vec(integrand, 1e-9, 30.0, epsabs=1e-9, epsrel=1e-9)
    np.testing.assert_allclose(RMB["a"] * p.V @ total, found.k, rtol=1e-7)


def test_expected_short_rate_by_simulation_of_the_mean() -> None:
    """Second route: Runge-Kutta on the mean of dq = -G (q - rbar E) dt."""
    found, p = solve(rmb()), rmb().primitives
    q = np.array([0.05, -0.01, 0.2])

    def slope(_: float, z: Floats) -> Floats:
        return np.append(-p.G @ (z[:3] - [RMB["rbar"], 0, 0]), z[0])

    path = solve_ivp(slope, (0, 10), np.append(q, 0.0), rtol=1e-11, atol=1e-13)
    assert found.expected_short_rate(q, 10.0) == pytest.approx(path.y[3, -1] / 10, rel=1e-9)
