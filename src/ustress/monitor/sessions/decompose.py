"""A day's change taken apart by session, exactly; and volatility and impact of each session.

    change of day d = close_d - close_{d-1} = sum_s (last close in s - first open in s) + gap_d

The gap is the rest: from one session's last close to the next one's first open, the day's opening
included, and moves outside the sessions. It is computed from those jumps and not as a remainder,
so that the identity can be tested.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Dates, Values
from ustress.monitor.sessions.bars import IntradayBars
from ustress.monitor.sessions.hours import SESSIONS, place


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Changes by trading day: `sessions` is (days, sessions), NaN where a session had no bars.

    `total` is the day's change close to close, `gap` what no session holds; with absent sessions
    as nought, sessions and gap add up to the total. `volume` is (days, sessions), NaN where no
    volume is given. All in the bars' unit.
    """

    days: Dates
    total: Values
    sessions: Values
    gap: Values
    volume: Values
    unit: str = ""

    def __len__(self) -> int:
        return int(self.total.size)


@dataclass(frozen=True, slots=True)
class SessionStatistics:
    """One session: how much it moves, and how much a unit of volume moves it.

    `volatility` is the root mean square change an hour around zero (square root of time);
    `share_of_variance` its part of the squared changes of all sessions and the gap; `impact` the
    absolute change over the volume, as the ratio of their sums (Amihud 2002), None without volume.
    """

    name: str
    days: int
    mean: float
    volatility: float
    share_of_variance: float
    impact: float | None


def decompose(bars: IntradayBars) -> Decomposition:
    """Every trading day after the first, taken apart.

    Raises:
        MissingSeriesError: with fewer than two trading days.
    """
    days, session, _ = place(bars.start)
    unique, first = np.unique(days, return_index=True)
    if unique.size < 2:
        raise MissingSeriesError(f"bars of {unique.size} trading days; at least two are needed")
    ends = np.append(first[1:], len(bars))
    n = unique.size
    parts, gap = np.full((n, len(SESSIONS)), np.nan), np.zeros(n)
    volume = np.full((n, len(SESSIONS)), np.nan)
    for d in range(1, n):
        rows = np.arange(first[d], ends[d])
        before = float(bars.close[first[d] - 1])
        parts[d], gap[d], volume[d] = _day(bars, rows, session[rows], before)
    closes = bars.close[ends - 1]
    return Decomposition(
        unique[1:], np.diff(closes), parts[1:], gap[1:], volume[1:], bars.unit
    )  # fmt: skip


def _day(
    bars: IntradayBars, rows: NDArray[np.intp], session: NDArray[np.intp], before: float
) -> tuple[Values, float, Values]:
    """One day: changes within sessions, the jumps between them, volume by session."""
    parts, volume = np.full(len(SESSIONS), np.nan), np.full(len(SESSIONS), np.nan)
    jumps, at = 0.0, before
    for k in range(len(SESSIONS)):
        inside = rows[session == k]
        if not inside.size:
            continue
        opened, closed = float(bars.open[inside[0]]), float(bars.close[inside[-1]])
        jumps += opened - at
        parts[k], at = closed - opened, closed
        traded = bars.volume[inside]
        if np.isfinite(traded).any():
            volume[k] = float(np.nansum(traded))
    return parts, jumps + float(bars.close[rows[-1]]) - at, volume


def statistics(found: Decomposition) -> tuple[SessionStatistics, ...]:
    """Each session's statistics over all days of a decomposition."""
    moves = np.where(np.isfinite(found.sessions), found.sessions, 0.0)
    squares = (moves**2).sum(axis=0)
    whole = float(squares.sum() + (found.gap**2).sum())
    return tuple(
        _statistics(found, k, float(squares[k]) / whole if whole else 0.0)
        for k in range(len(SESSIONS))
    )


def _statistics(found: Decomposition, k: int, share: float) -> SessionStatistics:
    there = np.isfinite(found.sessions[:, k])
    moves = found.sessions[there, k]
    rms = float(np.sqrt(np.mean(moves**2))) if moves.size else 0.0
    traded = there & np.isfinite(found.volume[:, k]) & (found.volume[:, k] > 0)
    volume = float(found.volume[traded, k].sum())
    impact = float(np.abs(found.sessions[traded, k]).sum()) / volume if volume else None
    mean = float(moves.mean()) if moves.size else 0.0
    each = SESSIONS[k]
    return SessionStatistics(
        each.name, int(moves.size), mean, rms / float(np.sqrt(each.hours)), share, impact
    )
