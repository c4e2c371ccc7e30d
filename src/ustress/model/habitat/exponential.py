"""Linear flows z' = B z + b, z(0) = 0, by scaling and squaring; never eigenvectors or B^-1.

The yield curve's slopes are such a flow: A' + M A = E, A(0) = 0. Near-unit roots, equal
eigenvalues and derivatives need no care this way (Van Loan 1978; Higham 2005). Everything here
runs on NumPy and on JAX arrays alike (the array decides), with any number of leading axes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ustress.model.habitat.quadrature import LEVELS

Array = Any
"""A NumPy or a JAX array; shapes stand in the docstrings."""

DEGREE = 12  # of the Taylor polynomial: relative error below 1e-15 for a norm up to 0.5
SQUARINGS = 12


class Flow(NamedTuple):
    """The flow z' = B z + b: matrices (..., n, n) and vectors (..., n)."""

    B: Array
    b: Array


def slopes(M: Array) -> Flow:
    """The flow of A(tau): A' = E - M A."""
    xp = M.__array_namespace__()
    return Flow(-M, xp.zeros(M.shape[:-1], M.dtype) + xp.asarray(np.eye(M.shape[-1])[0]))


def decayed(M: Array, decay: float = 0.0) -> Flow:
    """The flow of (J, A) (2n), J(tau) = int_0^tau A(u) e^{-decay (tau - u)} du."""
    xp = M.__array_namespace__()
    zeros = xp.zeros_like(M)
    eye = zeros + xp.asarray(np.eye(M.shape[-1]))
    B, b = slopes(M)
    top = xp.concatenate([-decay * eye, eye], axis=-1)
    B = xp.concatenate([top, xp.concatenate([zeros, B], axis=-1)], axis=-2)
    return Flow(B, xp.concatenate([xp.zeros_like(b), b], axis=-1))


def product(a: Array, b: Array) -> Array:
    """The matrix product of small matrices (..., p, q) and (..., q, r).

    On JAX a sum of products, which the compiler fuses; a call for each tiny matrix costs more.
    """
    if isinstance(a, np.ndarray):
        return a @ b
    return (a[..., :, :, None] * b[..., None, :, :]).sum(-2)


def advance(step: Array, z: Array) -> Array:
    """States (..., n) moved by a step [Phi | a] (..., n, n + 1): Phi z + a."""
    return (step[..., :-1] * z[..., None, :]).sum(-1) + step[..., -1]


def compose(step: Array) -> Array:
    """The step [Phi | a] (..., n, n + 1) made twice: [Phi Phi | Phi a + a]."""
    xp = step.__array_namespace__()
    still = np.zeros((1, step.shape[-1]))
    still[0, -1] = 1.0
    shape = (*step.shape[:-2], 1, step.shape[-1])
    affine = xp.concatenate([step, xp.broadcast_to(xp.asarray(still), shape)], axis=-2)
    return product(step, affine)


def first_steps(flow: Flow, span: Array, shares: Array) -> Array:
    """Steps [Phi | a] (..., t, n, n + 1) over the short times `span` (...) times `shares` (..., t).

    The Taylor polynomial of the exponential; its matrix powers serve every share.
    """
    xp = flow.B.__array_namespace__()
    B, b = flow.B * span[..., None, None], flow.b * span[..., None]
    eye = xp.zeros_like(B) + xp.asarray(np.eye(B.shape[-1]))
    terms = [xp.concatenate([eye, xp.zeros_like(b)[..., None]], axis=-1)]
    terms.append(xp.concatenate([B, b[..., None]], axis=-1))
    for k in range(2, DEGREE + 1):
        terms.append(product(B, terms[-1]) / k)
    powers = xp.stack(terms, axis=-1)
    weights = shares[..., :, None] ** xp.asarray(np.arange(DEGREE + 1.0))
    return (powers[..., None, :, :, :] * weights[..., :, None, None, :]).sum(-1)


def sample(flow: Flow, width: Array, panels: int, points: np.ndarray[Any, Any]) -> Array:
    """z at every node of a mesh (..., N, n): panel `width` (...), Gauss `points` (g + 1,).

    The squarings that build the step over a whole panel pass through the shorter panels near
    zero; the ends of the whole panels come by doubling.
    """
    xp = flow.B.__array_namespace__()
    step = first_steps(flow, width / 2.0**LEVELS, xp.asarray(points))
    parts = [step[..., :-1, :, -1]]
    for _ in range(LEVELS):
        parts.append(advance(step[..., :-1, :, :], step[..., -1:, :, -1]))
        step = compose(step)
    stride = step[..., -1, :, :]
    ends = stride[..., None, :, -1]
    while ends.shape[-2] < panels - 1:
        ends = xp.concatenate([ends, advance(stride[..., None, :, :], ends)], axis=-2)
        stride = compose(stride)
    ends = ends[..., : panels - 1, None, :]
    inner = advance(step[..., None, :-1, :, :], ends)
    parts.append(inner.reshape((*inner.shape[:-3], -1, inner.shape[-1])))
    return xp.concatenate(parts, axis=-2)


def at(flow: Flow, tau: Array) -> Array:
    """z(tau) (..., t, n) at any maturities `tau` (t,)."""
    xp = flow.B.__array_namespace__()
    one = xp.ones(flow.b.shape[:-1], flow.b.dtype)
    step = first_steps(flow, one, tau / 2.0**SQUARINGS)
    for _ in range(SQUARINGS):
        step = compose(step)
    return step[..., -1]
