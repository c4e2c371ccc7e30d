"""What a verdict's small chart shows: the series it turns on, what was seen and what was said."""

from __future__ import annotations

from datetime import date, timedelta

from ustress.claims.language import Claim
from ustress.claims.verdict import Judgement, Number, Trace
from ustress.core.panel import Panel, Series

# How far back a chart looks, in days, by frequency; at least so many observations where known.
_BACK = {"daily": 180, "weekly": 1100, "monthly": 2600, "quarterly": 3700, "irregular": 1500}
_AFTER = 31


def trace(claim: Claim, judged: Judgement, panel: Panel) -> Trace | None:
    """The first deciding series with a past, with the figures of the verdict on it; else None.

    Where no series has a past of two observations there is nothing to draw, and the verdict says
    what it would need.
    """
    series = _main(claim, panel)
    if series is None:
        return None
    numbers = [n for n in judged.numbers if _is_of(n, series)]
    shown = _window(series, claim.said_on, [n.day for n in numbers if n.day is not None])
    if len(shown) < 2:
        return None
    info = series.info
    return Trace(
        info.name,
        info.title,
        info.unit,
        shown.dates,
        shown.values,
        info.publisher,
        tuple((n.day, n.value) for n in numbers if n.day is not None and n.value is not None),
        tuple((n.day, n.claimed) for n in numbers if n.claimed is not None),
    )


def _main(claim: Claim, panel: Panel) -> Series | None:
    """The first series of a deciding part of which two observations are known."""
    for part in claim.parts:
        if not part.rule.counts:
            continue
        for name in part.rule.series_named():
            series = panel.get(name) if name in panel.infos else None
            if series is not None and len(series) > 1:
                return series
    return None


def _is_of(number: Number, series: Series) -> bool:
    """Whether a number is an observation of the series, and not a mean of it or another's."""
    info = series.info
    if number.unit != info.unit or not number.source.endswith(f": {info.name}"):
        return False
    if number.day is None or number.value is None:
        return number.claimed is not None
    seen = series.on_or_before(number.day)
    return seen is not None and seen.day == number.day and seen.value == number.value


def _window(series: Series, said_on: date, days: list[date]) -> Series:
    """The past up to a month after the statement, reaching back to the oldest figure judged."""
    first = said_on - timedelta(days=_BACK.get(series.info.frequency, 1500))
    first = min([first, *days])
    last = max([said_on + timedelta(days=_AFTER), *days])
    return series.between(first, last)
