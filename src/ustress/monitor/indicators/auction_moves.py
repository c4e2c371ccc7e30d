"""What the market does around an auction: concession into it and out of it, dealers' take-down.

The concession is the change of the tenor's par yield over five business days to the close of the
auction's day, and over the five after it (Lou, Yan and Zhang 2013 find a rise before and a fall
after). A par yield at the close holds the auction's own result as well. The true tail needs the
when-issued yield at the deadline, which a reader can supply.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from ustress.core.dates import calendar
from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Dates, Panel
from ustress.monitor.indicator import Indicator
from ustress.monitor.indicators.auctions import FIRST, PAST, TENORS
from ustress.monitor.track import Track, combine, of

DAYS = 5
_REFERENCE = "Lou, Yan and Zhang 2013"


def into(panel: Panel, tenor: str) -> Track:
    """Change of the tenor's par yield over the five business days to the auction's close, bp."""
    return _around(panel, tenor, -DAYS)


def out_of(panel: Panel, tenor: str) -> Track:
    """Change of the tenor's par yield over the five business days after the auction, bp."""
    return _around(panel, tenor, DAYS)


def _around(panel: Panel, tenor: str, offset: int) -> Track:
    """Yield at the later less the earlier of the auction's day and the day `offset` from it."""
    held = of(panel, f"auction.{tenor}.size")
    yields = of(panel, f"ust.par.{tenor}")
    here = _exactly(yields, held.dates)
    # ISO dates of auctions are business days; a day without a yield gives no window
    moved = np.busday_offset(held.dates, offset, roll="backward", busdaycal=calendar())
    there = _exactly(yields, moved.astype("datetime64[D]"))
    good = (here >= 0) & (there >= 0)
    if not good.any():
        raise MissingSeriesError(
            f"no {tenor} auction has yields on its day and {DAYS} business days from it"
        )
    first, last = (there[good], here[good]) if offset < 0 else (here[good], there[good])
    auction = held.take(good)
    newest = np.maximum(yields.known[first], yields.known[last])
    return replace(
        auction,
        values=np.round(100.0 * (yields.values[last] - yields.values[first]), 6),
        known=np.maximum(auction.known, newest),
        known_exact=auction.known_exact & yields.known_exact[last] & yields.known_exact[first],
        used=(*auction.used, *yields.used),
    )


def _exactly(track: Track, days: Dates) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    """Positions of the days, -1 where there is no value of that very day."""
    at = np.minimum(np.searchsorted(track.dates, days), len(track) - 1)
    return np.where(track.dates[at] == days, at, -1)


def takedown(panel: Panel, tenor: str) -> Track:
    """What primary dealers took, $bn: their share of the competitive award times the size."""
    share = of(panel, f"auction.{tenor}.dealer_share")
    return combine(share, of(panel, f"auction.{tenor}.size"), lambda s, q: np.round(s * q / 100, 6))


def tail(panel: Panel, tenor: str) -> Track:
    """High yield less the when-issued yield at the deadline, bp: the tail, positive when weak."""
    expected = of(panel, f"auction.{tenor}.when_issued")
    high = of(panel, f"auction.{tenor}.high_yield")
    return combine(expected, high, lambda wi, h: np.round(100.0 * (h - wi), 6))


def _concession(tenor: str, after: bool) -> Indicator:
    name = tenor.replace("y", "-year")
    words, when = ("out of", "after") if after else ("into", "to the close of the day of")
    return Indicator(
        f"auction.{tenor}.{'concession_out' if after else 'concession_in'}",
        f"{name} auction, concession {words} it",
        "auctions",
        "bp",
        f"Change of the {name} par yield over the five business days {when} the auction.",
        (f"auction.{tenor}.size", f"ust.par.{tenor}"),
        partial(out_of if after else into, tenor=tenor),
        _REFERENCE,
        first=FIRST,
        past=PAST,
        note="The whole market's move is in it.",
    )


def _takedown(tenor: str) -> Indicator:
    return Indicator(
        f"auction.{tenor}.dealer_takedown",
        f"{tenor.replace('y', '-year')} auction, dealers' take-down",
        "auctions",
        "usdbn",
        "Primary dealers' share of the competitive award times the size offered.",
        (f"auction.{tenor}.dealer_share", f"auction.{tenor}.size"),
        partial(takedown, tenor=tenor),
        "Fleming 2007 (who buys Treasury securities at auction)",
        first=FIRST,
        past=PAST,
    )


def _tail(tenor: str) -> Indicator:
    return Indicator(
        f"auction.{tenor}.tail",
        f"{tenor.replace('y', '-year')} auction, tail",
        "auctions",
        "bp_level",
        "High yield less the when-issued yield at the bidding deadline: the tail.",
        (f"auction.{tenor}.when_issued", f"auction.{tenor}.high_yield"),
        partial(tail, tenor=tenor),
        _REFERENCE,
        first=FIRST,
        past=PAST,
        outside=True,
    )


INDICATORS = tuple(
    indicator
    for tenor in TENORS
    for indicator in (
        _concession(tenor, after=False),
        _concession(tenor, after=True),
        _takedown(tenor),
        _tail(tenor),
    )
)
