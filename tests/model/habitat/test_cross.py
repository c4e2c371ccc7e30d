"""Cross-maturity demand: the kernel against the simple case, by a second route, and its effect."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike
from scipy.linalg import expm

from model.habitat.economies import RMB, greenwood_vayanos, rmb
from ustress.core.errors import BadInputError, CannotError
from ustress.core.status import SolveStatus
from ustress.model.habitat import solve, supply_response
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.cross import Kernel, cross_response, solve_cross, switching
from ustress.model.habitat.profile import at_maturity, density
from ustress.model.habitat.state_rmb import slope_shape, supply_shape

TAU = np.array([0.5, 2.0, 5.0, 10.0, 20.0, 30.0])
Q = np.array([0.045, -0.01, 0.3])


def alpha(tau: Floats) -> Floats:
    return np.asarray(RMB["a_alpha"] / RMB["a"] * slope_shape(tau))


@pytest.mark.parametrize("split", [0.0, 0.4, 1.0])
def test_a_diagonal_kernel_is_the_simple_case(split: float) -> None:
    """Analytic limit: to 1e-10, however the slope is split between habitat and kernel."""
    simple = solve(rmb())
    habitat = replace(rmb(), slope=lambda t: split * alpha(t))
    found = solve_cross(habitat, Kernel(lambda t: (1 - split) * alpha(t)))
    assert found.ok
    np.testing.assert_allclose(found.M, simple.M, rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.yields(Q, TAU), simple.yields(Q, TAU), rtol=0, atol=1e-10)
    for half_life in (None, 2.0):
        np.testing.assert_allclose(
            cross_response(found, at_maturity(10.0), half_life, TAU),
            supply_response(simple, at_maturity(10.0), half_life, TAU),
            rtol=1e-9,
        )


def test_a_narrow_kernel_approaches_the_simple_case() -> None:
    """Convergence order: a bell of width w around the diagonal is off by order w^2."""
    simple = solve(rmb())
    errors = []
    for width in (2.0, 1.0, 0.5):

        def bell(tau: Floats, u: Floats, w: float = width) -> Floats:
            own = np.sqrt(alpha(tau) * alpha(u))
            images = [np.exp(-0.5 * ((tau - s * u) / w) ** 2) for s in (1, -1)]
            return np.asarray(own * (images[0] - images[1]) / (w * np.sqrt(2 * np.pi)))

        habitat = replace(rmb(), slope=0.0, panels=60)
        errors.append(float(np.abs(solve_cross(habitat, Kernel(0.0, bell)).M - simple.M).max()))
    order = np.log2(np.array(errors[:-1]) / errors[1:])
    np.testing.assert_allclose(order, 2.0, atol=0.4)


def test_fixed_point_and_constants_on_a_uniform_grid() -> None:
    """Second route: Simpson's rule in both maturities and scipy's matrix exponential."""
    kernel = switching(5.0, 4.0)
    found, p, count = solve_cross(rmb(), kernel), rmb().primitives, 1201
    assert found.verdict.residual < 1e-9
    tau = np.linspace(0.0, 30.0, count)
    simpson = np.full(count, 2.0)
    simpson[1::2], simpson[[0, -1]] = 4.0, 1.0
    w = simpson * (tau[1] - tau[0]) / 3
    generator = np.zeros((4, 4))
    generator[:3, :3], generator[0, 3] = -found.M, 1.0
    step, z = expm(generator * (tau[1] - tau[0])), np.zeros((count, 4))
    z[0, 3] = 1.0
    for i in range(1, count):
        z[i] = step @ z[i - 1]
    A, C = z[:, :3], np.append(0.0, found.C(tau[1:]))
    assert kernel.cross is not None
    assert callable(kernel.diagonal)
    above = np.maximum(tau, 1e-9)  # the diagonal is infinite at zero, where A and C vanish
    K = np.asarray(kernel.cross(above[:, None], above)) * w
    K[np.diag_indices(count)] += alpha(tau) + np.append(0.0, kernel.diagonal(tau[1:]))
    theta = np.zeros((count, 3))
    theta[:, 2] = RMB["a_theta"] / RMB["a"] * supply_shape(tau)
    held = (theta - K @ A) * w[:, None]
    np.testing.assert_allclose(p.G.T - RMB["a"] * held.T @ A @ p.V, found.M, atol=2e-7)
    net = RMB["theta0_level"] * supply_shape(tau) - K @ C
    np.testing.assert_allclose(RMB["a"] * p.V @ ((w * net) @ A), found.curves.k, rtol=1e-5)


def test_supply_is_the_change_of_the_solved_curve() -> None:
    """Second route: adding supply to the intercept and solving again."""
    kernel, amount = switching(5.0, 4.0), 1e-3
    extra = density(lambda t: np.exp(-((t - 10.0) ** 2) / 8))
    base = solve_cross(rmb(), kernel)
    shape = extra.weight / rmb().mesh.weights

    def more(tau: Floats) -> Floats:
        bump = np.exp(-((tau - 10.0) ** 2) / 8)
        size = float(shape[100] / np.exp(-((extra.tau[100] - 10.0) ** 2) / 8))
        return np.asarray(RMB["theta0_level"] * supply_shape(tau) + amount * size * bump)

    moved = solve_cross(replace(rmb(), intercept=more), kernel).yields(Q, TAU)
    said = cross_response(base, extra, None, TAU, gdp_usdbn=100.0 / amount)
    np.testing.assert_allclose(1e4 * (moved - base.yields(Q, TAU)), said, rtol=1e-7)


def test_substitution_spreads_a_local_shock() -> None:
    """Property: the more investors switch, the less a shock's place matters for its effect."""
    distances, reach = [], []
    for size in (0.0, 1.0, 5.0, 20.0):
        found = solve_cross(rmb(), switching(size, 5.0))
        assert found.ok
        short, long = (cross_response(found, at_maturity(m), None, TAU) for m in (2.0, 25.0))
        distances.append(float(np.abs(short / short[3] - long / long[3]).max()))
        reach.append(float(long[1] / long[4]))
    assert np.all(np.diff(distances) < 0)
    assert distances[-1] < 0.75 * distances[0]
    assert np.all(np.diff(reach) > 0)
    assert reach[-1] > 2 * reach[0]


