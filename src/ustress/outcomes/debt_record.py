"""The auction record as of a date: what was sold, when it matures, at what coupon."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Panel

Floats = NDArray[np.float64]
Months = NDArray[np.int64]

COUPON_TENORS = (2, 3, 5, 7, 10, 20, 30)
MONTHS = 361
RECORD_BEGINS = np.datetime64("2008-04", "M")
_REOPENED = (10, 20, 30)


class Ladder(NamedTuple):
    """Securities of one class by month of maturity.

    `par_usdbn` and `coupon_pct`, shape (MONTHS,): entry k matures in the k-th month after the
    profile's month, k = 0 being that month itself.
    """

    par_usdbn: Floats
    coupon_pct: Floats

    @property
    def average_pct(self) -> float:
        """Average coupon, weighted by par, per cent."""
        return float(self.par_usdbn @ self.coupon_pct / self.par_usdbn.sum())


class Sold(NamedTuple):
    """Auctions in parallel arrays: day, tenor in years, $bn, month of maturity, coupon."""

    day: NDArray[np.datetime64]
    tenor: Months
    size_usdbn: Floats
    matures: NDArray[np.datetime64]
    coupon_pct: Floats

    def among(self, keep: NDArray[np.bool_]) -> Sold:
        """The auctions of `keep`."""
        return Sold(
            self.day[keep],
            self.tenor[keep],
            self.size_usdbn[keep],
            self.matures[keep],
            self.coupon_pct[keep],
        )


def auctions(panel: Panel, last: date) -> Sold:
    """Every auction of notes and bonds known on the panel's date and held by `last`."""
    parts = [_auctions_of(panel, tenor, last) for tenor in COUPON_TENORS]
    return Sold(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _auctions_of(panel: Panel, tenor: int, last: date) -> Sold:
    size = panel.get(f"auction.{tenor}y.size")
    if size is None:
        days, months = np.array([], "datetime64[D]"), np.array([], "datetime64[M]")
        return Sold(days, np.array([], np.int64), np.array([]), months, np.array([]))
    size = size.between(None, last)
    high = panel[f"auction.{tenor}y.high_yield"]
    flag = panel[f"auction.{tenor}y.reopening"]
    there = np.isin(size.dates, high.dates) & np.isin(size.dates, flag.dates)
    days, sizes = size.dates[there], size.values[there]
    yields = high.values[np.searchsorted(high.dates, days)]
    new = flag.values[np.searchsorted(flag.dates, days)] == 0.0
    # Shorter notes marked as reopened share a CUSIP with an older note of the same last day;
    # they still run for their full tenor.
    new |= tenor not in _REOPENED
    new[:1] = True
    original = np.maximum.accumulate(np.where(new, np.arange(days.size), 0))
    matures = days.astype("datetime64[M]") + 12 * tenor
    coupon = np.maximum(np.floor(8.0 * yields + 1e-9) / 8.0, 0.125)
    tenors = np.full(days.size, tenor, np.int64)
    return Sold(days, tenors, sizes, matures[original], coupon[original])


def ladder_of(sold: Sold, month: np.datetime64, use: NDArray[np.bool_]) -> Ladder:
    """The auctions of `use` by month of maturity from `month` on; earlier ones count as 0."""
    k = np.maximum((sold.matures[use] - month).astype(np.int64), 0)
    par = np.zeros(MONTHS)
    np.add.at(par, k, sold.size_usdbn[use])
    interest = np.zeros(MONTHS)
    np.add.at(interest, k, sold.size_usdbn[use] * sold.coupon_pct[use])
    return Ladder(par, interest / np.where(par > 0.0, par, 1.0))


def outstanding(sold: Sold, day: date) -> NDArray[np.bool_]:
    """Which auctions' securities had not matured by the end of the month of `day`."""
    return np.asarray(sold.matures > np.datetime64(day, "M"))
