"""Svensson's zero-coupon yield and its gradient, for many days at once.

    z(t) = b0 + b1 L(u) + b2 [L(u) - e^-u] + b3 [L(v) - e^-v]
    u = t / tau1,  v = t / tau2,  L(x) = (1 - e^-x) / x

A curve is six numbers, `theta` = (b0, b1, b2, b3, log tau1, log(tau2 / tau1)): yields in per cent,
continuously compounded; t, tau1 and tau2 in years. The logs keep the decays positive and ordered.

Source: Svensson (1994), NBER Working Paper 4871; the form of Gürkaynak, Sack and Wright (2007),
Journal of Monetary Economics 54, 2291-2304.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LINEAR = 4
PARAMETERS = 6


class Factors(NamedTuple):
    """L(x), e^-x and x at the maturities: each of shape (..., maturities)."""

    average: Floats
    decayed: Floats
    ratio: Floats


def factors(years: ArrayLike, decay_years: Floats) -> Factors:
    """L(x), e^-x and x for x = years / decay; L is 1 at maturity zero.

    Args:
        years: maturities, shape (n,), zero or more.
        decay_years: decay of each day, shape (days,) or ().
    """
    ratio = np.asarray(years, np.float64) / np.asarray(decay_years, np.float64)[..., None]
    decayed = np.exp(-ratio)
    safe = np.where(ratio > 0.0, ratio, 1.0)
    # expm1 keeps the digits of 1 - e^-x at short maturities
    average = np.where(ratio > 0.0, -np.expm1(-safe) / safe, 1.0)
    return Factors(average, decayed, ratio)


def decays(theta: Floats) -> tuple[Floats, Floats]:
    """tau1 and tau2 in years from `theta`, shape (..., 6)."""
    first = np.exp(theta[..., 4])
    return first, first * np.exp(theta[..., 5])


def linear_basis(years: ArrayLike, tau1: ArrayLike, tau2: ArrayLike) -> Floats:
    """What b0 .. b3 are multiplied by, shape (..., maturities, 4)."""
    one = factors(years, np.asarray(tau1, np.float64))
    two = factors(years, np.asarray(tau2, np.float64))
    ones = np.ones_like(one.average)
    humps = (one.average - one.decayed, two.average - two.decayed)
    return np.stack([ones, one.average, *humps], axis=-1)


def yields(theta: Floats, years: ArrayLike) -> Floats:
    """Zero-coupon yields in per cent, continuously compounded: (days, maturities).

    Args:
        theta: shape (days, 6).
        years: maturities, shape (n,), zero or more; at zero the instantaneous rate.
    """
    tau1, tau2 = decays(theta)
    basis = linear_basis(years, tau1, tau2)
    # Sums in a fixed order: a day's figure must not depend on how many days stand beside it.
    out = basis[..., 0] * theta[..., 0, None]
    for j in range(1, LINEAR):
        out = out + basis[..., j] * theta[..., j, None]
    return np.asarray(out)


def yields_and_gradient(theta: Floats, years: Floats) -> tuple[Floats, Floats]:
    """Yields (days, n) and their gradient in `theta`, shape (6, days, n).

    With h = L - e^-u: dL/dlog tau = h and d(L - e^-u)/dlog tau = h - u e^-u.
    """
    tau1, tau2 = decays(theta)
    one, two = factors(years, tau1), factors(years, tau2)
    b0, b1, b2, b3 = (theta[:, j, None] for j in range(LINEAR))
    hump1, hump2 = one.average - one.decayed, two.average - two.decayed
    second = b3 * (hump2 - two.ratio * two.decayed)
    first = b1 * hump1 + b2 * (hump1 - one.ratio * one.decayed)
    gradient = np.stack([np.ones_like(hump1), one.average, hump1, hump2, first + second, second])
    return b0 + b1 * one.average + b2 * hump1 + b3 * hump2, gradient


def instantaneous_forwards(theta: Floats, years: ArrayLike) -> Floats:
    """Instantaneous forward rates d(t z)/dt in per cent: b0 + b1 e^-u + b2 u e^-u + b3 v e^-v."""
    tau1, tau2 = decays(theta)
    one, two = factors(years, tau1), factors(years, tau2)
    b0, b1, b2, b3 = (theta[..., j, None] for j in range(LINEAR))
    return np.asarray(
        b0 + (b1 + b2 * one.ratio) * one.decayed + b3 * two.ratio * two.decayed, np.float64
    )