def test_a_parallel_move_switches_nothing() -> None:
    """Analytic limit: log prices -tau dy leave relative-value investors where they are."""
    bare = replace(rmb(), slope=0.0)
    operator = switching(3.0, 4.0).matrix(bare, bare.mesh)
    nodes = bare.mesh.nodes
    scale = np.abs(operator) @ nodes
    assert np.abs(operator @ nodes / scale).max() < 1e-8


def test_statuses_are_those_of_the_simple_case() -> None:
    """Property: no equilibrium and explosive are named, and refused curves raise."""
    found = solve_cross(greenwood_vayanos(risk_aversion=1.0), Kernel())
    assert found.status is SolveStatus.NO_EQUILIBRIUM
    assert np.all(np.isnan(found.M))
    with pytest.raises(CannotError, match="no equilibrium"):
        found.A(10.0)
    with pytest.raises(CannotError, match="no equilibrium"):
        cross_response(found, at_maturity(10.0))
    marked = solve_cross(rmb(a_alpha=1.0), Kernel())
    assert marked.status is SolveStatus.EXPLOSIVE
    assert not marked.ok
    np.testing.assert_allclose(marked.M, solve(rmb(a_alpha=1.0)).M, rtol=1e-8)


@pytest.mark.parametrize(
    ("word", "kernel"),
    [
        ("law|price", Kernel(0.0, lambda t, u: -np.exp(-0.3 * (t + u)))),
        ("cross", Kernel(0.0, lambda t, u: np.full((2, 2), 1.0))),
        ("cross", Kernel(0.0, lambda t, u: np.nan * (t + u))),
        ("diagonal", Kernel(np.nan)),
    ],
)
def test_bad_kernels(word: str, kernel: Kernel) -> None:
    with pytest.raises(BadInputError, match=word):
        solve_cross(rmb(), kernel)


@pytest.mark.parametrize("given", [{"size": -1.0}, {"size": 1.0, "width_years": 0.0}])
def test_bad_switching(given: dict[str, float]) -> None:
    with pytest.raises(BadInputError, match="switching"):
        switching(**given)


def test_constant_cross_values_broadcast() -> None:
    """Property: one number stands for every pair."""

    def everywhere(tau: Floats, u: Floats) -> ArrayLike:
        return 1e-4 + 0.0 * (tau + u)

    one, all_pairs = (solve_cross(rmb(), Kernel(0.0, c)).M for c in (lambda t, u: 1e-4, everywhere))
    np.testing.assert_array_equal(one, all_pairs)
