"""Two countries against routes that share nothing with their solver."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad_vec, solve_ivp
from scipy.linalg import expm

from model.habitat.two_countries import intercept, loading, slope, uneven
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.dollar import DollarEquilibrium, bond_response, solve_dollar
from ustress.model.habitat.profile import density

E = np.eye(5)[:2]
STATES = np.random.default_rng(5).normal(size=(4, 5)) * [0.02, 0.02, 0.5, 0.5, 0.5]
MATURITIES = (0.5, 2.0, 10.0, 29.0)
WORLD = uneven()


def alphas(tau: float) -> Floats:
    return np.array([slope(np.array(tau)), 0.6 * np.exp(-0.2 * tau)])


def loadings(tau: float) -> Floats:
    both = np.zeros((2, 5))
    both[0, 2] = both[1, 3] = loading(np.array(tau))
    return both


THETA_E = np.array([0.0, 0.0, 0.01, -0.02, 0.02])


def test_fixed_point_by_adaptive_quadrature() -> None:
    """Second route: scipy's matrix exponential and adaptive quadrature reproduce M."""
    found, p = solve_dollar(WORLD), WORLD.habitats[0].primitives
    assert found.verdict.residual < 1e-9

    def slopes(tau: float) -> Floats:
        generator = np.zeros((7, 7))
        generator[:5, :5], generator[:5, 5:] = -found.M, E.T
        return np.asarray(expm(generator * tau)[:5, 5:].T)

    def integrand(tau: float) -> Floats:
        A = slopes(tau)
        return np.asarray((loadings(tau) - alphas(tau)[:, None] * A).T @ A)

    held, _ = quad_vec(integrand, 0.0, 30.0, epsabs=1e-11, epsrel=1e-11)
    A_e = np.linalg.solve(found.M, E[0] - E[1])
    held = held + np.outer(THETA_E - 0.3 * A_e, A_e)
    np.testing.assert_allclose(p.G.T - 35.3 * held @ p.V, found.M, atol=1e-9)


def price_of_risk(found: DollarEquilibrium, q: Floats) -> Floats:
    """a V [sum_j int A_j X_j du + A_e X_e] at a state, from clearing, by adaptive quadrature."""
    V = WORLD.habitats[0].primitives.V

    def integrand(tau: float) -> Floats:
        A = np.stack([found.A_home(tau), found.A_foreign(tau)])
        log_price = -(A @ q) - [found.C_home(tau), found.C_foreign(tau)]
        held = alphas(tau) * log_price + float(intercept(np.array(tau))) + loadings(tau) @ q
        return np.asarray(held @ A)

    bonds, _ = quad_vec(integrand, 1e-9, 30.0, epsabs=1e-9, epsrel=1e-9)
    currency = 0.3 * found.log_exchange_rate(q) + 0.05 + THETA_E @ q
    return np.asarray(35.3 * V @ (bonds + currency * found.A_e))


def test_first_order_conditions_hold_in_discrete_time() -> None:
    """Second route: expected returns of lognormal prices over a short step, its limit taken by
    Richardson's extrapolation, equal the price of risk; the currency's covariance comes from the
    product of prices and not from Ito's formula.
    """
    found = solve_dollar(WORLD)
    for q in STATES[:2] + found.steady_state():
        lam = price_of_risk(found, q)
        for tau in MATURITIES:
            loads = np.stack([found.A_home(tau), found.A_foreign(tau), found.A_e])
            np.testing.assert_allclose(excess_returns(found, q, tau), loads @ lam, atol=1e-8)


def excess_returns(found: DollarEquilibrium, q: Floats, tau: float) -> Floats:
    """Of the home bond, of the foreign bond over foreign bills, of the currency, per year."""
    coarse, middle, fine = (_over_step(found, q, tau, h) for h in (4e-3, 2e-3, 1e-3))
    first = 2 * middle - coarse, 2 * fine - middle
    return (4 * first[1] - first[0]) / 3


def _over_step(found: DollarEquilibrium, q: Floats, tau: float, h: float) -> Floats:
    p = WORLD.habitats[0].primitives
    mean, variance = q - h * p.G @ (q - found.steady_state()), h * p.V

    def expected(load: Floats, constant: float) -> float:
        """Log of the mean of exp(-(load'q' + constant)) over the next state."""
        return float(-(load @ mean + constant) + 0.5 * load @ variance @ load)

    now = np.stack([found.A_home(tau), found.A_foreign(tau)]) @ q
    now = now + np.array([found.C_home(tau), found.C_foreign(tau)])
    A_H, A_F = found.A_home(tau - h), found.A_foreign(tau - h)
    home = expected(A_H, float(found.C_home(tau - h))) + now[0]
    log_e = found.log_exchange_rate(q)
    both = expected(A_F + found.A_e, float(found.C_foreign(tau - h)) + found.C_e) + now[1] - log_e
    money = expected(found.A_e, found.C_e) - log_e
    return np.array(
        [
            np.expm1(home) - np.expm1(h * q[0]),
            np.exp(both) - np.exp(money + h * q[1]),
            np.exp(money + h * q[1]) - np.exp(h * q[0]),
        ]
    ) / h  # fmt: skip


def test_curves_satisfy_their_differential_equations() -> None:
    """Second route: Runge-Kutta on slopes and constants of both countries."""
    found, p = solve_dollar(WORLD), WORLD.habitats[0].primitives
    for j, (A, C) in enumerate([(found.A_home, found.C_home), (found.A_foreign, found.C_foreign)]):
        pull = p.G @ found.steady_state() + found.k - (p.V @ found.A_e if j else 0.0)

        def change(_: float, z: Floats, unit: Floats = E[j], drift: Floats = pull) -> Floats:
            return np.append(unit - found.M @ z[:5], z[:5] @ drift - 0.5 * z[:5] @ p.V @ z[:5])

        path = solve_ivp(change, (0, 29), np.zeros(6), t_eval=MATURITIES, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(A(MATURITIES), path.y[:5].T, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(C(MATURITIES), path.y[5], rtol=1e-8, atol=1e-11)


def test_lasting_supply_is_the_change_of_the_solved_levels() -> None:
    """Second route: adding supply to home's intercept and solving again."""
    amount = 1e-3

    def extra(tau: Floats) -> Floats:
        return np.asarray(np.exp(-((tau - 10.0) ** 2) / 8))

    base = solve_dollar(WORLD)
    mesh = WORLD.mesh
    size = float(mesh.weights @ extra(mesh.nodes))
    more_home = type(WORLD.home)(
        slope, WORLD.home.loadings, lambda t: intercept(t) + amount / size * extra(t)
    )
    more = solve_dollar(uneven(home=more_home))
    q, tau = base.steady_state(), [2.0, 10.0, 30.0]
    said = bond_response(base, density(extra), "home", None, tau, gdp_usdbn=100.0 / amount)
    for got, by_solving in (
        (said.home_bp, more.yields_home(q, tau) - base.yields_home(q, tau)),
        (said.foreign_bp, more.yields_foreign(q, tau) - base.yields_foreign(q, tau)),
    ):
        np.testing.assert_allclose(got, 1e4 * by_solving, rtol=1e-7)
    weaker = more.log_exchange_rate(q) - base.log_exchange_rate(q)
    assert said.home_currency_pct == pytest.approx(-100 * weaker, rel=1e-8)
