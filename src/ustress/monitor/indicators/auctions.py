"""Coupon auctions: each tenor's last auction against its own past.

High minus median is what the public record has: half of the competitive bids stood at or below
the median. The true tail needs the when-issued yield at the deadline, which is not public.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Panel, Values
from ustress.monitor.indicator import Indicator
from ustress.monitor.track import Flags, Track, combine, of

TENORS = ("2y", "3y", "5y", "7y", "10y", "20y", "30y")
# Before 2009 reopenings and 30-year auctions are incomplete in the record.
FIRST = date(2009, 1, 1)
PAST = 12
MIN_PAST = 6
# New issues and reopenings of these draw different demand; elsewhere reopenings are accidents.
_APART = ("10y", "20y", "30y")
_PARTS = {
    "bid_to_cover": ("bid-to-cover", "ratio", "Bids tendered over the amount accepted."),
    "indirect_share": (
        "share of indirect bidders",
        "share_pct",
        "Share of the competitive award taken by bidders through another, foreign officials "
        "among them.",
    ),
    "dealer_share": (
        "share of primary dealers",
        "share_pct",
        "Share of the competitive award left with primary dealers.",
    ),
    "direct_share": (
        "share of direct bidders",
        "share_pct",
        "Share of the competitive award taken by those who bid for themselves.",
    ),
}
_REFERENCE = "Lou, Yan and Zhang 2013"
_DEMAND = (("bid_to_cover", 1.0), ("dealer_share", -1.0), ("high_minus_median", -1.0))


def result(panel: Panel, tenor: str, part: str) -> Track:
    """One part of every auction's result for a tenor; `high_minus_median` in bp."""
    if part != "high_minus_median":
        return _noted(panel, tenor, of(panel, f"auction.{tenor}.{part}"))
    high = of(panel, f"auction.{tenor}.high_yield")
    median = of(panel, f"auction.{tenor}.median_yield")
    spread = combine(high, median, lambda a, b: np.round(100.0 * (a - b), 6))
    return _noted(panel, tenor, spread)


def demand(panel: Panel, tenor: str) -> Track:
    """Demand against the tenor's own past, in standard deviations (high: strong demand).

    The mean over bid-to-cover (+), dealers' share (-) and high minus median (-) of the distance
    from the mean of up to twelve earlier auctions in their standard deviation, at least six;
    ten-, twenty- and thirty-year reopenings and new issues are compared apart.
    """
    tracks = [result(panel, tenor, part) for part, _ in _DEMAND]
    kind = of(panel, f"auction.{tenor}.reopening")
    days = kind.dates[kind.dates >= np.datetime64(FIRST, "D")]
    for track in tracks:
        days = np.intersect1d(days, track.dates, assume_unique=True)
    kept = [t.take(np.searchsorted(t.dates, days)) for t in tracks]
    reopened = kind.values[np.searchsorted(kind.dates, days)] > 0
    groups = (reopened, ~reopened) if tenor in _APART else (np.ones(days.size, bool),)
    scores = [
        sign * _deviations(t.values, groups) for t, (_, sign) in zip(kept, _DEMAND, strict=True)
    ]
    mean = np.mean(scores, axis=0) if days.size else np.empty(0)
    good = np.isfinite(mean)
    if not good.any():
        raise MissingSeriesError(
            f"fewer than {MIN_PAST + 1} comparable {tenor} auctions known, or all alike"
        )
    used = tuple(dict.fromkeys(name for t in (*kept, kind) for name in t.used))
    known = np.max([t.known for t in kept], axis=0)
    return replace(kept[0], values=mean, known=known, used=used).take(good)


def _deviations(values: Values, groups: tuple[Flags, ...]) -> Values:
    """Distance of each value from its group's last twelve before it, in their sd; NaN if none."""
    out = np.full(values.size, np.nan)
    for group in groups:
        out[group] = _deviations_in_order(values[group])
    return out


def _deviations_in_order(values: Values) -> Values:
    """The same within one group: a window of twelve slides over the values before each."""
    padded = np.concatenate([np.full(PAST, np.nan), values[:-1]])
    if not values.size:
        return values
    past = np.lib.stride_tricks.sliding_window_view(padded, PAST)
    there = np.isfinite(past)
    count = there.sum(axis=1)
    mean = np.where(there, past, 0.0).sum(axis=1) / np.maximum(count, 1)
    squares = np.where(there, (past - mean[:, None]) ** 2, 0.0).sum(axis=1)
    sd = np.sqrt(squares / np.maximum(count - 1, 1))
    good = (count >= MIN_PAST) & (sd > 1e-9)
    return np.where(good, (values - mean) / np.where(good, sd, 1.0), np.nan)


def _noted(panel: Panel, tenor: str, track: Track) -> Track:
    """The track with size and kind of its last auction in the note."""
    if not len(track):
        return track
    day: date = track.dates[-1].item()
    size, kind = panel.get(f"auction.{tenor}.size"), panel.get(f"auction.{tenor}.reopening")
    amount = size.on_or_before(day) if size else None
    again = kind.on_or_before(day) if kind else None
    words = []
    if again is not None and again.day == day:
        words.append("reopening" if again.value else "new issue")
    if amount is not None and amount.day == day:
        words.append(f"${amount.value:g}bn")
    return replace(track, note=f"{', '.join(words).capitalize()}." if words else "")


def _one(tenor: str, part: str) -> Indicator:
    words, unit, definition = _PARTS[part]
    name = tenor.replace("y", "-year")
    return Indicator(
        f"auction.{tenor}.{part}",
        f"{name} auction, {words}",
        "auctions",
        unit,
        definition,
        (f"auction.{tenor}.{part}",),
        partial(result, tenor=tenor, part=part),
        _REFERENCE,
        first=FIRST,
        past=PAST,
    )


def _high_minus_median(tenor: str) -> Indicator:
    return Indicator(
        f"auction.{tenor}.high_minus_median",
        f"{tenor.replace('y', '-year')} auction, high minus median yield",
        "auctions",
        "bp_level",
        "Highest accepted yield less the median bid accepted. Not the tail, which is measured "
        "from the when-issued yield at the deadline and needs figures that are not public.",
        (f"auction.{tenor}.high_yield", f"auction.{tenor}.median_yield"),
        partial(result, tenor=tenor, part="high_minus_median"),
        _REFERENCE,
        first=FIRST,
        past=PAST,
    )


def _demand(tenor: str) -> Indicator:
    apart = " Reopenings and new issues are compared apart." if tenor in _APART else ""
    return Indicator(
        f"auction.{tenor}.demand",
        f"{tenor.replace('y', '-year')} auction, demand score",
        "auctions",
        "sd",
        "Mean of the standardised distances of bid-to-cover (+), dealers' share (-) and high "
        f"minus median (-) from up to twelve auctions before.{apart}",
        tuple(
            f"auction.{tenor}.{part}"
            for part in ("bid_to_cover", "dealer_share", "high_yield", "median_yield", "reopening")
        ),
        partial(demand, tenor=tenor),
        _REFERENCE,
        first=FIRST,
        stress=-1,
        estimated=True,
    )


INDICATORS = tuple(
    indicator
    for tenor in TENORS
    for indicator in (
        *(_one(tenor, part) for part in _PARTS),
        _high_minus_median(tenor),
        _demand(tenor),
    )
)
