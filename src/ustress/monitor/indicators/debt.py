"""The debt and what it costs; and the published stress indices shown beside our own."""

from __future__ import annotations

from functools import partial

from ustress.core.panel import Panel
from ustress.monitor.indicator import DAILY, MONTHLY, ONE_WEEK, WEEKLY, YEAR, Indicator
from ustress.monitor.records import Lag
from ustress.monitor.track import Track, of

_GROWS = "No percentile: it only grows."
_LATE = (
    "Re-estimated on the full sample: never as seen at the time. Beside the composite, not in it."
)


def _series(panel: Panel, name: str) -> Track:
    return of(panel, name)


def _amount(
    key: str, series: str, title: str, definition: str, windows: tuple[Lag, ...]
) -> Indicator:
    return Indicator(
        key,
        title,
        "debt",
        "usdbn",
        definition,
        (series,),
        partial(_series, name=series),
        "US Treasury",
        windows,
        records=(),
        percentile=False,
        note=_GROWS,
    )


def _reference(
    key: str, series: str, title: str, unit: str, source: str, windows: tuple[Lag, ...]
) -> Indicator:
    return Indicator(
        f"reference.{key}",
        title,
        "references",
        unit,
        "As published by its owner.",
        (series,),
        partial(_series, name=series),
        source,
        windows,
        comparator=True,
        note=_LATE,
    )


INDICATORS = (
    _amount(
        "debt.total",
        "debt.total",
        "Total public debt",
        "Total public debt outstanding, government accounts included.",
        (ONE_WEEK, YEAR),
    ),
    _amount(
        "debt.marketable",
        "debt.public.marketable",
        "Marketable debt held by the public",
        "Marketable Treasury debt held by the public, the Federal Reserve included.",
        MONTHLY,
    ),
    Indicator(
        "debt.rate.marketable",
        "Average rate on marketable debt",
        "debt",
        "pct",
        "Average interest rate on marketable interest-bearing debt, month-end.",
        ("debt.rate.marketable",),
        partial(_series, name="debt.rate.marketable"),
        "US Treasury",
        MONTHLY,
    ),
    _reference(
        "ofr_fsi",
        "stress.ofr_fsi",
        "OFR Financial Stress Index",
        "index",
        "Monin 2019",
        DAILY,
    ),
    _reference(
        "nfci",
        "stress.nfci",
        "National Financial Conditions Index",
        "index",
        "Brave and Butters 2011",
        WEEKLY,
    ),
    _reference(
        "ebp",
        "credit.ebp",
        "Excess bond premium",
        "pct",
        "Gilchrist and Zakrajšek 2012; Favara, Gilchrist, Lewis and Zakrajšek 2016",
        MONTHLY,
    ),
)
