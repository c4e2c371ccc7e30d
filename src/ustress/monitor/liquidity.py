"""Liquidity beyond what volatility explains: the residual of log illiquidity on log volatility.

    log I_t = a + b log V_t + e_t,     a, b by least squares on all observations before t

Illiquidity rises with volatility in calm and in storm alike; what is left says whether the market
is thinner than its volatility warrants (Duffie, Fleming, Keane, Nelson, Shachar and Van Tassel
2023 for Treasuries). From a reader's bars, illiquidity is the absolute change over the volume
(Amihud 2002) and volatility the root of the day's summed squared changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ustress.core.errors import BadInputError, MissingSeriesError
from ustress.core.panel import Dates, Values
from ustress.monitor.indicators.havens import expanding_residuals
from ustress.monitor.sessions.bars import IntradayBars
from ustress.monitor.sessions.hours import NOWHERE, place

FEWEST = 60


@dataclass(frozen=True, slots=True)
class Liquidity:
    """Days with illiquidity, volatility and `beyond`: log points that volatility leaves, NaN early.

    `beyond` above nought: thinner than its volatility warrants.
    """

    days: Dates
    illiquidity: Values
    volatility: Values
    beyond: Values


def beyond_volatility(illiquidity: Values, volatility: Values, fewest: int = FEWEST) -> Values:
    """The residual of each observation on a regression through all before it; NaN where too few.

    Args:
        illiquidity: positive, in order of time.
        volatility: positive, of the same length.
        fewest: observations before the first residual.

    Raises:
        BadInputError: if the lengths differ or a value is not positive and finite.
        MissingSeriesError: with no observation beyond `fewest`.
    """
    cost, V = np.asarray(illiquidity, dtype=float), np.asarray(volatility, dtype=float)
    if cost.shape != V.shape or cost.ndim != 1:
        raise BadInputError("illiquidity and volatility must be of one length")
    if cost.size <= fewest:
        raise MissingSeriesError(
            f"{cost.size} days; more than {fewest} are needed for a regression"
        )
    if not bool((np.isfinite(cost) & np.isfinite(V) & (cost > 0) & (V > 0)).all()):
        raise BadInputError("illiquidity and volatility must be positive and finite")
    X = np.column_stack([np.ones(cost.size), np.log(V)])
    return expanding_residuals(np.log(cost), X, fewest, 1)


def from_bars(bars: IntradayBars, fewest: int = FEWEST) -> Liquidity:
    """Daily illiquidity and volatility of a reader's bars, and the one beyond the other.

    Days without volume or without a move are left out.

    Raises:
        MissingSeriesError: if the bars have no volume, or too few days.
    """
    days, session, _ = place(bars.start)
    used = (session != NOWHERE) & np.isfinite(bars.volume)
    if not used.any():
        raise MissingSeriesError("the bars carry no volume: illiquidity cannot be measured")
    unique, at = np.unique(days[used], return_inverse=True)
    moves, traded = np.abs(bars.close - bars.open)[used], bars.volume[used]
    absolute, squares, volume = (
        np.bincount(at.ravel(), weights=w, minlength=unique.size) for w in (moves, moves**2, traded)
    )
    good = (absolute > 0) & (volume > 0)
    illiquidity, volatility = absolute[good] / volume[good], np.sqrt(squares[good])
    return Liquidity(
        unique[good], illiquidity, volatility, beyond_volatility(illiquidity, volatility, fewest)
    )
