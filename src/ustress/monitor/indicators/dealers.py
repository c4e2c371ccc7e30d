"""Primary dealers' balance sheets: what they hold, against what they have shown they can."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Panel
from ustress.monitor.indicator import WEEKLY, Indicator
from ustress.monitor.track import Track, of

MAXIMUM_WEEKS = 261
FIRST_YEAR_WEEKS = 52
_REFERENCE = "Duffie, Fleming, Keane, Nelson, Shachar and Van Tassel 2023"


def use(panel: Panel, first_weeks: int = FIRST_YEAR_WEEKS) -> Track:
    """Net coupon position over its largest in the five years up to then (261 weeks).

    From week `first_weeks` on (the fifty-second), and only where that maximum is positive; a
    short position gives a negative ratio. One at the maximum itself.
    """
    track = of(panel, "dealers.net.coupons")
    if len(track) < first_weeks:
        raise MissingSeriesError(
            f"dealers.net.coupons has {len(track)} weeks, {first_weeks} are needed"
        )
    padded = np.concatenate([np.full(MAXIMUM_WEEKS - 1, -np.inf), track.values])
    largest = np.lib.stride_tricks.sliding_window_view(padded, MAXIMUM_WEEKS).max(axis=1)
    good = (np.arange(len(track)) >= first_weeks - 1) & (largest > 0)
    if not good.any():
        raise MissingSeriesError("dealers' net coupon position was never long: no use to measure")
    ratio = np.divide(track.values, largest, out=np.zeros(len(track)), where=largest > 0)
    return replace(track, values=ratio).take(good)


def _position(key: str, words: str) -> Indicator:
    return Indicator(
        f"dealers.{key}",
        f"Primary dealers' net position, {words}",
        "dealers",
        "usdbn",
        f"Outright long less short positions of primary dealers in {words}, Wednesday.",
        (f"dealers.net.{key}",),
        partial(of, name=f"dealers.net.{key}"),
        _REFERENCE,
        WEEKLY,
        records=("level", "1w", "4w"),
    )


INDICATORS = (
    _position("coupons", "Treasury coupons"),
    _position("total", "all Treasuries"),
    Indicator(
        "dealers.use",
        "Dealers' use of their balance sheets",
        "dealers",
        "ratio",
        "Net coupon position over its largest of the trailing five years, from what was known.",
        ("dealers.net.coupons",),
        use,
        _REFERENCE,
        WEEKLY,
        stress=1,
        estimated=True,
    ),
)
