"""Term premium by linear regressions on excess returns: Adrian, Crump and Moench (2013).

The state X is the first K principal components of zero yields, scaled to unit variance, without
mean; one step is a month and yields enter as fractions a year.

    X_t+1 = Phi X_t + v_t+1,  v ~ (0, Sigma)                                   step 1
    r_t = delta0 + delta1'X_t                                                  (a month)
    rx_t+1 = alpha 1' + beta'v_t+1 + c X_t + e_t+1,  e ~ (0, s2)               step 2
    lambda0 = (beta beta')^-1 beta [alpha + (B* vec Sigma + s2)/2]             step 3
    lambda1 = (beta beta')^-1 beta c
    A_n = A_n-1 + B_n-1'(mu - lambda0) + (B_n-1'Sigma B_n-1 + s2)/2 - delta0
    B_n' = B_n-1'(Phi - lambda1) - delta1',   A_0 = 0, B_0 = 0,   y_n = -12 (A_n + B_n'X)/n

The expected path is y_n with lambda0 = lambda1 = 0; the term premium is y_n less that. The mean of
X is zero by construction, so mu = 0, as in the authors' own code.

Source: Adrian, Crump and Moench (2013), Journal of Financial Economics 110, 110-138.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError, CannotError
from ustress.curves.affine import Affine, affine_loadings

Floats = NDArray[np.float64]

RECIPE = "acm 1"
"""Changes with anything that changes an estimate."""
MONTHS = 120
"""Longest maturity, in months."""
FACTORS = 5
FACTOR_MONTHS = tuple(range(3, MONTHS + 1, 3))
"""Maturities the principal components are taken from: every quarter of a smooth curve, where the
paper has every month; the ten-year's premium moves by a bp or so."""
RETURN_MONTHS = (6, *range(12, MONTHS + 1, 12))
"""Maturities at purchase of the eleven bonds whose excess returns are regressed."""
MIN_MONTHS = 60


class Decomposition(NamedTuple):
    """Yields split, per cent a year, each of shape (days, maturities)."""

    fitted: Floats
    expected_path: Floats
    term_premium: Floats


@dataclass(frozen=True, slots=True)
class AcmModel:
    """One estimate; rates are fractions a month, the state has unit variance in the sample.

    `mean` and `loadings` turn zero yields at `factor_months` (fractions a year) into the state;
    `priced` and `expected` are the recursions with and without prices of risk; `persistence` is
    the largest absolute eigenvalue of Phi.
    """

    factor_months: tuple[int, ...]
    mean: Floats
    loadings: Floats
    phi: Floats
    sigma: Floats
    delta0: float
    delta1: Floats
    lambda0: Floats
    lambda1: Floats
    pricing_variance: float
    priced: Affine
    expected: Affine
    months_used: int

    @property
    def persistence(self) -> float:
        """Largest absolute eigenvalue of Phi: at one and above there is no unconditional mean."""
        return float(np.abs(np.linalg.eigvals(self.phi)).max())

    def state(self, zero_pct: ArrayLike) -> Floats:
        """The state (days, K) from zero yields in per cent at `factor_months`, (days, n)."""
        gap = np.asarray(zero_pct, np.float64) / 100.0 - self.mean
        return np.asarray(gap @ self.loadings)

    def decompose(self, zero_pct: ArrayLike, months: ArrayLike) -> Decomposition:
        """Fitted yields, expected path and term premium at the maturities `months`.

        Args:
            zero_pct: zero yields, per cent, continuously compounded, at `factor_months`.
            months: maturities in months, 1 to 120.
        """
        x = self.state(zero_pct)
        fitted, path = self.priced.yields_pct(x, months), self.expected.yields_pct(x, months)
        return Decomposition(fitted, path, fitted - path)


