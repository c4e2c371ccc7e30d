"""Foreign holdings by custody (TIC), and the Fed's custody as their weekly early sign."""

from __future__ import annotations

from functools import partial

import numpy as np

from ustress.core.panel import Dates, Panel
from ustress.monitor.indicator import (
    FOUR_WEEKS,
    MONTHLY,
    THREE_MONTHS,
    WEEKLY,
    Indicator,
)
from ustress.monitor.track import Track, change_of, combine, of

# Treasury, TIC: annual surveys of June 2002 to 2011 reset the estimates; the monthly form SLT
# replaced them with its reports of September and December 2011 (methodology of 29 Feb 2012).
SURVEYS: Dates = np.array(
    [*(f"{year}-06-30" for year in range(2002, 2012)), "2011-09-30", "2011-12-31"],
    dtype="datetime64[D]",
)
# June 2021 added $374bn to the total while the ten-year fell 13 bp, France alone +118: taken for
# a change of reporting at custodians. Assumed; officials show nothing of it.
REPORTING_2021: Dates = np.append(SURVEYS, np.datetime64("2021-06-30", "D"))

_HOLDERS = {
    "china": ("China", SURVEYS),
    "japan": ("Japan", SURVEYS),
    "united_kingdom": ("the United Kingdom", REPORTING_2021),
    "belgium": ("Belgium", SURVEYS),
    "luxembourg": ("Luxembourg", SURVEYS),
    "official": ("foreign officials", SURVEYS),
    "total": ("all foreigners", REPORTING_2021),
}
_CUSTODY = "By custody, not ownership: Belgium, Luxembourg and the United Kingdom hold for others."
_REFERENCE = "Bertaut and Judson 2014 (TIC custody bias and breaks)"


def holdings(panel: Panel, holder: str) -> Track:
    """Treasury holdings of one holder at month-ends, $bn."""
    return of(panel, f"tic.holdings.{holder}")


def foreign_share(panel: Panel) -> Track:
    """All foreigners' holdings over marketable debt held by the public at month-ends, per cent."""
    debt = of(panel, "debt.public.marketable")
    return combine(holdings(panel, "total"), debt, lambda a, b: 100.0 * a / b)


def official_change(panel: Panel) -> Track:
    """Three-month change of foreign officials' holdings, per cent; survey breaks left out."""
    return change_of(holdings(panel, "official"), THREE_MONTHS, relative=True, breaks=SURVEYS)


def custody_change(panel: Panel) -> Track:
    """Four-week change of Treasuries in the Fed's custody for foreign officials, per cent."""
    return change_of(of(panel, "fed.custody.treasuries"), FOUR_WEEKS, relative=True)


def _holder(holder: str) -> Indicator:
    words, breaks = _HOLDERS[holder]
    return Indicator(
        f"holdings.{holder}",
        f"Treasury holdings of {words}",
        "holdings",
        "usdbn",
        f"Treasury securities held by {words}, by place of custody, at market value.",
        (f"tic.holdings.{holder}",),
        partial(holdings, holder=holder),
        _REFERENCE,
        MONTHLY,
        records=("level", "1m", "12m"),
        breaks=breaks,
        note=_CUSTODY + " Changes hold flows and valuation together.",
    )


INDICATORS = (
    *(_holder(holder) for holder in _HOLDERS),
    Indicator(
        "holdings.total.share",
        "Foreign share of marketable debt",
        "holdings",
        "share_pct",
        "All foreigners' holdings (market value, nonmarketable included) over marketable debt "
        "held by the public (face value, the Fed's included).",
        ("tic.holdings.total", "debt.public.marketable"),
        foreign_share,
        _REFERENCE,
        MONTHLY,
        breaks=REPORTING_2021,
        note="Market value over face value: prices move it too.",
    ),
    Indicator(
        "holdings.official.change_3m",
        "Officials' holdings, three-month change",
        "holdings",
        "pct_change",
        "Three-month change of foreign officials' Treasury holdings in per cent, flow and "
        "valuation together, windows across a survey break left out.",
        ("tic.holdings.official",),
        official_change,
        "Beltran, Kretchmer, Marquez and Thomas 2013",
        stress=-1,
        breaks=SURVEYS,
    ),
    Indicator(
        "fed.custody",
        "Treasuries in the Fed's custody for foreign officials",
        "holdings",
        "usdbn",
        "Treasuries the Reserve Banks hold for foreign official and international accounts, "
        "Wednesday, at face value.",
        ("fed.custody.treasuries",),
        partial(of, name="fed.custody.treasuries"),
        "Board of Governors, H.4.1",
        WEEKLY,
        records=("level", "1w", "4w"),
        note="The weekly early sign of what TIC shows six weeks later; part of officials only.",
    ),
    Indicator(
        "fed.custody.change_4w",
        "Fed custody, four-week change",
        "holdings",
        "pct_change",
        "Four-week change of Treasuries in custody for foreign officials, per cent.",
        ("fed.custody.treasuries",),
        custody_change,
        "Board of Governors, H.4.1",
        stress=-1,
    ),
)
