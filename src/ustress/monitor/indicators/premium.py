"""Our own term premium and expected path of the ten-year, re-estimated as time went on.

The model of Adrian, Crump and Moench (2013) is estimated on the month-ends of our fitted curve,
on every window from the figures' beginning to the end of the month before, and applied to each
day's curve of the month that follows. Nothing later than the day enters its value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import CannotError, MissingSeriesError
from ustress.core.panel import Panel, Values
from ustress.curves.acm import FACTOR_MONTHS, MONTHS, AcmModel, estimate_acm
from ustress.curves.acm import RECIPE as ACM_RECIPE
from ustress.curves.svensson import RECIPE as FIT_RECIPE
from ustress.curves.svensson import SvenssonCurves
from ustress.monitor.history_cache import Kept, Keys, chained, joined
from ustress.monitor.indicator import DAILY, Indicator
from ustress.monitor.indicators.curve_fit import (
    DECIMALS_PCT,
    SOURCES,
    FittedHistory,
    fitted_history,
)
from ustress.monitor.track import Track

FIRST_WINDOW_MONTHS = 120
RECIPE = f"{FIT_RECIPE} {ACM_RECIPE} {FIRST_WINDOW_MONTHS}"
TEN_YEARS_MONTHS = 120
_YEARS = np.arange(1, MONTHS + 1) / 12.0
_PREMIUM, _PATH = 0, 1


@dataclass(frozen=True, slots=True)
class Windows:
    """For each fitted day the month-ends before its month: `start` to `stop`, without a gap.

    `ends` are the positions of month-ends among the fitted days; `start` and `stop` (days,)
    bound the window among `ends`.
    """

    ends: NDArray[np.intp]
    start: NDArray[np.intp]
    stop: NDArray[np.intp]


def windows(history: FittedHistory) -> Windows:
    """The estimation window of each day: whole months before its own, back to the last gap."""
    months = history.track.dates.astype("datetime64[M]")
    new = np.append(months[1:] != months[:-1], True)
    ends = np.flatnonzero(new)
    stop = np.searchsorted(months[ends], months)
    gap = np.append(True, np.diff(months[ends]) != np.timedelta64(1, "M"))
    run = np.maximum.accumulate(np.where(gap, np.arange(ends.size), 0))
    last = np.maximum(stop - 1, 0)
    adjacent = (stop > 0) & (months - months[ends[last]] == np.timedelta64(1, "M"))
    return Windows(ends, np.where(adjacent, run[last], stop), stop)


def long_enough(spans: Windows) -> NDArray[np.intp]:
    """The days whose window has `FIRST_WINDOW_MONTHS` months or more."""
    return np.flatnonzero(spans.stop - spans.start >= FIRST_WINDOW_MONTHS)


def own_premium(panel: Panel, which: int) -> Track:
    """Term premium (0) or expected path (1) of the ten-year zero yield, per cent.

    Raises:
        MissingSeriesError: if no window is ten years long.
    """
    history = fitted_history(panel)
    spans = windows(history)
    long = long_enough(spans)
    if not long.size:
        raise MissingSeriesError(
            f"fewer than {FIRST_WINDOW_MONTHS} months of fitted curves without a gap"
        )
    keys = window_keys(history, spans, long)
    values = _kept().rows(keys, lambda at: decompose(history, spans, long[at]))[:, which]
    # A window's month-ends may have been revised after the day itself was known.
    known = np.maximum.accumulate(history.track.known[spans.ends])[spans.stop[long] - 1]
    track = history.track.take(long)
    whole = replace(
        track, values=np.round(values, DECIMALS_PCT), known=np.maximum(track.known, known)
    )
    good = np.isfinite(values)
    if not good.any():
        raise MissingSeriesError("the yields do not vary enough to estimate a term premium")
    return whole.take(good)


def window_keys(history: FittedHistory, spans: Windows, at: NDArray[np.intp]) -> Keys:
    """A key of a day's own yields and of all month-ends in its window."""
    before = np.empty(at.size, dtype=np.uint64)
    for start in np.unique(spans.start[at]).tolist():
        here = np.flatnonzero(spans.start[at] == start)
        chain = chained(history.keys[spans.ends[start:]])
        before[here] = chain[spans.stop[at[here]] - 1 - start]
    return joined(before, history.keys[at])


def decompose(history: FittedHistory, spans: Windows, days: NDArray[np.intp]) -> Values:
    """Premium and path at the positions `days`, each from its own window: (days, 2).

    NaN where the window's yields vary too little for the factors.
    """
    month_ends = _zeros(history.curves, spans.ends)
    out = np.full((days.size, 2), np.nan)
    for stop in np.unique(spans.stop[days]).tolist():
        here = np.flatnonzero(spans.stop[days] == stop)
        model = _estimate(month_ends[spans.start[days[here[0]]] : stop])
        if model is not None:
            zero = _zeros(history.curves, days[here])[:, np.array(FACTOR_MONTHS) - 1]
            split = model.decompose(zero, (TEN_YEARS_MONTHS,))
            out[here] = np.column_stack([split.term_premium, split.expected_path])
    return out


def _estimate(zero_pct: Values) -> AcmModel | None:
    try:
        return estimate_acm(zero_pct)
    except CannotError:  # yields that hardly move have no five components: no value, not a guess
        return None


def _zeros(curves: SvenssonCurves, at: NDArray[np.intp]) -> Values:
    chosen = SvenssonCurves(
        curves.theta[at], curves.rmse_bp[at], curves.tenors[at], curves.longest_years[at]
    )
    return chosen.yields_cc(_YEARS)


@lru_cache(maxsize=1)
def _kept() -> Kept:
    return Kept.of("premium", RECIPE, 2)


_METHOD = (
    "Estimated on the month-ends of our Svensson curve from January 1990 to the end of the month "
    "before, five factors, applied to the day's curve; never revised by later figures."
)
_NOTE = (
    "The published estimate begins in 1961 and sees the full sample: levels differ by tens of bp, "
    "changes much less. On a month's first day the new estimate itself moves the value, by 4 bp on "
    "average."
)

INDICATORS = (
    Indicator(
        "curve.own_term_premium.10y",
        "Term premium of the ten-year, our estimate",
        "curve",
        "pct",
        f"Fitted ten-year zero-coupon yield less its expected path. {_METHOD}",
        SOURCES,
        partial(own_premium, which=_PREMIUM),
        "Adrian, Crump and Moench 2013 (method)",
        DAILY,
        estimated=True,
        note=_NOTE,
    ),
    Indicator(
        "curve.own_expected_path.10y",
        "Expected short rate over ten years, our estimate",
        "curve",
        "pct",
        "Average one-month rate expected over ten years, risk-neutral yield of the model. "
        f"{_METHOD}",
        SOURCES,
        partial(own_premium, which=_PATH),
        "Adrian, Crump and Moench 2013 (method)",
        DAILY,
        estimated=True,
        note=_NOTE,
    ),
)
