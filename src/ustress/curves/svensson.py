"""Svensson curves fitted to par yields, for all days at once.

    min over theta of  sum_i [c_i(theta) - c_i]^2,   c_i the published par yields of one day

Residuals are par yields, so the error is in the unit that was published and every tenor counts the
same. The search has two stages. On zero yields the problem is linear in b0 .. b3 once the two
decays are given (variable projection, Golub and Pereyra 1973), so one grid of decays, shared by
all days, finds the basin by matrix products alone. From there Levenberg and Marquardt's steps in
all six parameters, batched over days, go to the minimum on par yields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError
from ustress.curves import fit_basis
from ustress.curves.fit_par import par_map
from ustress.curves.fit_start import approximate_fit, shared_grid
from ustress.curves.fit_step import on_par_yields, refine
from ustress.curves.zero import LAST_BILL_YEARS

Floats = NDArray[np.float64]

RECIPE = "svensson 1"
"""Changes with anything that changes a fit: tables of fits made under another are not used."""
MIN_TENORS = 7
"""Fewest tenors a day is fitted to: one more than there are parameters."""
LIMIT_PCT = 50.0
"""A yield beyond this, either sign, is a slip in the figures: its day is not fitted."""
SHORTEST_NEEDED_YEARS, LONGEST_NEEDED_YEARS = 1.0, 10.0
# Days go through in blocks of one size, padded, so that a day's result is the same to the bit
# whatever stands beside it; 256 days fit in the processor's cache.
BLOCK_DAYS = 256


@dataclass(frozen=True, slots=True)
class SvenssonCurves:
    """Fitted curves, one row a day; a day that could not be fitted is NaN throughout.

    `theta` (days, 6) holds b0 .. b3 in per cent, log tau1 and log(tau2 / tau1), tau in years.
    `rmse_bp` is the root mean square of the par yields' residuals in bp, over the `tenors`
    par yields the day had. `longest_years` is the longest of them: beyond it the curve is
    extrapolated.
    """

    theta: Floats
    rmse_bp: Floats
    tenors: NDArray[np.intp]
    longest_years: Floats

    def __len__(self) -> int:
        return int(self.rmse_bp.size)

    @property
    def decays_years(self) -> tuple[Floats, Floats]:
        """tau1 and tau2 of each day, in years."""
        return fit_basis.decays(self.theta)

    def yields_cc(self, years: ArrayLike) -> Floats:
        """Zero-coupon yields in per cent, continuously compounded, (days, maturities).

        Raises:
            BadInputError: for a negative maturity.
        """
        return fit_basis.yields(self.theta, _maturities(years))

    def forward(self, t1: float, t2: float) -> Floats:
        """Continuously compounded rate from `t1` to `t2` years, per cent, (days,).

        Raises:
            BadInputError: unless 0 <= t1 < t2.
        """
        if not 0.0 <= t1 < t2:
            raise BadInputError("a forward rate runs from the earlier to the later maturity")
        z = self.yields_cc([t1, t2])
        return np.asarray((t2 * z[:, 1] - t1 * z[:, 0]) / (t2 - t1))

    def instantaneous(self, years: ArrayLike) -> Floats:
        """Instantaneous forward rates in per cent, (days, maturities).

        Raises:
            BadInputError: for a negative maturity.
        """
        return fit_basis.instantaneous_forwards(self.theta, _maturities(years))

    def par(self, tenors_years: ArrayLike) -> Floats:
        """Par yields, bond-equivalent, per cent, (days, tenors): what the fit is held against.

        Raises:
            BadInputError: unless tenors ascend and those above a year are whole half-years.
        """
        mapped = par_map(_tenors(tenors_years))
        return mapped.yields(fit_basis.yields(self.theta, mapped.years))


def fit_svensson(tenors_years: ArrayLike, par_pct: ArrayLike) -> SvenssonCurves:
    """The Svensson curve of each day, fitted to its par yields with equal weights.

    A day needs `MIN_TENORS` tenors, one of them at most a year and one at least ten years; other
    days come out as NaN. Days are independent: a day's result does not depend on the others.

    Args:
        tenors_years: tenors in ascending order, shape (n,); those above a year multiples of half
            a year.
        par_pct: par yields, bond-equivalent, per cent, shape (days, n) or (n,); NaN where missing.

    Raises:
        BadInputError: if shapes or tenors are wrong.
    """
    tenors = _tenors(tenors_years)
    par = np.atleast_2d(np.asarray(par_pct, np.float64))
    if par.ndim != 2 or par.shape[1] != tenors.size:
        raise BadInputError("par yields must be a table with one column for each tenor")
    there = np.isfinite(par)
    sound = np.all(~there | (np.abs(par) <= LIMIT_PCT), axis=1)
    theta = np.full((par.shape[0], fit_basis.PARAMETERS), np.nan)
    rmse = np.full(par.shape[0], np.nan)
    for mask in np.unique(there, axis=0):
        if _enough(tenors[mask]):
            rows = np.flatnonzero((there == mask).all(axis=1) & sound)
            theta[rows], rmse[rows] = _fit_group(tenors[mask], par[np.ix_(rows, mask)])
    theta[~np.isfinite(theta).all(axis=1)], rmse[~np.isfinite(theta).all(axis=1)] = np.nan, np.nan
    longest = np.max(np.where(there, tenors, 0.0), axis=1, initial=0.0)
    return SvenssonCurves(theta, rmse, there.sum(axis=1), longest)


def _fit_group(tenors: Floats, par: Floats) -> tuple[Floats, Floats]:
    """Parameters and error of days that have the same tenors."""
    theta = np.empty((par.shape[0], fit_basis.PARAMETERS))
    rmse = np.empty(par.shape[0])
    grid = shared_grid(tuple(tenors.tolist()))
    for rows, block in _blocks(par):
        with np.errstate(all="ignore"):  # what is not finite in the end is marked as unfitted
            at = partial(on_par_yields, grid.mapped, block)
            level = 200.0 * np.log1p(block.mean(axis=1) / 200.0)
            found = refine(at, approximate_fit(grid, block), level)
            error_bp = 100.0 * np.sqrt(found.cost / tenors.size)
        theta[rows], rmse[rows] = found.theta[: rows.size], error_bp[: rows.size]
    return theta, rmse


def _blocks(par: Floats) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    for first in range(0, par.shape[0], BLOCK_DAYS):
        rows = np.arange(first, min(first + BLOCK_DAYS, par.shape[0]))
        at = np.minimum(np.arange(first, first + BLOCK_DAYS), par.shape[0] - 1)
        yield rows, np.ascontiguousarray(par[at])


def _enough(tenors: Floats) -> bool:
    return bool(
        tenors.size >= MIN_TENORS
        and tenors[0] <= SHORTEST_NEEDED_YEARS
        and tenors[-1] >= LONGEST_NEEDED_YEARS
    )


def _maturities(years: ArrayLike) -> Floats:
    t = np.atleast_1d(np.asarray(years, np.float64))
    if not bool(np.all(t >= 0.0)):
        raise BadInputError("a maturity must be a number of years, zero or more")
    return t


def _tenors(tenors_years: ArrayLike) -> Floats:
    tenors = np.atleast_1d(np.asarray(tenors_years, np.float64))
    if tenors.ndim != 1 or not bool(np.all(np.isfinite(tenors) & (tenors > 0.0))):
        raise BadInputError("tenors must be positive years")
    if bool(np.any(np.diff(tenors) <= 0.0)):
        raise BadInputError("tenors must be in ascending order")
    long = tenors[tenors > LAST_BILL_YEARS]
    if bool(np.any(np.abs(2.0 * long - np.round(2.0 * long)) > 1e-9)):
        raise BadInputError("tenors above one year must be multiples of half a year")
    return tenors
