"""Linear flows z' = B z + b, z(0) = 0, by scaling and squaring; never eigenvectors or B^-1.

The yield curve's slopes are such a flow: A' + M A = E, A(0) = 0. Near-unit roots, equal
eigenvalues and derivatives need no care this way (Van Loan 1978; Higham 2005). Everything here
runs on NumPy and on JAX arrays alike (the array decides), with any number of leading axes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ustress.model.habitat.arrays import Array
from ustress.model.habitat.quadrature import LEVELS

DEGREE = 15  # of the Taylor polynomial: relative error below 1e-13 for a norm up to 1
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


def repeat(
    body: Callable[[Array], tuple[Array, Array]], state: Array, count: int
) -> tuple[Array, Array]:
    """Make `body` `count` times, on JAX as a loop that is compiled once.

    Args:
        body: from a state (a tuple of arrays) to the next state and something given out.
        state: the first state.
        count: how often.

    Returns:
        the last state, and the stack (count, ...) of what was given out.
    """
    if not isinstance(state[0], np.ndarray):
        from jax.lax import scan

        return scan(lambda x, _: body(x), state, None, length=count)
    out = []
    for _ in range(count):
        state, given = body(state)
        out.append(given)
    return state, None if out[0] is None else np.stack(out)


def advance(step: Array, z: Array) -> Array:
    """States (..., n) moved by a step [Phi | a] (..., n, n + 1): Phi z + a."""
    return (step[..., :-1] @ z[..., None])[..., 0] + step[..., -1]


def compose(step: Array) -> Array:
    """The step [Phi | a] (..., n, n + 1) made twice: [Phi Phi | Phi a + a]."""
    xp = step.__array_namespace__()
    twice = step[..., :-1] @ step
    return xp.concatenate([twice[..., :-1], twice[..., -1:] + step[..., -1:]], axis=-1)


def powers(B: Array) -> Array:
    """I, B .. B^DEGREE (..., DEGREE + 1, n, n)."""
    xp = B.__array_namespace__()
    eye = xp.zeros_like(B) + xp.asarray(np.eye(B.shape[-1]))
    found, square = xp.stack([eye, B], axis=-3), B @ B
    while found.shape[-3] <= DEGREE:
        found = xp.concatenate([found, square[..., None, :, :] @ found], axis=-3)
        square = square @ square
    return found


def taylor_weights(shares: Array, first: int = 0) -> Array:
    """shares^k / k! (..., DEGREE + 1) for k from `first` on, the last axis new."""
    k = np.arange(first, first + DEGREE + 1)
    scale = 1.0 / np.cumprod(np.arange(first + DEGREE + 1).clip(1), dtype=np.float64)[first:]
    return shares[..., None] ** k * shares.__array_namespace__().asarray(scale)


def first_steps(flow: Flow, span: Array, shares: Array) -> Array:
    """Steps [Phi | a] (..., t, n, n + 1) over the short times `span` (...) times `shares` (t,).

    The Taylor polynomial of the exponential; its matrix powers serve every share.
    """
    xp = flow.B.__array_namespace__()
    B, b = flow.B * span[..., None, None], flow.b * span[..., None]
    series, n = powers(B), B.shape[-1]
    flat = series.reshape((*B.shape[:-2], DEGREE + 1, n * n))
    Phi = (taylor_weights(shares) @ flat).reshape((*B.shape[:-2], -1, n, n))
    a = taylor_weights(shares, 1) @ (series @ b[..., None, :, None])[..., 0]
    return xp.concatenate([Phi, a[..., None]], axis=-1)


def sample(flow: Flow, width: Array, panels: int, points: np.ndarray[Any, Any]) -> Array:
    """States z at every node of a mesh (..., N, n): panel `width` (...), Gauss `points` (g + 1,).

    The squarings that build the step over a whole panel pass through the shorter panels near
    zero; the ends of the whole panels come by doubling.
    """
    xp = flow.B.__array_namespace__()
    step = first_steps(flow, width / 2.0**LEVELS, xp.asarray(points))

    def halve(state: Array) -> tuple[Array, Array]:
        (step,) = state
        return (compose(step),), advance(step[..., :-1, :, :], step[..., -1:, :, -1])

    parts = [step[..., :-1, :, -1]]
    (step,), near = repeat(halve, (step,), LEVELS)
    parts.extend(near[k] for k in range(LEVELS))
    whole = step[..., -1, :, :]
    ends = march(whole, whole[..., -1], panels - 1)[..., None, :]
    inner = advance(step[..., None, :-1, :, :], ends)
    parts.append(inner.reshape((*inner.shape[:-3], -1, inner.shape[-1])))
    return xp.concatenate(parts, axis=-2)


def march(step: Array, start: Array, count: int) -> Array:
    """States z (..., count, n) from `start` (..., n) on by steps [Phi | a], by doubling."""
    xp = step.__array_namespace__()
    ends = start[..., None, :]
    while ends.shape[-2] < count:
        ends = xp.concatenate([ends, advance(step[..., None, :, :], ends)], axis=-2)
        step = compose(step)
    return ends[..., :count, :]


def at(flow: Flow, tau: Array) -> Array:
    """z(tau) (..., t, n) at any maturities `tau` (t,)."""
    return steps(flow, tau)[..., -1]


def steps(flow: Flow, tau: Array) -> Array:
    """Steps [Phi | a] (..., t, n, n + 1) over any times `tau` (t,)."""
    xp = flow.B.__array_namespace__()
    one = xp.ones(flow.b.shape[:-1], flow.b.dtype)
    step = first_steps(flow, one, tau / 2.0**SQUARINGS)
    (step,), _ = repeat(lambda x: ((compose(x[0]),), None), (step,), SQUARINGS)
    return step
