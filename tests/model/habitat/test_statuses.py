"""What the solver says when there is nothing to solve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.habitat.economies import greenwood_vayanos, one_factor, rmb
from ustress.core.errors import CannotError
from ustress.core.status import SolveStatus
from ustress.model.habitat import solve
from ustress.model.habitat.arrays import Floats


def test_no_equilibrium_is_named_and_shows_no_number() -> None:
    """Analytic limit: beyond the fold of the closed form there is no root."""
    found = solve(greenwood_vayanos(risk_aversion=1.0))
    assert found.status is SolveStatus.NO_EQUILIBRIUM
    assert not found.ok
    assert np.all(np.isnan(found.M))
    assert "lower the risk" in found.message
    with pytest.raises(CannotError, match="no equilibrium"):
        found.yields([0.03, 0.0], [10.0])


def test_explosive_is_marked_with_its_m() -> None:
    """Property: an eigenvalue at or below zero is marked; M and curves stay visible."""
    found = solve(rmb(a_alpha=1.0))
    assert found.status is SolveStatus.EXPLOSIVE
    assert not found.ok
    smallest = np.linalg.eigvals(found.M).real.min()
    assert found.fragility.smallest_eigenvalue == pytest.approx(smallest)
    assert -1 / 30 < smallest <= 0.0
    assert np.isfinite(found.C(10.0))
    assert found.fragility.risk_aversion_factor < 1.0


def test_explosive_below_the_horizon_is_refused() -> None:
    """Property: an eigenvalue below -1/T shows its M and no curve."""
    found = solve(one_factor(0.0, reversion=[-0.05]))
    assert found.status is SolveStatus.EXPLOSIVE
    assert found.M[0, 0] == pytest.approx(-0.05)
    with pytest.raises(CannotError, match="below -1/T"):
        found.A(10.0)


def test_a_jump_between_edges_is_refused_and_a_grid_is_not() -> None:
    """Property: quadrature that misses a jump is no equilibrium; the same as values is one."""

    def jump(tau: Floats) -> Floats:
        return np.where(tau < 7.3, 0.02, 0.0)

    rough = solve(one_factor(100.0, slope=jump))
    assert rough.status is SolveStatus.NOT_CONVERGED
    assert np.all(np.isnan(rough.M))
    grid = np.linspace(0.1, 30.0, 300)
    assert solve(one_factor(100.0, slope=(grid, jump(grid)))).ok
    assert solve(one_factor(100.0, slope=lambda t: np.where(t < 7.0, 0.02, 0.0))).ok


def test_too_stiff_for_the_mesh_is_refused() -> None:
    """Property: a mean reversion of hours needs more panels than there are."""
    found = solve(one_factor(1.0, reversion=[500.0]))
    assert found.status is SolveStatus.NOT_CONVERGED
    assert "panels" in found.message


def test_fragility_is_where_ok_ends() -> None:
    """Property: just inside the factor there is an equilibrium, just outside there is none."""
    found = solve(rmb())
    factor = found.fragility.risk_aversion_factor
    assert factor > 1.0
    for step, inside in ((0.998, True), (1.002, False)):
        moved = replace(found.habitat, risk_aversion=step * factor * found.habitat.risk_aversion)
        assert solve(moved).ok is inside
    assert solve(one_factor()).fragility.risk_aversion_factor == float("inf")


def test_the_fold_of_greenwood_and_vayanos() -> None:
    """Second route: the end of existence is where the scalar equation for M22 loses its root."""
    p = greenwood_vayanos()
    k, s, T = 0.125, 0.0146, 20.0
    tau, w = p.mesh.nodes, p.mesh.weights

    def roots(a: float) -> int:
        """Sign changes of M22 - kappa_b + a int A_b s_b^2 du in M22, on a fine grid above 0."""
        x = np.linspace(1e-4, 0.2, 40_001)
        A_r = (1 - np.exp(-k * tau)) / k
        m21 = -a * s**2 * (w @ A_r)
        decay = -np.expm1(-np.outer(x, tau)) / x[:, None]
        mixed = (np.exp(-k * tau) - np.exp(-np.outer(x, tau))) / (x[:, None] - k)
        area = (-m21 / k * (decay - mixed)) @ w
        gap = x - 0.2 + a * area
        return int(np.count_nonzero(np.diff(np.sign(gap[np.abs(x - k) > 1e-6]))))

    assert p.horizon_years == T
    end = solve(p).fragility.risk_aversion_factor * p.risk_aversion
    assert roots(0.995 * end) > 0
    assert roots(1.005 * end) == 0


def test_no_sliver_before_the_end_refuses_a_sound_economy() -> None:
    """Property: with one factor and no demand risk an equilibrium exists at every risk aversion.

    A last step of nearly no length used to end the continuation at 99.9 % of the way.
    """
    for a in (61.032594458191895, *np.linspace(60.5, 61.5, 25)):
        assert solve(one_factor(float(a))).ok
