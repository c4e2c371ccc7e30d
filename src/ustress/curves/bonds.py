"""Price, duration and convexity of a semi-annual Treasury, and the size of a flow in risk.

Conventions: yields and coupons in per cent a year, bond-equivalent (compounded twice a year);
prices per 100; durations in years; whole coupon periods, so `years` counts half-years.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError

Floats = NDArray[np.float64]

TEN_YEAR_DURATION_YEARS = 8.5
"""Modified duration of "the ten-year" in ten-year equivalents: a convention, not a measurement."""

CONVENTION = (
    "DV01 = par x modified duration x 1 bp; ten-year equivalents = par x modified duration / 8.5 "
    "years; prices taken at par"
)

_ZERO = 1e-15  # below this yield an annuity is its limit to the last digit
_TINY = 1e-9  # below this yield (as a fraction) the closed forms are replaced by their limits


def bond_price(coupon_pct: ArrayLike, yield_pct: ArrayLike, years: ArrayLike) -> Floats:
    """Price per 100 of a bond just after a coupon.

    P = 100 [ (c/y) (1 - v^n) + v^n ],  v = 1/(1 + y/2),  n = 2 x years.

    Args:
        coupon_pct: annual coupon, per cent, paid half-yearly.
        yield_pct: bond-equivalent yield, per cent.
        years: remaining life, a positive multiple of half a year.

    Raises:
        BadInputError: if a life is no positive multiple of half a year or a yield is at or below
            -200 %.
    """
    n, y = _periods(years), _fraction(yield_pct)
    c = np.asarray(coupon_pct, dtype=np.float64) / 100.0
    return np.asarray(100.0 * (c * _annuity(y, n) + _final(y, n)))


def par_bond_duration(yield_pct: ArrayLike, years: ArrayLike) -> Floats:
    """Modified duration in years of a bond at par: (1 - v^n) / y, and `years` itself at y = 0.

    Args:
        yield_pct: bond-equivalent yield = coupon, per cent.
        years: remaining life, a positive multiple of half a year.

    Raises:
        BadInputError: as `bond_price`.
    """
    return _annuity(_fraction(yield_pct), _periods(years))


def par_bond_convexity(yield_pct: ArrayLike, years: ArrayLike) -> Floats:
    """Convexity P''/P in years squared of a bond at par: 2 (1 - v^n)/y^2 - (n/y) v^(n+1).

    Args:
        yield_pct: bond-equivalent yield = coupon, per cent.
        years: remaining life, a positive multiple of half a year.

    Raises:
        BadInputError: as `bond_price`.
    """
    n, y = _periods(years), _fraction(yield_pct)
    small = np.abs(y) < _TINY
    safe = np.where(small, 1.0, y)
    full = 2.0 * _annuity(safe, n) / safe - n / safe * _final(safe, n + 1.0)
    return np.asarray(np.where(small, n * (n + 1.0) / 4.0, full))


def dv01_usdmn_per_bn(yield_pct: ArrayLike, years: ArrayLike) -> Floats:
    """Loss in $mn on $1bn par of a par bond when its yield rises by 1 bp: duration / 10.

    Raises:
        BadInputError: as `bond_price`.
    """
    return np.asarray(flow_risk(1.0, par_bond_duration(yield_pct, years)).dv01_usdmn)


class FlowRisk(NamedTuple):
    """A flow of Treasuries in par and in risk: the one place where the two meet.

    `par_usdbn` signed par ($bn); `dv01_usdmn` $mn per basis point; `ten_year_usdbn` $bn of
    ten-year equivalents. Arrays of one shape.
    """

    par_usdbn: Floats
    dv01_usdmn: Floats
    ten_year_usdbn: Floats


def flow_risk(par_usdbn: ArrayLike, duration_years: ArrayLike) -> FlowRisk:
    """DV01 and ten-year equivalents of a flow, by the one convention of `CONVENTION`.

    Args:
        par_usdbn: par, $bn, any sign.
        duration_years: modified duration, years.

    Source of the convention: the ten-year equivalents of the model, X = par x duration / 8.5.
    """
    par = np.asarray(par_usdbn, dtype=np.float64)
    exposure = par * np.asarray(duration_years, dtype=np.float64)
    return FlowRisk(par, exposure * 0.1, exposure / TEN_YEAR_DURATION_YEARS)


def ten_year_equivalents(par_usdbn: ArrayLike, duration_years: ArrayLike) -> Floats:
    """Ten-year equivalents in $bn of `par_usdbn` with the given modified duration."""
    return flow_risk(par_usdbn, duration_years).ten_year_usdbn


def _periods(years: ArrayLike) -> Floats:
    n = 2.0 * np.asarray(years, dtype=np.float64)
    if not bool(np.all(np.isfinite(n))) or bool(
        np.any((n < 1.0 - 1e-9) | (np.abs(n - np.round(n)) > 1e-9))
    ):
        raise BadInputError("a bond's life must be a positive multiple of half a year, in years")
    return np.asarray(np.round(n))


def _fraction(yield_pct: ArrayLike) -> Floats:
    y = np.asarray(yield_pct, dtype=np.float64) / 100.0
    if not bool(np.all(np.isfinite(y) & (y > -2.0))):
        raise BadInputError("a bond-equivalent yield must be a finite number above -200 per cent")
    return y


def _final(y: Floats, n: Floats) -> Floats:
    """v^n: the value of 1 paid after n half-years."""
    return np.asarray(np.exp(-n * np.log1p(y / 2.0)))


def _annuity(y: Floats, n: Floats) -> Floats:
    """(1 - v^n)/y: the value of 1/2 paid at the end of each of n half-years."""
    small = np.abs(y) < _ZERO
    safe = np.where(small, 1.0, y)
    # expm1 keeps the full precision of 1 - v^n when the yield is small.
    return np.asarray(np.where(small, n / 2.0, -np.expm1(-n * np.log1p(safe / 2.0)) / safe))
