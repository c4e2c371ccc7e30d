"""When the haven fails: bonds, dollar and stocks falling together, and the dollar off its drivers.

Never the sign of one correlation. A joint fall is the smallest of the standardised moves, each in
its own past's root mean square, so that it is positive only if all of them fell; its percentile
says how often they fell together by as much. The dollar's residual is what its usual drivers do
not explain, by a regression on an expanding window that ends the day before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Panel, Values
from ustress.monitor.indicator import WEEK, Indicator
from ustress.monitor.records import change_over
from ustress.monitor.track import Track, combine, of, realised_volatility

SPAN = WEEK
SCALE_DAYS = 252
FEWEST = 504


def fall(panel: Panel, name: str, sign: float, *, relative: bool) -> Track:
    """Five-day moves over the root mean square of the year of moves before them; up: it fell.

    Raises:
        MissingSeriesError: with less than a year of moves.
    """
    track = of(panel, name)
    moves = change_over(track, lag=SPAN, relative=relative)
    n = len(moves)
    if n <= SCALE_DAYS + SPAN.business_days:
        raise MissingSeriesError(f"{name} has {n} five-day changes, a year and a week are needed")
    squares = np.lib.stride_tricks.sliding_window_view(moves.values**2, SCALE_DAYS)
    scale = np.sqrt(squares.mean(axis=1))
    # the scale ends a week before the move, so that the move does not measure itself
    lead = SCALE_DAYS + SPAN.business_days - 1
    past, values = scale[: n - lead], -sign * moves.values[lead:]
    still = past <= 1e-12  # where nothing moved for a year, standing still is no fall
    scaled = np.where(still, 0.0, values / np.where(still, 1.0, past))
    return replace(track.take(np.searchsorted(track.dates, moves.dates[lead:])), values=scaled)


def together(tracks: Sequence[Track]) -> Track:
    """The smallest of several falls on the days all have: positive only if all fell."""
    joint = tracks[0]
    for track in tracks[1:]:
        joint = combine(joint, track, np.minimum)
    return joint


def bonds_and_dollar(panel: Panel) -> Track:
    """Ten-year note and dollar falling together, in standard deviations."""
    return together(
        [
            fall(panel, "fx.dollar.broad", 1.0, relative=True),
            fall(panel, "ust.par.10y", -1.0, relative=False),
        ]
    )


def triple(panel: Panel) -> Track:
    """Stocks, bonds and dollar falling together, in standard deviations."""
    stocks = fall(panel, "market.spx", 1.0, relative=True)
    return together([bonds_and_dollar(panel), stocks])


def dollar_residual(panel: Panel) -> Track:
    """The dollar's five-day change that its drivers do not explain, over its past root mean square.

    d_t = a + b1 dy2_t + b2 dy10_t + b3 dlog(vol_t) + e_t, all over five business days; the
    coefficients of day t are those of all windows that ended a week before or earlier. Two- and
    ten-year yields stand for rate differentials (foreign yields are not carried).

    Raises:
        MissingSeriesError: with less than two years of common windows.
    """
    dollar = _moves(of(panel, "fx.dollar.broad"), relative=True)
    volatility = realised_volatility(of(panel, "ust.par.10y"), 20, relative=False, scale=100.0)
    logs = replace(volatility, values=np.log(np.maximum(volatility.values, 1e-6)))
    drivers = [
        _moves(of(panel, "ust.par.2y"), relative=False),
        _moves(of(panel, "ust.par.10y"), relative=False),
        _moves(logs, relative=False),
    ]
    days = dollar.dates
    for driver in drivers:
        days = np.intersect1d(days, driver.dates, assume_unique=True)
    if days.size <= FEWEST + SPAN.business_days:
        raise MissingSeriesError(
            f"the dollar and its drivers have {days.size} common weeks; more than {FEWEST} "
            "overlapping ones are needed"
        )
    kept = [t.take(np.searchsorted(t.dates, days)) for t in (dollar, *drivers)]
    X = np.column_stack([np.ones(days.size), *(t.values for t in kept[1:])])
    residual = expanding_residuals(kept[0].values, X, FEWEST, SPAN.business_days)
    scaled = _over_past_rms(residual, FEWEST // 2, SPAN.business_days)
    good = np.isfinite(scaled)
    if not good.any():
        raise MissingSeriesError("the dollar's drivers do not vary: no regression")
    known = np.max([t.known for t in kept], axis=0)
    return replace(
        kept[0],
        values=scaled,
        known=known,
        used=("fx.dollar.broad", "ust.par.2y", "ust.par.10y"),
    ).take(good)


def expanding_residuals(y: Values, X: Values, fewest: int, gap: int) -> Values:
    """y_t - X_t b_t with b_t the least squares of all observations up to t - gap; NaN before.

    Sums run on, so that a longer history begins with the shorter one to the bit.
    """
    n, k = X.shape
    cross = np.cumsum(X[:, :, None] * X[:, None, :], axis=0)
    moment = np.cumsum(X * y[:, None], axis=0)
    out = np.full(n, np.nan)
    at = np.arange(fewest + gap - 1, n)
    A, c = cross[at - gap], moment[at - gap]
    # A constant driver makes the normal equations singular: scaled, then told by their determinant
    d = np.sqrt(np.einsum("nii->ni", A))
    usable = (d > 0).all(axis=1)
    d[~usable] = 1.0
    scaled = A / (d[:, :, None] * d[:, None, :])
    usable &= np.linalg.det(scaled) > 1e-10
    scaled[~usable] = np.eye(k)
    b = np.linalg.solve(scaled, (c / d)[:, :, None])[:, :, 0] / d
    fitted = np.einsum("ni,ni->n", X[at], b)
    out[at] = np.where(usable, y[at] - fitted, np.nan)
    return out


def _over_past_rms(values: Values, fewest: int, gap: int) -> Values:
    """Each value over the root mean square of those up to `gap` before it."""
    there = np.isfinite(values)
    squares = np.cumsum(np.where(there, values, 0.0) ** 2)
    count = np.cumsum(there)
    out = np.full(values.size, np.nan)
    at = np.arange(gap, values.size)
    enough = (count[at - gap] >= fewest) & (squares[at - gap] > 1e-18)
    at = at[enough]
    out[at] = values[at] / np.sqrt(squares[at - gap] / count[at - gap])
    return out


def _moves(track: Track, *, relative: bool) -> Track:
    moves = change_over(track, lag=SPAN, relative=relative)
    if not len(moves):
        raise MissingSeriesError(f"{track.used[0]} has no five-day change")
    return replace(track.take(np.searchsorted(track.dates, moves.dates)), values=moves.values)


INDICATORS = (
    Indicator(
        "havens.bonds_and_dollar",
        "Bonds and dollar falling together",
        "havens",
        "sd",
        "The smaller of the dollar's fall and the ten-year note's (its yield's rise) over five "
        "business days, each over the root mean square of the year before: positive only if both "
        "fell.",
        ("fx.dollar.broad", "ust.par.10y"),
        bonds_and_dollar,
        "Baele, Bekaert, Inghelbrecht and Wei 2020 (flights to safety as joint moves)",
        estimated=True,
    ),
    Indicator(
        "havens.triple",
        "Stocks, bonds and dollar falling together",
        "havens",
        "sd",
        "The smallest of the falls of the S&P 500, the ten-year note and the dollar over five "
        "business days, each over the root mean square of the year before: positive only if all "
        "fell.",
        ("fx.dollar.broad", "ust.par.10y", "market.spx"),
        triple,
        "Baele, Bekaert, Inghelbrecht and Wei 2020 (flights to safety as joint moves)",
        estimated=True,
        outside=True,
    ),
    Indicator(
        "havens.dollar_residual",
        "The dollar off its usual drivers",
        "havens",
        "sd",
        "Five-day change of the broad dollar less what changes of the two- and ten-year yields "
        "and of realised volatility explain (least squares on all earlier windows), over its past "
        "root mean square. Low: weaker than its drivers say.",
        ("fx.dollar.broad", "ust.par.2y", "ust.par.10y"),
        dollar_residual,
        "Engel 2016; Jiang, Krishnamurthy and Lustig 2021 (what moves the dollar beyond rates)",
        estimated=True,
        note="Foreign yields are not carried: US yields stand for rate differentials.",
    ),
)