def estimate_acm(
    zero_pct: ArrayLike,
    factors: int = FACTORS,
    factor_months: Sequence[int] = FACTOR_MONTHS,
    return_months: Sequence[int] = RETURN_MONTHS,
) -> AcmModel:
    """The model estimated on month-end zero yields.

    Args:
        zero_pct: shape (T, 120): zero yields at 1 .. 120 months, per cent, continuously
            compounded, one row a month without gaps.
        factors: K.
        factor_months: maturities whose principal components are the state.
        return_months: maturities at purchase of the bonds in the return regressions.

    Raises:
        BadInputError: if the table has no 120 columns or holds a missing yield.
        CannotError: with fewer than `MIN_MONTHS` months, or yields that do not vary enough for K
            components.
    """
    table = _checked(zero_pct) / 100.0
    mean, loadings = _components(table[:, np.array(factor_months) - 1], factors)
    x = (table[:, np.array(factor_months) - 1] - mean) @ loadings
    short = _regress(table[:, 0] / 12.0, np.column_stack([np.ones(len(x)), x]))
    phi = _regress(x[1:], x[:-1]).T
    v = x[1:] - x[:-1] @ phi.T
    sigma = v.T @ v / v.shape[0]
    prices = _prices_of_risk(excess_returns(table, return_months), x[:-1], v, sigma)
    delta0, delta1 = float(short[0]), short[1:]
    s2 = prices.pricing_variance
    return AcmModel(
        factor_months=tuple(factor_months),
        mean=mean,
        loadings=loadings,
        phi=phi,
        sigma=sigma,
        delta0=delta0,
        delta1=delta1,
        lambda0=prices.lambda0,
        lambda1=prices.lambda1,
        pricing_variance=s2,
        priced=affine_loadings(
            MONTHS, -prices.lambda0, phi - prices.lambda1, sigma, delta0, delta1, s2
        ),
        expected=affine_loadings(MONTHS, 0.0 * prices.lambda0, phi, sigma, delta0, delta1, s2),
        months_used=table.shape[0],
    )


def excess_returns(table: Floats, return_months: Sequence[int]) -> Floats:
    """One-month log excess returns (T - 1, bonds): buy n months, sell n - 1 a month later.

    rx = -(n - 1)/12 y_n-1(t+1) + n/12 y_n(t) - y_1(t)/12, yields as fractions a year.
    """
    n = np.array(return_months)
    sold = (n - 1) / 12.0 * table[1:, n - 2]
    bought = n / 12.0 * table[:-1, n - 1]
    return np.asarray(bought - sold - table[:-1, :1] / 12.0)


class _Prices(NamedTuple):
    lambda0: Floats
    lambda1: Floats
    pricing_variance: float


def _prices_of_risk(rx: Floats, x: Floats, v: Floats, sigma: Floats) -> _Prices:
    """Steps 2 and 3, with x and v (months, K) and rx (months, bonds)."""
    k = x.shape[1]
    regressors = np.column_stack([np.ones(len(x)), v, x])
    found = _regress(rx, regressors)
    alpha, beta, c = found[0], found[1 : k + 1], found[k + 1 :]
    error = rx - regressors @ found
    s2 = float(np.square(error).mean())
    # B* vec Sigma, bond by bond: beta_i' Sigma beta_i
    convexity = np.einsum("ki,kl,li->i", beta, sigma, beta)
    across = np.linalg.solve(beta @ beta.T, beta)
    return _Prices(across @ (alpha + 0.5 * (convexity + s2)), across @ c.T, s2)


def _components(yields: Floats, factors: int) -> tuple[Floats, Floats]:
    """Mean yields and the loadings (n, K) that give components of unit variance."""
    mean = yields.mean(axis=0)
    gap = yields - mean
    # einsum, not a matrix product: that one starts threads, which cost more than they give here.
    values, vectors = np.linalg.eigh(np.einsum("ti,tj->ij", gap, gap) / (gap.shape[0] - 1))
    values, vectors = values[::-1][:factors], vectors[:, ::-1][:, :factors]
    if not values[-1] > 1e-12 * max(values[0], 1e-12):
        raise CannotError(f"the yields do not vary enough for {factors} principal components")
    # A sign is free: the mean loading is made positive, so that estimates can be compared.
    return mean, vectors * np.where(vectors.sum(axis=0) < 0.0, -1.0, 1.0) / np.sqrt(values)


def _regress(y: Floats, x: Floats) -> Floats:
    return np.asarray(np.linalg.lstsq(x, y, rcond=None)[0])


def _checked(zero_pct: ArrayLike) -> Floats:
    table = np.asarray(zero_pct, np.float64)
    if table.ndim != 2 or table.shape[1] != MONTHS:
        raise BadInputError(f"zero yields must be a table with {MONTHS} columns, one a month")
    if not bool(np.isfinite(table).all()):
        raise BadInputError("zero yields must be there for every month and maturity")
    if table.shape[0] < MIN_MONTHS:
        raise CannotError(f"{table.shape[0]} months of yields; at least {MIN_MONTHS} are needed")
    return table
