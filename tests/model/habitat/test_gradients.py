"""Derivatives through the implicit function theorem against differences of the public solver."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from model.habitat.economies import RMB, rmb
from ustress.model.habitat import solve
from ustress.model.habitat.arrays import Array, Floats
from ustress.model.habitat.fixed_point import units
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.state_rmb import slope_shape, supply_shape
from ustress.model.habitat.traced import yields

NAMES = ("kr", "sr", "km", "sm", "kb", "a_theta", "a_alpha", "a", "rbar", "theta0_level")
POINT = np.array([RMB[name] for name in NAMES])
Q, TAU = np.array([0.04, 0.01, -0.2]), np.array([2.0, 10.0, 30.0])


def traced(x: Array) -> Array:
    """The yields as a JAX function of the ten parameters."""
    kr, sr, km, sm, kb, a_theta, a_alpha, a, rbar, level = x
    home, zero = rmb(), 0.0 * x[0]
    tau = home.mesh.nodes
    theta = a_theta / a * supply_shape(tau)
    p = Primitives(
        G=jnp.array([[kr, -kr, zero], [zero, km, zero], [zero, zero, kb]]),
        V=jnp.diag(jnp.array([sr**2, sm**2, 1.0 + zero])),
        a=a,
        rbar=rbar,
        alpha=a_alpha / a * slope_shape(tau),
        theta=jnp.stack([0 * theta, 0 * theta, theta], axis=-1),
        theta0=level * supply_shape(tau),
        weights=home.mesh.weights,
        width=home.mesh.width,
    )
    return yields(p, units(home.primitives, home.mesh), home.mesh, Q, TAU)


def public(x: Floats) -> Floats:
    return solve(rmb(**dict(zip(NAMES, x, strict=True)))).yields(Q, TAU)


def test_value_and_gradient_equal_the_public_solver() -> None:
    """Second route: fourth-order central differences, to 1e-6 of each parameter's effect."""
    both = jax.jit(jax.jacfwd(lambda x: (traced(x),) * 2, has_aux=True))
    exact, value = (np.asarray(part) for part in both(jnp.asarray(POINT)))
    np.testing.assert_allclose(value, public(POINT), rtol=1e-11)
    for i, size in enumerate(POINT):
        h = 1e-3 * size * np.eye(POINT.size)[i]
        near = (public(POINT + h) - public(POINT - h)) / 2
        far = (public(POINT + 2 * h) - public(POINT - 2 * h)) / 4
        slope = (4 * near - far) / 3 / (1e-3 * size)
        np.testing.assert_allclose(slope, exact[:, i], rtol=1e-6, atol=1e-6 * abs(exact[1, i]))
