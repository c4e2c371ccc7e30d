"""Par yields of many zero-coupon curves at once, and how they move with the zero yields.

A coupon tenor of n half-years pays c/2 every half-year, so its par yield is

    c_n = 2 (1 - d_n) / A_n,   A_n = sum_{k<=n} d_k,   d_k = exp(-t_k z(t_k))
    dc_n = (2 t_n d_n dz_n + c_n sum_{k<=n} t_k d_k dz_k) / A_n

Tenors up to a year are bills on a bond-equivalent basis, as in `curves.zero`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.curves.zero import LAST_BILL_YEARS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ParMap:
    """Where the zero curve is needed for the par yields of some tenors.

    `years` are the points: the bills, then the half-years up to the longest coupon tenor.
    `bills` counts the first kind; `ends` holds the position, among the half-years, of each
    coupon tenor.
    """

    years: Floats
    bills: int
    ends: NDArray[np.intp]

    @property
    def tenors(self) -> int:
        """How many par yields come out."""
        return self.bills + int(self.ends.size)

    def yields(self, zero_pct: Floats) -> Floats:
        """Par yields in per cent, (days, tenors), from zero yields at `years`, (days, n)."""
        return self._values(np.exp(-self.years * zero_pct / 100.0))[0]

    def yields_and_gradient(self, zero_pct: Floats, gradient: Floats) -> tuple[Floats, Floats]:
        """Par yields and their gradient, (k, days, tenors), from those of the zero yields.

        Args:
            zero_pct: zero yields at `years`, per cent, (days, n).
            gradient: their gradient in k parameters, (k, days, n).
        """
        price = np.exp(-self.years * zero_pct / 100.0)
        values, annuity = self._values(price)
        out = np.empty((gradient.shape[0], *values.shape))
        if self.bills:
            slope = self._bill_slope(price[:, : self.bills], values[:, : self.bills])
            out[..., : self.bills] = slope * gradient[..., : self.bills]
        loss = (self.years * price)[:, self.bills :] * gradient[..., self.bills :]
        paid = np.add.accumulate(loss, axis=-1)[..., self.ends]
        coupon = values[:, self.bills :] / 100.0
        out[..., self.bills :] = (2.0 * loss[..., self.ends] + coupon * paid) / annuity
        return values, out

    def _values(self, price: Floats) -> tuple[Floats, Floats]:
        coupons = price[:, self.bills :]
        annuity = np.add.accumulate(coupons, axis=1)[:, self.ends]
        par = 200.0 * (1.0 - coupons[:, self.ends]) / annuity
        return np.concatenate([self._bill_yields(price[:, : self.bills]), par], axis=1), annuity

    def _bill_yields(self, price: Floats) -> Floats:
        """Bond-equivalent y of P (1 + y first)(1 + y second) = 1, in per cent."""
        first, second = self._bill_periods()
        a, b, c = first * second, first + second, 1.0 - 1.0 / price
        # This form of the root stays exact where the second period is nothing.
        return np.asarray(-200.0 * c / (b + np.sqrt(b * b - 4.0 * a * c)))

    def _bill_slope(self, price: Floats, value: Floats) -> Floats:
        """dy/dz of a bill: t (1 + y first)(1 + y second) / d[(1 + y first)(1 + y second)]/dy."""
        first, second = self._bill_periods()
        y = value / 100.0
        steep = first + second + 2.0 * first * second * y
        return np.asarray(self.years[: self.bills] / (price * steep))

    def _bill_periods(self) -> tuple[Floats, Floats]:
        years = self.years[: self.bills]
        return np.minimum(years, 0.5), np.maximum(years - 0.5, 0.0)


def par_map(tenors_years: Floats) -> ParMap:
    """The map for tenors in ascending order; those above a year are multiples of half a year."""
    bills = tenors_years[tenors_years <= LAST_BILL_YEARS]
    coupons = tenors_years[tenors_years > LAST_BILL_YEARS]
    ends = np.round(2.0 * coupons).astype(np.intp) - 1
    grid = np.arange(1, (int(ends[-1]) + 1 if ends.size else 0) + 1) / 2.0
    return ParMap(np.concatenate([bills, grid]), int(bills.size), ends)
