"""Overnight funding: secured rates against the Fed's administered ones, and its reverse repos."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np

from ustress.core.dates import calendar
from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Panel, Values
from ustress.monitor.indicator import DAILY, Indicator
from ustress.monitor.records import change_over
from ustress.monitor.track import Track, combine, of

EFFR_DAYS = 20
IORB_BEGINS = date(2021, 7, 29)
_BEFORE = (
    "Before 29 July 2021, when IORB begins, the top of the target range stands in its place: "
    "percentile and record mix the two."
)


def _spread_bp(a: Values, b: Values) -> Values:
    return np.round(100.0 * (a - b), 6)


def sofr_iorb(panel: Panel) -> Track:
    """SOFR less the rate on reserve balances, bp; before that rate begins, the range's top."""
    sofr = of(panel, "funding.sofr")
    upper, iorb = panel.get("funding.target.upper"), panel.get("funding.iorb")
    early = sofr.take(sofr.dates < np.datetime64(IORB_BEGINS, "D"))
    late = sofr.take(sofr.dates >= np.datetime64(IORB_BEGINS, "D"))
    parts = []
    if upper is not None and len(early):
        parts.append(combine(early, of(panel, "funding.target.upper"), _spread_bp))
    if iorb is not None and len(late):
        parts.append(combine(late, of(panel, "funding.iorb"), _spread_bp))
    if not parts:
        raise MissingSeriesError("neither IORB nor the target range is known beside SOFR")
    return _chained(parts)


def _chained(parts: list[Track]) -> Track:
    """Histories one after the other; the last names the series used."""
    if len(parts) == 1 and parts[0].used[-1] == "funding.iorb":
        return parts[0]
    return replace(
        parts[-1],
        dates=np.concatenate([p.dates for p in parts]),
        values=np.concatenate([p.values for p in parts]),
        known=np.concatenate([p.known for p in parts]),
        known_exact=np.concatenate([p.known_exact for p in parts]),
        note=_BEFORE,
    )


def spread(panel: Panel, a: str, b: str) -> Track:
    """Rate `a` less rate `b`, bp, on days both have."""
    return combine(of(panel, a), of(panel, b), _spread_bp)


def effr_volatility(panel: Panel) -> Track:
    """Root mean square of EFFR's last twenty one-day changes, bp, policy changes left out.

    The change on the day of an announcement of the Federal Open Market Committee and the one after
    it are not counted: a decision is no strain.

    Raises:
        MissingSeriesError: with fewer than twenty other changes.
    """
    effr = of(panel, "funding.effr")
    decided = panel["fomc.announcement"].dates
    after = np.busday_offset(decided, 1, roll="backward", busdaycal=calendar())
    moves = change_over(effr, 1, scale=100.0)
    usual = ~np.isin(moves.dates, np.concatenate([decided, after.astype("datetime64[D]")]))
    dates, values = moves.dates[usual], moves.values[usual]
    if values.size < EFFR_DAYS:
        raise MissingSeriesError(f"EFFR has {values.size} usual changes, {EFFR_DAYS} are needed")
    squares = np.lib.stride_tricks.sliding_window_view(values**2, EFFR_DAYS)
    at = np.searchsorted(effr.dates, dates[EFFR_DAYS - 1 :])
    return replace(
        effr.take(at), values=np.sqrt(squares.mean(axis=1)), used=(*effr.used, "fomc.announcement")
    )


INDICATORS = (
    Indicator(
        "funding.effr_vol",
        "Realised volatility of the federal funds rate",
        "funding",
        "bp_level",
        "Root mean square around zero of EFFR's last twenty one-day changes, bp a day; the day of "
        "a policy announcement and the next are left out.",
        ("funding.effr", "fomc.announcement"),
        effr_volatility,
        "Hamilton 1996 (the daily market for federal funds)",
        DAILY,
        records=(),  # it often stands at nought: a lowest level says nothing
        stress=1,
        estimated=True,
    ),
    Indicator(
        "funding.sofr_iorb",
        "SOFR less interest on reserves",
        "funding",
        "bp_level",
        "Median secured overnight rate less the interest rate on reserve balances.",
        ("funding.sofr", "funding.iorb", "funding.target.upper"),
        sofr_iorb,
        "Copeland, Duffie and Yang 2021; Afonso, Giannone, La Spada and Williams 2022",
        DAILY,
        stress=1,
    ),
    Indicator(
        "funding.sofr_over_target",
        "SOFR less the top of the target range",
        "funding",
        "bp_level",
        "Median secured overnight rate less the top of the federal funds target range.",
        ("funding.sofr", "funding.target.upper"),
        partial(spread, a="funding.sofr", b="funding.target.upper"),
        "Copeland, Duffie and Yang 2021",
        DAILY,
    ),
    Indicator(
        "funding.sofr_p99_over_target",
        "SOFR's 99th percentile less the top of the target range",
        "funding",
        "bp_level",
        "The dearest hundredth of secured overnight funding less the top of the target range.",
        ("funding.sofr.p99", "funding.target.upper"),
        partial(spread, a="funding.sofr.p99", b="funding.target.upper"),
        "Copeland, Duffie and Yang 2021",
        DAILY,
        stress=1,
    ),
    Indicator(
        "funding.gcf_triparty",
        "GCF less tri-party repo: the dealers' spread",
        "funding",
        "bp_level",
        "Inter-dealer general collateral rate less the rate dealers pay cash lenders.",
        ("funding.gcf.rate", "funding.triparty.rate"),
        partial(spread, a="funding.gcf.rate", b="funding.triparty.rate"),
        "Duffie 2020",
        DAILY,
        stress=1,
    ),
    Indicator(
        "funding.onrrp",
        "Overnight reverse repos with the Fed",
        "funding",
        "usdbn",
        "Cash placed overnight at the Fed's reverse repo facility.",
        ("funding.onrrp.volume",),
        partial(of, name="funding.onrrp.volume"),
        "Afonso, Cipriani and La Spada 2022",
        DAILY,
        first=date(2013, 9, 23),
        note="Percentile from 23 September 2013, when the facility opened.",
    ),
)
