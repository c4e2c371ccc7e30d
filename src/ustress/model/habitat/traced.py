"""The solver as one JAX function of its arrays, for derivatives and for use inside other models.

    gradient = jax.grad(lambda p: yields(p, d, mesh, q, tau)[0])(primitives)

gives the derivative of a yield in every entry of G, V, a, rbar and of the curves at every node,
through the implicit function theorem. Curves given as functions of parameters are differentiated
by writing `Primitives` as JAX arrays of those parameters, at `mesh.nodes`.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.habitat.arrays import Array
from ustress.model.habitat.constants import constant, supply_premium
from ustress.model.habitat.continuation import solve_slopes
from ustress.model.habitat.exponential import at, slopes
from ustress.model.habitat.gram import gram_at
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.quadrature import Mesh
from ustress.model.precision import FLOAT


def equilibrium(p: Primitives, d: Array, mesh: Mesh) -> tuple[Array, Array]:
    """M (n, n) and k (n,), traced; NaN where the continuation does not arrive.

    Args:
        p: the economy's arrays, sampled on `mesh`.
        d: units of the factors (n,) from `fixed_point.units`, a constant.
        mesh: the quadrature, static.
    """
    p = Primitives(*(jnp.asarray(x, FLOAT) for x in p))
    found = solve_slopes(p, d, mesh.panels, mesh.order)
    M = jnp.where(found.reached >= 1.0, found.M, jnp.nan)
    return M, supply_premium(M, p, mesh)


def yields(p: Primitives, d: Array, mesh: Mesh, q: Array, tau: Array) -> Array:
    """Zero-coupon yields (t,), continuously compounded, decimal, at state q (n,), traced."""
    p = Primitives(*(jnp.asarray(x, FLOAT) for x in p))
    M, k = equilibrium(p, d, mesh)
    maturities = jnp.asarray(tau, FLOAT)
    A, C = at(slopes(M), maturities), constant(k, gram_at(M, maturities), p)
    return (A @ jnp.asarray(q, FLOAT) + C) / maturities
