"""int_0^tau A A' du: what convexity and the constants need, by doubling.

With Z = e^{X tau}, X = [[-M, E], [0, 0]] and z = (A, 1) its last column, the integral of z z'
doubles as Q(2t) = Q(t) + Z(t) Q(t) Z(t)'. Its last column holds the integral of A.
"""

from __future__ import annotations

import numpy as np

from ustress.model.habitat.arrays import Array
from ustress.model.habitat.exponential import (
    DEGREE,
    SQUARINGS,
    compose,
    first_steps,
    powers,
    repeat,
    slopes,
    taylor_weights,
)


def _affine(step: Array) -> Array:
    """[Phi | a] as the square matrix [[Phi, a], [0, 1]]."""
    xp = step.__array_namespace__()
    last = np.eye(step.shape[-1])[-1:]
    shape = (*step.shape[:-2], 1, step.shape[-1])
    return xp.concatenate([step, xp.broadcast_to(xp.asarray(last), shape)], axis=-2)


def _first(M: Array, span: Array, shares: Array) -> Array:
    """Gram integrals (..., t, n + 1, n + 1) over the short times `span` times `shares`."""
    xp = M.__array_namespace__()
    B, b = slopes(M)
    short = powers(B * span[..., None, None]) @ (b * span[..., None])[..., None, :, None]
    zero = xp.zeros_like(short[..., :1, :, 0])
    unit = xp.zeros_like(short[..., 0]) + xp.asarray(np.eye(DEGREE + 1)[:, :1])
    series = xp.concatenate([zero, short[..., :-1, :, 0]], axis=-2)
    series = xp.concatenate([series, unit[..., :1]], axis=-1)
    k = np.arange(DEGREE + 1.0)
    terms = series[..., None, :, :] * taylor_weights(shares)[..., None]
    hilbert = xp.asarray(1.0 / (k[:, None] + k + 1))
    times = span[..., None] * shares
    return times[..., None, None] * (terms.swapaxes(-1, -2) @ (hilbert @ terms))


def _conjugate(Z: Array, Q: Array) -> Array:
    return Z @ Q @ Z.swapaxes(-1, -2)


def gram_at(M: Array, tau: Array) -> Array:
    """The integral of z z' (..., t, n + 1, n + 1) at maturities `tau` (t,)."""
    xp = M.__array_namespace__()
    one = xp.ones(M.shape[:-2], M.dtype)
    shares = tau / 2.0**SQUARINGS
    start = first_steps(slopes(M), one, shares), _first(M, one, shares)
    (_, Q), _ = repeat(_double, start, SQUARINGS)
    return Q


def _double(state: Array) -> tuple[Array, None]:
    """The step and the Gram integral over twice the time."""
    step, Q = state
    return (compose(step), Q + _conjugate(_affine(step), Q)), None
