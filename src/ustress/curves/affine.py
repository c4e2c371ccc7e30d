"""Yields of a Gaussian affine model in discrete time, by the recursion of bond pricing.

    A_n = A_n-1 + B_n-1'm + (B_n-1'S B_n-1 + s2)/2 - delta0,   B_n' = B_n-1'F - delta1'
    A_0 = 0, B_0 = 0;   log P_n = A_n + B_n'X;   y_n = -12 (A_n + B_n'X)/n

X_t+1 = m + F X_t + v, v ~ N(0, S), under the measure bonds are priced with; the short rate is
delta0 + delta1'X a month; s2 is the variance of the return pricing errors.

Source: Ang and Piazzesi (2003), Journal of Monetary Economics 50, 745-787; with s2 as in Adrian,
Crump and Moench (2013), equations 25 and 26.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Affine:
    """Log bond prices A_n + B_n'X for n = 1 .. N months: `a` (N,), `b` (N, K)."""

    a: Floats
    b: Floats

    def yields_pct(self, state: Floats, months: ArrayLike) -> Floats:
        """Yields in per cent a year, continuously compounded, (days, maturities).

        Args:
            state: X, (days, K).
            months: maturities, 1 to N.

        Raises:
            BadInputError: for a maturity outside 1 to N months.
        """
        n = np.asarray(months, dtype=np.intp)
        if bool(np.any((n < 1) | (n > self.a.size))):
            raise BadInputError(f"a maturity must be 1 to {self.a.size} months")
        return np.asarray(-1200.0 * (self.a[n - 1] + state @ self.b[n - 1].T) / n)


def affine_loadings(
    months: int,
    drift: Floats,
    transition: Floats,
    covariance: Floats,
    delta0: float,
    delta1: Floats,
    pricing_variance: float = 0.0,
) -> Affine:
    """The recursion's A and B for 1 .. `months`.

    Args:
        months: N.
        drift: m, (K,).
        transition: F, (K, K).
        covariance: S, (K, K).
        delta0: short rate at X = 0, a month.
        delta1: its slope in X, (K,).
        pricing_variance: s2, a month.
    """
    b = np.zeros((months + 1, delta1.size))
    for n in range(months):
        b[n + 1] = b[n] @ transition - delta1
    convexity = 0.5 * ((b[:-1] @ covariance) * b[:-1]).sum(axis=1)
    # A one-month bond has no return risk: its price is the short rate, so s2 enters from n = 2 on.
    errors = np.where(np.arange(months) > 0, 0.5 * pricing_variance, 0.0)
    a = np.add.accumulate(b[:-1] @ drift + convexity + errors - delta0)
    return Affine(a, b[1:])
