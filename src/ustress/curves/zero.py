"""From par yields to a zero-coupon curve: discount factors, yields, forwards, and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError, CannotError
from ustress.curves.hermite import hermite, hermite_derivative, monotone_slopes

Floats = NDArray[np.float64]

MIN_NODES = 4
LAST_BILL_YEARS = 1.0
INTERPOLATION = (
    "monotone cubic in par yields between the published tenors, onto a half-yearly grid; exact "
    "recursion from there; monotone cubic in minus the log of the discount factor between the "
    "grid's points. Tenors up to one year are read as zero-coupon bills on a bond-equivalent basis"
)


@dataclass(frozen=True, slots=True)
class ZeroCurve:
    """The discount function of one day; every method takes maturities in years, any shape.

    `nodes_years` and `nodes_pct` are the par yields it was built from. Between its knots the
    function is a monotone cubic in minus log discount, so forwards are continuous and never
    negative unless the par yields themselves demand it.
    """

    nodes_years: Floats
    nodes_pct: Floats
    knots_years: Floats
    minus_log_discount: Floats
    slopes: Floats

    @property
    def last_years(self) -> float:
        """The longest maturity the curve reaches, in years: the longest tenor it was built from."""
        return float(self.knots_years[-1])

    def discount(self, tau: ArrayLike) -> Floats:
        """Price today of 1 paid after `tau` years.

        Raises:
            BadInputError: for a negative maturity.
            CannotError: beyond the longest tenor the curve was built from.
        """
        return np.asarray(np.exp(-self._depth(tau)))

    def yields_cc(self, tau: ArrayLike) -> Floats:
        """Continuously compounded zero-coupon yield in per cent; at 0 the instantaneous rate.

        Raises:
            BadInputError: for a negative maturity.
            CannotError: beyond the longest tenor the curve was built from.
        """
        t = np.asarray(tau, dtype=np.float64)
        safe = np.where(t > 0.0, t, 1.0)
        return np.asarray(100.0 * np.where(t > 0.0, self._depth(t) / safe, self.slopes[0]))

    def forward(self, t1: ArrayLike, t2: ArrayLike) -> Floats:
        """Continuously compounded forward rate from `t1` to `t2` years, per cent.

        With t2 = t1 it is the instantaneous forward.

        Raises:
            BadInputError: if t2 < t1 or a maturity is negative.
            CannotError: beyond the longest tenor the curve was built from.
        """
        a, b = np.broadcast_arrays(np.asarray(t1, np.float64), np.asarray(t2, np.float64))
        if bool(np.any(b < a)):
            raise BadInputError("a forward rate runs from the earlier to the later maturity")
        gap = np.where(b > a, b - a, 1.0)
        mean = (self._depth(b) - self._depth(a)) / gap
        instant = hermite_derivative(self.knots_years, self.minus_log_discount, self.slopes, a)
        return np.asarray(100.0 * np.where(b > a, mean, instant))

    def par(self, tau: ArrayLike) -> Floats:
        """Par yield, bond-equivalent, per cent: what the published curve quotes at `tau`.

        Up to one year the bond-equivalent yield of a bill; beyond, the half-yearly coupon at
        which a bond's clean price is 100 (with a first coupon period begun earlier, accrued in
        proportion, where `tau` is no multiple of half a year).

        Raises:
            BadInputError: for a maturity that is not positive.
            CannotError: beyond the longest tenor the curve was built from.
        """
        t = np.asarray(tau, dtype=np.float64)
        if bool(np.any(t <= 0.0)):
            raise BadInputError("a par yield needs a positive maturity, in years")
        flat = np.array([self._par_one(float(x)) for x in t.ravel()])
        return flat.reshape(t.shape)

    def _par_one(self, tau: float) -> float:
        price = float(self.discount(tau))
        if tau <= LAST_BILL_YEARS:
            return 100.0 * _bill_yield(price, tau)
        n = int(np.ceil(2.0 * tau - 1e-9))
        pays = np.maximum(tau - 0.5 * np.arange(n), 0.0)
        elapsed = 1.0 - 2.0 * float(pays[-1])  # the part of the first coupon period gone by
        return 200.0 * (1.0 - price) / (float(self.discount(pays).sum()) - elapsed)

    def _depth(self, tau: ArrayLike) -> Floats:
        t = np.asarray(tau, dtype=np.float64)
        if not bool(np.all(t >= 0.0)):
            raise BadInputError("a maturity must be a number of years, zero or more")
        if bool(np.any(t > self.last_years + 1e-9)):
            raise CannotError(
                f"the curve ends at {self.last_years:g} years, its longest published tenor; "
                f"{float(t.max()):g} years was asked for"
            )
        inside = np.minimum(t, self.last_years)
        return hermite(self.knots_years, self.minus_log_discount, self.slopes, inside)


def zero_curve(tenors_years: ArrayLike, par_pct: ArrayLike) -> ZeroCurve:
    """The zero-coupon curve behind the par yields of one day.

    Half-yearly discount factors follow from d_k = (1 - (c_k/2) sum_{j<k} d_j) / (1 + c_k/2).
    Missing tenors are NaN (there was no 20-year before October 1993, no 30-year from February
    2002 to February 2006) and are interpolated over; the curve ends at the longest one present.

    Args:
        tenors_years: tenors, ascending; those above one year multiples of half a year.
        par_pct: par yields, per cent, bond-equivalent; NaN where missing.

    Raises:
        BadInputError: if shapes or tenors are wrong.
        CannotError: if fewer than `MIN_NODES` tenors have a value, none of them reaches two
            years, or the yields imply a discount factor that is not positive.
    """
    tenors, pct = _nodes(tenors_years, par_pct)
    grid = np.arange(1, round(2.0 * tenors[-1]) + 1) / 2.0
    # Outside the published tenors the nearest one is held: it only happens before the shortest.
    par_at = np.clip(grid, tenors[0], tenors[-1])
    on_grid = hermite(tenors, pct, monotone_slopes(tenors, pct), par_at) / 100.0
    bills = tenors[(tenors <= LAST_BILL_YEARS) & ~np.isin(tenors, (0.5, 1.0))]
    bill_price = _bill_price(pct[np.isin(tenors, bills)] / 100.0, bills)
    knots = np.concatenate([[0.0], bills, grid])
    price = np.concatenate([[1.0], bill_price, half_yearly_discounts(on_grid)])
    order = np.argsort(knots)
    if not bool(np.all(price > 0.0)):
        raise CannotError("the par yields imply a discount factor at or below zero")
    knots, depth = knots[order], -np.log(price[order])
    return ZeroCurve(tenors, pct, knots, depth, monotone_slopes(knots, depth))


def half_yearly_discounts(par: Floats) -> Floats:
    """Discount factors at .5, 1, 1.5 ... years from par yields (fractions) at the same points.

    The first two are bills: 1/(1 + y/2) and 1/(1 + y/2)^2. Later ones price a bond at par.

    Args:
        par: shape (n,) or (n, days): the grid runs along the first axis.
    """
    out = np.empty_like(par)
    annuity = np.zeros_like(par[0])
    for k in range(par.shape[0]):
        half = par[k] / 2.0
        out[k] = (1.0 + half) ** -(k + 1.0) if k < 2 else (1.0 - half * annuity) / (1.0 + half)
        annuity = annuity + out[k]
    return out


def _bill_price(y: Floats, tau: Floats) -> Floats:
    """Price of a bill from its bond-equivalent yield: simple interest to half a year, then again.

    Source: 31 CFR Part 356, Appendix B (formulas for bills up to, and of more than, six months).
    """
    first, second = np.minimum(tau, 0.5), np.maximum(tau - 0.5, 0.0)
    return np.asarray(1.0 / ((1.0 + y * first) * (1.0 + y * second)))


def _bill_yield(price: float, tau: float) -> float:
    """The inverse of `_bill_price`."""
    first, second = min(tau, 0.5), max(tau - 0.5, 0.0)
    if second == 0.0:
        return (1.0 / price - 1.0) / first
    a, b, c = first * second, first + second, 1.0 - 1.0 / price
    return float(-2.0 * c / (b + np.sqrt(b * b - 4.0 * a * c)))


def _nodes(tenors_years: ArrayLike, par_pct: ArrayLike) -> tuple[Floats, Floats]:
    tenors = np.asarray(tenors_years, dtype=np.float64)
    pct = np.asarray(par_pct, dtype=np.float64)
    if tenors.ndim != 1 or tenors.shape != pct.shape:
        raise BadInputError("tenors and par yields must be two lists of the same length")
    if not bool(np.all(np.isfinite(tenors) & (tenors > 0.0))) or bool(np.any(np.diff(tenors) <= 0)):
        raise BadInputError("tenors must be positive years in ascending order")
    long = tenors[tenors > LAST_BILL_YEARS]
    if bool(np.any(np.abs(2.0 * long - np.round(2.0 * long)) > 1e-9)):
        raise BadInputError("tenors above one year must be multiples of half a year")
    if bool(np.any(np.isinf(pct))):
        raise BadInputError("par yields must be finite, or NaN where there is none")
    there = np.isfinite(pct)
    if int(there.sum()) < MIN_NODES or tenors[there][-1] < 2.0:
        raise CannotError(
            f"a curve needs par yields at {MIN_NODES} tenors or more, one of them two years or "
            f"longer; {int(there.sum())} were given"
        )
    return tenors[there], pct[there]
