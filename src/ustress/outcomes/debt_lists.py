"""Maturities from the Treasury's list of single securities, where an update has brought it.

`debt.maturing.nominal.{n}y` sums the list by year of remaining life, `.coupon` has each year's
average coupon. The ladders built from auctions are moved to it: year by year to the list's par and
coupon, class by class to the published totals, by iterative proportional fitting.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Panel
from ustress.outcomes.debt_record import MONTHS, Ladder

Floats = NDArray[np.float64]

YEARS = 30
_NAME = "debt.maturing.nominal.{}y"
_ROUNDS, _CLOSE = 200, 1e-12


class Listed(NamedTuple):
    """Notes and bonds by year to run, (30,): par in $bn and average coupon in per cent."""

    par_usdbn: Floats
    coupon_pct: Floats


def listed(panel: Panel) -> Listed | None:
    """The list as known on the panel's date, or None where a year of it is missing."""
    names = [_NAME.format(n) for n in range(1, YEARS + 1)]
    wanted = [*names, *(f"{name}.coupon" for name in names)]
    if any(name not in panel.infos for name in wanted):
        return None
    panel.preload(wanted)
    found = [panel.get(name) for name in wanted]
    newest = [series.at(-1) for series in found if series is not None]
    if len(newest) < len(wanted) or len({o.day for o in newest}) > 1:
        return None
    values = np.array([o.value for o in newest])
    return Listed(values[:YEARS], values[YEARS:])


def fit(ladders: dict[str, Ladder], found: Listed) -> dict[str, Ladder]:
    """The ladders with the list's years and their own totals.

    Months within a year keep their proportions; a year of the list in which no auction matures is
    spread evenly. The list's total is scaled to the ladders', so that the two may be of
    neighbouring days. Coupons move by the same amount within a year.
    """
    names = tuple(ladders)
    par = np.stack([ladders[n].par_usdbn for n in names])
    totals = par.sum(axis=1, keepdims=True)
    year = np.minimum(np.maximum(np.arange(MONTHS) - 1, 0) // 12, YEARS - 1)
    wanted = found.par_usdbn * totals.sum() / found.par_usdbn.sum()
    par = _seeded(par, year, wanted)
    for _ in range(_ROUNDS):
        by_year = np.bincount(year, par.sum(axis=0), YEARS)
        par *= (wanted / np.where(by_year > 0.0, by_year, 1.0))[year]
        off = totals / par.sum(axis=1, keepdims=True)
        par *= off
        if float(np.abs(off - 1.0).max()) < _CLOSE:
            break
    coupon = np.stack([ladders[n].coupon_pct for n in names])
    held = np.bincount(year, par.sum(axis=0), YEARS)
    mean = np.bincount(year, (par * coupon).sum(axis=0), YEARS) / np.where(held > 0.0, held, 1.0)
    coupon = coupon + (found.coupon_pct - mean)[year]
    return {n: Ladder(par[i], coupon[i]) for i, n in enumerate(names)}


def _seeded(par: Floats, year: NDArray[np.int64], wanted: Floats) -> Floats:
    """Something to scale in every year the list has and the auctions do not."""
    out = par.copy()
    empty = (np.bincount(year, par.sum(axis=0), YEARS) == 0.0) & (wanted > 0.0)
    share = par.sum(axis=1, keepdims=True) / par.sum()
    out[:, empty[year]] = share * 1e-3
    return out
