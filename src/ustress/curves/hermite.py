"""Monotone cubic interpolation: no overshoot between the points, continuous first derivative."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def monotone_slopes(x: Floats, y: Floats) -> Floats:
    """First derivatives at the knots for a monotone piecewise cubic.

    Inside, the weighted harmonic mean of the two neighbouring secants where they share a sign and
    zero otherwise; at the ends, the three-point formula, cut back so that it keeps the sign and at
    most three times the size of the end secant. With two knots the interpolant is their chord.

    Args:
        x: knots, strictly ascending, shape (n,), n >= 2.
        y: values, shape (n,).

    Source: Fritsch and Butland (1984), SIAM J. Sci. Stat. Comput. 5, 300-304.
    """
    h = np.diff(x)
    secant = np.diff(y) / h
    if x.size == 2:
        return np.repeat(secant, 2)
    slopes = np.empty_like(y)
    slopes[1:-1] = _interior(h, secant)
    slopes[0] = _end(h[0], h[1], secant[0], secant[1])
    slopes[-1] = _end(h[-1], h[-2], secant[-1], secant[-2])
    return slopes


def _interior(h: Floats, secant: Floats) -> Floats:
    left, right = secant[:-1], secant[1:]
    w_left, w_right = h[:-1] + 2.0 * h[1:], 2.0 * h[:-1] + h[1:]
    same_sign = left * right > 0.0
    weighted = w_right * left + w_left * right
    safe = np.where(same_sign, weighted, 1.0)
    # One fraction instead of a mean of reciprocals: a zero secant then needs no special case.
    mean = (w_left + w_right) * left * right / safe
    return np.where(same_sign, mean, 0.0)


def _end(h0: float, h1: float, s0: float, s1: float) -> float:
    slope = ((2.0 * h0 + h1) * s0 - h0 * s1) / (h0 + h1)
    if slope * s0 <= 0.0:
        return 0.0
    if s0 * s1 <= 0.0 and abs(slope) > 3.0 * abs(s0):
        return 3.0 * s0
    return slope


def hermite(x: Floats, y: Floats, slopes: Floats, at: ArrayLike) -> Floats:
    """Value of the piecewise cubic with knots `x`, values `y` and derivatives `slopes`.

    Args:
        x: knots, strictly ascending, shape (n,).
        y: values, shape (n,).
        slopes: first derivatives, shape (n,).
        at: points in [x[0], x[-1]], any shape; the caller checks the range.

    Returns:
        Values in the shape of `at`; exactly `y` at the knots.
    """
    points = np.asarray(at, dtype=np.float64)
    i = np.clip(np.searchsorted(x, points, side="right") - 1, 0, x.size - 2)
    h = x[i + 1] - x[i]
    t = (points - x[i]) / h
    chord = _chord(x, y, i)
    lean = (1.0 - t) * (slopes[i] - chord) - t * (slopes[i + 1] - chord)
    bend = h * t * (1.0 - t) * lean
    return np.where(t == 1.0, y[i + 1], y[i] + t * (y[i + 1] - y[i]) + bend)


def hermite_derivative(x: Floats, y: Floats, slopes: Floats, at: ArrayLike) -> Floats:
    """First derivative of the same piecewise cubic at the points `at`."""
    points = np.asarray(at, dtype=np.float64)
    i = np.clip(np.searchsorted(x, points, side="right") - 1, 0, x.size - 2)
    t = (points - x[i]) / (x[i + 1] - x[i])
    chord = _chord(x, y, i)
    left = (1.0 - t) * (1.0 - 3.0 * t) * (slopes[i] - chord)
    right = t * (3.0 * t - 2.0) * (slopes[i + 1] - chord)
    return chord + left + right


def _chord(x: Floats, y: Floats, i: NDArray[np.int64]) -> Floats:
    return np.asarray((y[i + 1] - y[i]) / (x[i + 1] - x[i]))
