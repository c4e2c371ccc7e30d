"""The noise in the prices of single bonds around a smooth curve: Hu, Pan and Wang (2013).

    fit     min over theta of sum_i [(P_i(theta) - P_i) / (D_i P_i)]^2   over bonds of 1 month to
            ten years, D modified duration: price errors in units of yield
    noise   sqrt[(1/N) sum_i (y_i - y_i(theta))^2] in bp                 over bonds of one to ten
            years, yields further than four standard deviations from the curve left out

It needs the prices of single notes and bonds, which the project does not carry: they come from
the reader's own file. The error of a curve on par yields is a different and much smaller thing.

Source: Hu, Pan and Wang (2013), Journal of Finance 68, 2341-2382, section I.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError, CannotError
from ustress.curves.fit_basis import LINEAR, PARAMETERS, linear_basis, yields_and_gradient
from ustress.curves.fit_step import Normal, inside, refine

Floats = NDArray[np.float64]

FIT_YEARS = (1.0 / 12.0, 10.0)
NOISE_YEARS = (1.0, 10.0)
OUTLIER_SD = 4.0
MIN_BONDS = 20
"""Fewest bonds of one to ten years for which a noise is given: assumed."""
_STEPS, _YIELD_STEPS = 60, 40
# Decays to start from, in years: the first, then the ratio of the second to it.
_STARTS = [(first, ratio) for first in (0.5, 1.0, 2.0, 4.0) for ratio in (1.6, 3.0, 6.0)]


class BondPrices(NamedTuple):
    """Prices of one day: parallel arrays, one entry a bond.

    `coupon_pct` annual, paid half-yearly; `years` from settlement to maturity; `price` per 100
    with accrued interest.
    """

    coupon_pct: Floats
    years: Floats
    price: Floats


@dataclass(frozen=True, slots=True)
class Noise:
    """The day's noise in bp with what it rests on.

    `residual_bp` is each bond's yield less the curve's (all bonds given, NaN where the bond lies
    outside the fit's maturities); `used` marks those that count, `outlier` those left out as too
    far away; `theta` is the Svensson curve.
    """

    noise_bp: float
    residual_bp: Floats
    used: NDArray[np.bool_]
    outlier: NDArray[np.bool_]
    theta: Floats


def noise(coupon_pct: ArrayLike, years: ArrayLike, price: ArrayLike) -> Noise:
    """The noise of one day's bond prices.

    Args:
        coupon_pct: annual coupons in per cent, paid half-yearly, shape (n,).
        years: years from settlement to maturity, (n,).
        price: prices per 100, accrued interest included, (n,).

    Raises:
        BadInputError: if the lists differ in length or hold a value that is no price, coupon or
            maturity.
        CannotError: with fewer than `MIN_BONDS` bonds of one to ten years.
    """
    bonds = _checked(coupon_pct, years, price)
    fitted = (bonds.years >= FIT_YEARS[0]) & (bonds.years <= FIT_YEARS[1])
    inner = fitted & (bonds.years >= NOISE_YEARS[0])
    if int(inner.sum()) < MIN_BONDS:
        raise CannotError(
            f"{int(inner.sum())} bonds of one to ten years have a price; at least {MIN_BONDS} "
            "are needed for a noise"
        )
    taken = BondPrices(*(column[fitted] for column in bonds))
    theta = fit_bonds(taken)
    gap = np.full(bonds.price.size, np.nan)
    model = _prices(_flows(taken), theta[None, :])[0][0]
    gap[fitted] = 100.0 * (bond_yields(taken) - bond_yields(taken._replace(price=model)))
    outlier = inner & (np.abs(gap) > OUTLIER_SD * np.nanstd(gap[inner]))
    used = inner & ~outlier
    return Noise(float(np.sqrt(np.mean(gap[used] ** 2))), gap, used, outlier, theta)


def fit_bonds(bonds: BondPrices) -> Floats:
    """The Svensson curve, `theta` (6,), nearest to the prices in units of yield."""
    flows, weight = _flows(bonds), 1.0 / _dollar_duration(bonds)
    at = partial(_on_prices, flows, bonds.price, weight)
    starts = _starts(bonds)
    level = np.full(len(starts), bond_yields(bonds).mean())
    found = refine(at, starts, level, _STEPS)
    return np.asarray(found.theta[int(np.argmin(found.cost))])


def bond_yields(bonds: BondPrices) -> Floats:
    """Bond-equivalent yields in per cent at which the flows are worth the prices, by Newton.

    A payment in t years is discounted by (1 + y/2)^(-2t), the first one included.
    """
    flows = _flows(bonds)
    y = np.full(bonds.price.size, 0.04)
    for _ in range(_YIELD_STEPS):
        value = flows.amount * np.exp(-2.0 * flows.years * np.log1p(y / 2.0)[flows.bond])
        price = np.bincount(flows.bond, value)
        slope = -np.bincount(flows.bond, value * flows.years) / (1.0 + y / 2.0)
        y = np.maximum(y - (price - bonds.price) / slope, -0.5)
    return np.asarray(100.0 * y)


class _Flows(NamedTuple):
    """Payments of all bonds in one list: the bond each belongs to, when, how much per 100."""

    bond: NDArray[np.intp]
    years: Floats
    amount: Floats
    first: NDArray[np.intp]


def _flows(bonds: BondPrices) -> _Flows:
    count = np.maximum(np.ceil(2.0 * bonds.years - 1e-9), 1.0).astype(np.intp)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    bond = np.repeat(np.arange(count.size), count)
    back = np.arange(bond.size) - first[bond]  # half-years before maturity
    amount = bonds.coupon_pct[bond] / 2.0 + np.where(back == 0, 100.0, 0.0)
    return _Flows(bond, bonds.years[bond] - 0.5 * back, amount, first)


def _prices(flows: _Flows, theta: Floats) -> tuple[Floats, Floats]:
    """Model prices (starts, bonds) and their slopes in `theta`, (6, starts, bonds)."""
    zero, gradient = yields_and_gradient(theta, flows.years)
    value = flows.amount * np.exp(-flows.years * zero / 100.0)
    slopes = np.add.reduceat(-flows.years * value / 100.0 * gradient, flows.first, axis=2)
    return np.add.reduceat(value, flows.first, axis=1), slopes


def _on_prices(flows: _Flows, price: Floats, weight: Floats, theta: Floats) -> Normal:
    """Price errors over D P, in per cent of yield, and their slopes."""
    model, slopes = _prices(flows, theta)
    return Normal(theta, weight * (model - price), weight * slopes)


def _dollar_duration(bonds: BondPrices) -> Floats:
    """Loss per 100 when the yield rises by a percentage point, at the bond's own yield."""
    flows = _flows(bonds)
    y = bond_yields(bonds)[flows.bond] / 100.0
    value = flows.amount * flows.years * np.exp(-(2.0 * flows.years + 1.0) * np.log1p(y / 2.0))
    return np.asarray(np.bincount(flows.bond, value) / 100.0)


def _starts(bonds: BondPrices) -> Floats:
    """Parameters from a regression of the bonds' yields at each pair of starting decays."""
    y = 200.0 * np.log1p(bond_yields(bonds) / 200.0)
    theta = np.zeros((len(_STARTS), PARAMETERS))
    theta[:, LINEAR:] = inside(np.log(np.array(_STARTS)))
    for row in theta:
        tau1 = np.exp(row[4])
        basis = linear_basis(bonds.years, tau1, tau1 * np.exp(row[5]))
        row[:LINEAR] = np.linalg.lstsq(basis, y, rcond=None)[0]
    return theta


def _checked(coupon_pct: ArrayLike, years: ArrayLike, price: ArrayLike) -> BondPrices:
    columns = [np.asarray(column, np.float64) for column in (coupon_pct, years, price)]
    bonds = BondPrices(*columns)
    if len({column.shape for column in columns}) > 1 or bonds.price.ndim != 1:
        raise BadInputError("coupons, maturities and prices must be three lists of one length")
    if not all(bool(np.isfinite(column).all()) for column in columns):
        raise BadInputError("coupons, maturities and prices must be finite numbers")
    if bool(np.any((bonds.price <= 0.0) | (bonds.years <= 0.0) | (bonds.coupon_pct < 0.0))):
        raise BadInputError("prices and years must be positive, coupons zero or more")
    return bonds
