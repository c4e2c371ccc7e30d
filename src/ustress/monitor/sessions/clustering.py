"""Do the large moves cluster in one session? A share against what is usual, with its error.

    excess_s = (share of the large moves that fell in s over the days judged)
             - (the same over the reference days before)

A bar's move is `large` beyond a quantile of the absolute moves of its own period, so that a more
volatile period does not by itself count as clustering. Intervals come from a
circular block bootstrap over days (Politis and Romano 1992): whole days are drawn in blocks, so
that the clustering of volatility within and across days stays in the draws. A session whose
interval lies above nought holds more large moves than is usual there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, MissingSeriesError
from ustress.core.panel import Dates, Values
from ustress.monitor.sessions.bars import IntradayBars
from ustress.monitor.sessions.hours import NOWHERE, SESSIONS, place

CANNOT_PROVE = (
    "Where moves cluster says when prices moved, not who sold: Asian hours are also those in which "
    "news from Washington arrives overnight, depth is thin and funds of every country trade."
)
BLOCK_DAYS = 5
DRAWS = 2000
FEWEST_DAYS = 20
FEWEST_LARGE = 20


@dataclass(frozen=True, slots=True)
class Clustering:
    """Shares by session with intervals; arrays run over `sessions`.

    `share` is that of the large moves, `usual` the same over the reference days, `excess` their
    difference with the quantiles `low` and `high` of the bootstrap. `clusters` names the sessions
    whose interval lies above nought.
    """

    sessions: tuple[str, ...]
    share: Values
    usual: Values
    excess: Values
    low: Values
    high: Values
    level: float
    days: int
    reference_days: int
    large: int
    sentence: str = CANNOT_PROVE

    @property
    def clusters(self) -> tuple[str, ...]:
        """Sessions that hold more of the large moves than is usual there."""
        return tuple(s for s, low in zip(self.sessions, self.low, strict=True) if low > 0)


def clustering(
    bars: IntradayBars,
    first: date,
    rng: np.random.Generator,
    *,
    quantile: float = 0.95,
    level: float = 0.90,
    block_days: int = BLOCK_DAYS,
    draws: int = DRAWS,
) -> Clustering:
    """The large moves from trading day `first` on, against those of the days before.

    Args:
        bars: bars of one length; moves are close less open.
        first: the first trading day judged; earlier days are the reference.
        rng: the source of the draws, passed in.
        quantile: beyond which quantile of absolute moves of the days judged a bar is large.
        level: of the intervals.
        block_days: days drawn together.
        draws: of the bootstrap.

    Raises:
        BadInputError: if a share lies outside (0, 1) or a count is not positive.
        MissingSeriesError: with too few days on either side, or too few large moves.
    """
    if not 0.0 < quantile < 1.0 or not 0.0 < level < 1.0 or block_days < 1 or draws < 1:
        raise BadInputError("clustering: quantile and level in (0, 1), blocks and draws from 1 on")
    days, session, _ = place(bars.start)
    moves, split = bars.close - bars.open, np.datetime64(first, "D")
    within = session != NOWHERE
    judged = _large(days, session, moves, within & (days >= split), quantile)
    past = _large(days, session, moves, within & (days < split), quantile)
    n, m = judged.shape[0], past.shape[0]
    if min(n, m) < FEWEST_DAYS or judged.sum() < FEWEST_LARGE:
        raise MissingSeriesError(
            f"{n} days judged and {m} before them, with {int(judged.sum())} large moves; "
            f"{FEWEST_DAYS} days each and {FEWEST_LARGE} large moves are needed"
        )
    share, usual = _share(judged.sum(axis=0)), _share(past.sum(axis=0))
    drawn = np.array([
        _share(judged[_blocks(n, block_days, rng)].sum(axis=0))
        - _share(past[_blocks(m, block_days, rng)].sum(axis=0))
        for _ in range(draws)
    ])  # fmt: skip
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail], axis=0)
    return Clustering(
        tuple(s.name for s in SESSIONS), share, usual, share - usual, low, high, level, n, m,
        int(judged.sum()),
    )  # fmt: skip


def _large(
    days: Dates, session: NDArray[np.intp], moves: Values, chosen: NDArray[np.bool_], q: float
) -> Values:
    """How many of the chosen bars moved by much, (days, sessions)."""
    size = np.abs(moves[chosen])
    unique, day = np.unique(days[chosen], return_inverse=True)
    found = np.zeros((unique.size, len(SESSIONS)))
    if size.size:
        # strictly beyond: where most bars stand still the quantile is nought and no move is large
        beyond = (size > np.quantile(size, q)).astype(float)
        np.add.at(found, (day.ravel(), session[chosen]), beyond)
    return found


def _share(sums: Values) -> Values:
    whole = float(sums.sum())
    return sums / whole if whole else np.zeros(sums.size)


def _blocks(n: int, length: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Positions of n days in circular blocks of a length."""
    starts = rng.integers(n, size=-(-n // length))
    picked = (starts[:, None] + np.arange(min(length, n))[None, :]) % n
    return picked.ravel()[:n]
