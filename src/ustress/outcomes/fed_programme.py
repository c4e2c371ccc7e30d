"""What a purchase programme earns: yields locked in at purchase against the rate on reserves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, CannotError
from ustress.core.panel import Panel, Series
from ustress.outcomes.parameters import entry, number

Floats = NDArray[np.float64]


class Programme(NamedTuple):
    """By month: par held of what was bought ($bn), and income less interest on reserves ($bn)."""

    held_usdbn: Floats
    net_income_usdbn: Floats


def programme(
    holdings_usdbn: Floats, yields_pct: Floats, reserves_pct: Floats, before_usdbn: float
) -> Programme:
    """Net income of what is held above the level before the programme.

    N_t = sum_s H_ts (y_s - i_t) / 12: what was added in month s earns its yield y_s for as long
    as it is held; reserves that paid for it cost i_t. Run-off takes the same share of every
    month's purchases.

    Args:
        holdings_usdbn: month-end holdings, (T,).
        yields_pct: yield at which each month's additions were bought, (T,).
        reserves_pct: interest rate on reserves by month, (T,).
        before_usdbn: holdings before the programme.

    Raises:
        BadInputError: if the three do not have the same length.
    """
    if not holdings_usdbn.shape == yields_pct.shape == reserves_pct.shape:
        raise BadInputError("programme: expected holdings, yields and rates of the same months")
    above = np.maximum(holdings_usdbn - before_usdbn, 0.0)
    held, locked, income = 0.0, 0.0, np.zeros(above.size)
    for t, level in enumerate(above):
        if level >= held:
            locked += (level - held) * yields_pct[t]
        elif held > 0.0:
            locked *= level / held
        held = level
        income[t] = (locked - held * reserves_pct[t]) / 1200.0
    return Programme(above, income)


@dataclass(frozen=True, slots=True)
class ProgrammeCheck:
    """The programme of 2020 to 2022: bought at its peak, net income over ten years, published.

    `treasuries_usdbn` and `mortgages_usdbn` are the two parts of `net_income_usdbn`; after
    `record_ends` (a month) holdings and the rate on reserves stay where they were.
    """

    bought_usdbn: float
    net_income_usdbn: float
    treasuries_usdbn: float
    mortgages_usdbn: float
    published_usdbn: float
    record_ends: str


_FIRST, _BEFORE = np.datetime64("2020-03"), date(2020, 2, 28)
_MONTHS = 120
_TREASURIES = ("notes_bonds", "bills", "tips", "frn")


def programme_of_2020(panel: Panel) -> ProgrammeCheck:
    """Net income of what the Fed bought from March 2020 on, with the rates that came.

    Treasuries earn the yields of the reserve mix of maturities in the month of purchase, mortgage
    bonds the ten-year and `mbs_yield_spread`. Before August 2021 the top of the target range
    stands for the rate on reserves.

    Raises:
        CannotError: if the holdings are not known to the end of 2022.
    """
    holdings = {c: panel[f"soma.{c}"] for c in (*_TREASURIES, "mbs")}
    last = min(s.dates[-1] for s in holdings.values()).astype("datetime64[M]")
    months = int((last - _FIRST).astype(np.int64))
    if months < 34:
        raise CannotError(f"the Fed's holdings are known to {last}; expected the end of 2022")
    treasuries = sum((_month_ends(holdings[c], months) for c in _TREASURIES), np.zeros(_MONTHS))
    before = sum(_before(holdings[c]) for c in _TREASURIES)
    rate = _rate_on_reserves(panel)
    a = programme(treasuries, _yields(panel, None), rate, before)
    mbs = _month_ends(holdings["mbs"], months)
    b = programme(mbs, _yields(panel, 10.0), rate, _before(holdings["mbs"]))
    total = a.held_usdbn + b.held_usdbn
    one, two = float(a.net_income_usdbn.sum()), float(b.net_income_usdbn.sum())
    return ProgrammeCheck(
        float(total.max()), one + two, one, two, number("programme_2020"), str(last)
    )


def _before(series: Series) -> float:
    found = series.on_or_before(_BEFORE)
    return 0.0 if found is None else found.value


def _month_ends(series: Series, months: int) -> Floats:
    """The last value of each of `months` months from the first on, then held."""
    month = series.dates.astype("datetime64[M]")
    at = np.searchsorted(month, _FIRST + np.arange(_MONTHS), side="right") - 1
    at[months:] = at[months - 1]
    return np.asarray(series.values[at])


def _means(series: Series, first: np.datetime64, months: int) -> Floats:
    """Monthly means, held after the series' end."""
    k = (series.dates.astype("datetime64[M]") - first).astype(np.int64)
    inside = (k >= 0) & (k < months)
    count = np.bincount(k[inside], minlength=months)
    mean = np.bincount(k[inside], series.values[inside], months) / np.maximum(count, 1)
    filled = np.maximum.accumulate(np.where(count > 0, np.arange(months), 0))
    return np.asarray(mean[filled])


def _rate_on_reserves(panel: Panel) -> Floats:
    upper, iorb = (
        _means(panel[n], _FIRST, _MONTHS) for n in ("funding.target.upper", "funding.iorb")
    )
    return np.where(_FIRST + np.arange(_MONTHS) < np.datetime64("2021-08"), upper, iorb)


def _yields(panel: Panel, years: float | None) -> Floats:
    table = entry("reserve_mix")
    if years is not None:
        return _means(panel["ust.par.10y"], _FIRST, _MONTHS) + number("mbs_yield_spread")
    known = {2.0: "2y", 5.0: "5y", 9.0: "10y", 25.0: "30y"}
    parts = zip(table["years"], table["value"], strict=True)
    found = [w * _means(panel[f"ust.par.{known[y]}"], _FIRST, _MONTHS) for y, w in parts]
    return np.asarray(np.sum(found, axis=0))
