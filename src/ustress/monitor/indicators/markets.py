"""Stocks, credit, mortgages, gold, swap spreads: places that a provider or a reader's file fills.

None of these series is embedded (they are licensed), so each reading says what is missing until
the reader brings it.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from ustress.core.panel import Panel
from ustress.monitor.indicator import DAILY, MONTHLY, ONE_WEEK, WEEKLY, Indicator
from ustress.monitor.records import Lag
from ustress.monitor.track import Track, combine, of


def against(panel: Panel, name: str, base: str) -> Track:
    """One index over another."""
    return combine(of(panel, name), of(panel, base), lambda a, b: 100.0 * a / b)


def mortgage_spread(panel: Panel) -> Track:
    """The 30-year mortgage rate less the ten-year par yield of the survey's day, bp."""
    rate = of(panel, "mortgage.30y")
    ten = of(panel, "ust.par.10y")
    return combine(rate, ten, lambda a, b: np.round(100.0 * (a - b), 6))


def _level(
    key: str,
    title: str,
    family: str,
    series: str,
    unit: str,
    definition: str,
    reference: str,
    windows: tuple[Lag, ...] = DAILY,
    *,
    relative: bool = False,
) -> Indicator:
    labels = tuple(lag.label for lag in windows)
    return Indicator(
        key,
        title,
        family,
        unit,
        definition,
        (series,),
        partial(of, name=series),
        reference,
        windows,
        relative=relative,
        records=("level", *labels),
        outside=True,
    )


def _relative(key: str, series: str, words: str) -> Indicator:
    return Indicator(
        key,
        f"S&P 500 {words} against the index",
        "equities",
        "index",
        f"The {words} sector over the whole index, 100 where they are equal.",
        (series, "market.spx"),
        partial(against, name=series, base="market.spx"),
        "Bernanke and Kuttner 2005 (sectors and interest rates)",
        DAILY,
        relative=True,
        outside=True,
    )


_CREDIT = "Gilchrist and Zakrajšek 2012"
_OAS = "Option-adjusted spread of US corporate bonds over Treasuries, {}."

INDICATORS = (
    _level("equities.spx", "S&P 500", "equities", "market.spx", "index", "Index, close.",
           "Campbell and Ammer 1993", relative=True),
    _relative("equities.real_estate", "market.spx.real_estate", "real estate"),
    _relative("equities.utilities", "market.spx.utilities", "utilities"),
    _relative("equities.banks", "market.spx.banks", "banks"),
    _relative("equities.homebuilders", "market.spx.homebuilders", "homebuilders"),
    _level("equities.vix", "Implied volatility of the S&P 500", "equities", "market.vix", "index",
           "VIX, close, per cent a year.", "Whaley 2009"),
    _level("curve.implied_vol", "Implied volatility of Treasuries", "curve", "market.move",
           "index", "MOVE, close, bp a year.", "Mueller, Vedolin and Yen 2012"),
    _level("credit.ig", "Investment-grade spread", "credit", "credit.ig", "pct",
           _OAS.format("investment grade"), _CREDIT),
    _level("credit.aa", "AA spread", "credit", "credit.ig.aa", "pct", _OAS.format("AA"), _CREDIT),
    _level("credit.a", "A spread", "credit", "credit.ig.a", "pct", _OAS.format("A"), _CREDIT),
    _level("credit.bbb", "BBB spread", "credit", "credit.ig.bbb", "pct", _OAS.format("BBB"),
           _CREDIT),
    _level("credit.hy", "High-yield spread", "credit", "credit.hy", "pct",
           _OAS.format("high yield"), _CREDIT),
    _level("mortgages.30y", "30-year mortgage rate", "mortgages", "mortgage.30y", "pct",
           "Survey of lenders' rates on 30-year fixed mortgages, weekly.",
           "Fuster, Lucca and Vickery 2023", WEEKLY),
    Indicator(
        "mortgages.spread",
        "30-year mortgage rate less the ten-year",
        "mortgages",
        "bp_level",
        "Mortgage rate of the survey less the ten-year par yield of the same day.",
        ("mortgage.30y", "ust.par.10y"),
        mortgage_spread,
        "Fuster, Lucca and Vickery 2023",
        (ONE_WEEK, *MONTHLY),
        outside=True,
    ),
    _level("havens.gold", "Gold", "havens", "market.gold", "usd_per_oz",
           "US dollars an ounce.", "Baur and Lucey 2010", relative=True),
    _level("funding.swap_spread.10y", "Swap spread, ten years", "funding", "swap_spread.10y",
           "bp_level", "SOFR swap rate less Treasury yield, ten years.", "Jermann 2020"),
    _level("funding.swap_spread.30y", "Swap spread, thirty years", "funding", "swap_spread.30y",
           "bp_level", "SOFR swap rate less Treasury yield, thirty years.", "Jermann 2020"),
)  # fmt: skip
