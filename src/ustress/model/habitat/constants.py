"""The constants C(tau): premia for supply, convexity, and the drift of the short rate.

C' = A'(G rbar E + k) - (1/2) A'V A, with k = a V int A [theta0 - alpha C] du. C = c0 + I_A'k is
linear in k, so k solves (I + a V int alpha A I_A' du) k = a V int A (theta0 - alpha c0) du.
Runs on NumPy and JAX arrays alike, with leading axes.
"""

from __future__ import annotations

from ustress.model.habitat.arrays import Array
from ustress.model.habitat.exponential import decayed, sample
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.quadrature import Mesh, running_integral


def constant(k: Array, gram: Array, p: Primitives) -> Array:
    """C (..., t) from k and the Gram integrals (..., t, n + 1, n + 1) of (A, 1)."""
    n = k.shape[-1]
    I_A, AA = gram[..., :n, n], gram[..., :n, :n]
    pull = p.rbar[..., None] * p.G[..., :, 0] + k
    return (I_A * pull[..., None, :]).sum(-1) - 0.5 * (AA * p.V[..., None, :, :]).sum((-2, -1))


def feedback(M: Array, p: Primitives, mesh: Mesh, decay: float = 0.0) -> Array:
    """I + a V int alpha A J' du (..., n, n): how habitat demand leans against a supply shock.

    J(tau) = int_0^tau A(u) e^{-decay (tau - u)} du; `decay` per year is 0 for a lasting shock.
    """
    z = sample(decayed(M, decay), p.width, mesh.panels, mesh.points)
    return _feedback(z, p)


def _feedback(z: Array, p: Primitives) -> Array:
    n = z.shape[-1] // 2
    leaning = ((p.weights * p.alpha)[..., None] * z[..., n:]).swapaxes(-1, -2) @ z[..., :n]
    eye = z.__array_namespace__().eye(n, dtype=z.dtype)
    return eye + p.a[..., None, None] * (p.V @ leaning)


def supply_premium(M: Array, p: Primitives, mesh: Mesh) -> Array:
    """The vector k (..., n): the drift that mean supply adds under the pricing measure."""
    xp = M.__array_namespace__()
    z = sample(decayed(M), p.width, mesh.panels, mesh.points)
    I_A, A = z[..., : M.shape[-1]], z[..., M.shape[-1] :]
    drift = (I_A * (p.rbar[..., None] * p.G[..., :, 0])[..., None, :]).sum(-1)
    variance = ((A @ p.V) * A).sum(-1)
    c0 = drift - 0.5 * running_integral(variance, p.weights, mesh.order)
    net = p.weights * (p.theta0 - p.alpha * c0)
    held = (net[..., None, :] @ A)[..., 0, :, None]
    force = p.a[..., None, None] * (p.V @ held)
    return xp.linalg.solve(_feedback(z, p), force)[..., 0]
