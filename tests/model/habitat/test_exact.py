"""Exact cases of the slow layer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import brentq

from model.habitat.economies import greenwood_vayanos, one_factor, rmb
from ustress.model.habitat import Habitat, solve, supply_response
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.profile import at_maturity


def kappa_star(a_alpha: float) -> float:
    """The root of the closed form for an infinite horizon, by bracketing."""
    kappa, s, delta = 0.125, 0.0146, 0.297

    def gap(x: float) -> float:
        return x - kappa - 2 * a_alpha * s**2 / (delta * (delta + x) * (delta + 2 * x))

    return float(brentq(gap, kappa, 10.0, xtol=1e-15))


@pytest.mark.parametrize(("a_alpha", "published"), [(35.3, 0.244205228), (100.0, 0.348620117)])
def test_one_factor_with_an_infinite_horizon(a_alpha: float, published: float) -> None:
    """Analytic limit: what is cut off beyond 200 years is e^-59."""
    found = solve(one_factor(a_alpha, horizon_years=200.0))
    assert found.ok
    assert found.M[0, 0] == pytest.approx(kappa_star(a_alpha), abs=1e-11)
    assert found.M[0, 0] == pytest.approx(published, abs=5e-10)


def test_without_risk_aversion_vasicek() -> None:
    """Analytic limit: closed forms of A and C, and the values stated with the model."""
    found = solve(one_factor(0.0))
    k, s, rbar, t = 0.125, 0.0146, 0.03, 10.0
    A = (1 - np.exp(-k * t)) / k
    C = rbar * (t - A) - s**2 / (2 * k**2) * (t - A) + s**2 * A**2 / (4 * k)
    assert found.A(t)[0] == pytest.approx(A, abs=1e-12)
    assert found.C(t) == pytest.approx(C, abs=1e-12)
    assert found.A(t)[0] == pytest.approx(5.707961625, abs=5e-10)
    assert found.C(t) == pytest.approx(0.113374500, abs=5e-10)


def test_without_risk_aversion_demand_moves_nothing() -> None:
    """Analytic limit: the expectations hypothesis up to convexity, demand factors idle."""
    found = solve(replace(rmb(), risk_aversion=0.0))
    tau = [0.5, 5.0, 30.0]
    np.testing.assert_array_equal(found.M, np.array(rmb().reversion).T)
    np.testing.assert_allclose(found.A(tau)[:, 2], 0.0, atol=1e-15)
    quiet = solve(replace(rmb(), risk_aversion=0.0, volatility=[0.0, 0.0, 1.0]))
    q = [0.05, 0.01, -0.4]
    np.testing.assert_allclose(quiet.term_premium(q, tau), 0.0, atol=1e-14)
    assert np.all(found.term_premium(q, tau) < 0.0)  # convexity lowers yields


def test_no_demand_slope_greenwood_vayanos() -> None:
    """Analytic limit: M22 solves the closed form, M21 and A_b(10) follow; values as stated."""
    found = solve(greenwood_vayanos())
    A = found.A([10.0])[0]
    assert found.M[0, 0] == pytest.approx(0.125, abs=1e-14)
    assert found.M[0, 1] == pytest.approx(0.0, abs=1e-14)
    assert found.M[1, 1] == pytest.approx(0.197002758, abs=5e-10)
    assert found.M[1, 0] == pytest.approx(-4.31663665e-4, abs=5e-13)
    assert A[1] == pytest.approx(0.0080320175, abs=5e-11)
    m21, m22, k = found.M[1, 0], found.M[1, 1], 0.125
    decay = (1 - np.exp(-m22 * 10.0)) / m22
    mixed = (np.exp(-k * 10.0) - np.exp(-m22 * 10.0)) / (m22 - k)
    assert A[1] == pytest.approx(-m21 / k * (decay - mixed), rel=1e-12)


def test_one_factor_response_does_not_depend_on_where_supply_lies() -> None:
    """Analytic limit: one factor gives one pattern; two give as many as there are places."""
    tau = [2.0, 5.0, 10.0, 30.0]

    def patterns(economy: Habitat) -> Floats:
        found = solve(economy)
        moves = [supply_response(found, at_maturity(x), None, tau) for x in (2.0, 10.0, 25.0)]
        return np.array([m / m[2] for m in moves])

    single = patterns(one_factor())
    np.testing.assert_allclose(single, single[[0, 0, 0]], rtol=1e-12)
    two = one_factor(
        reversion=[0.125, 0.3],
        volatility=[0.0146, 1.0],
        loadings=[lambda t: 0.006 * t * np.exp(-0.3 * t)],
    )
    several = patterns(two)
    assert np.ptp(several[:, 3]) > 0.02


def test_the_level_of_demand_enters_c_linearly_and_not_a() -> None:
    """Property: theta0 moves C in proportion and leaves M as it is."""
    none, once, thrice = (solve(rmb(theta0_level=x)) for x in (0.0, 0.1, 0.3))
    np.testing.assert_array_equal(none.M, thrice.M)
    tau = [1.0, 10.0, 30.0]
    step = once.C(tau) - none.C(tau)
    assert np.all(step > 0)
    np.testing.assert_allclose(thrice.C(tau) - none.C(tau), 3 * step, rtol=1e-10)


def test_m_depends_on_the_products_alone() -> None:
    """Property: with a alpha and a theta as primitives risk aversion drops out of M."""
    np.testing.assert_allclose(solve(rmb(a=4.0)).M, solve(rmb(a=400.0)).M, rtol=1e-9)


def test_units_of_a_factor_do_not_matter() -> None:
    """Property: a factor counted in thousandths gives the same yields."""
    plain, small = solve(rmb()), solve(rmb(sigma_b=1000.0, a_theta=3.27e-3))
    q, tau = np.array([0.04, 0.01, -0.3]), [1.0, 10.0, 30.0]
    np.testing.assert_allclose(
        small.yields(q * [1, 1, 1000.0], tau), plain.yields(q, tau), rtol=1e-9
    )
