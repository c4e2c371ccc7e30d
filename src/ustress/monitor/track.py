"""The history of one indicator as far as it was known: what an indicator's function returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Dates, Panel, Series, Values
from ustress.monitor.records import Lag, change_over

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Track:
    """An indicator's values, each with the day described and the day it became known.

    `used` names the series it comes from; `limit_days` is the age at which its newest value
    counts as old; `note` says what a reader must know of the newest value.
    """

    dates: Dates
    values: Values
    known: Dates
    known_exact: Flags
    used: tuple[str, ...]
    limit_days: int
    note: str = ""

    def __len__(self) -> int:
        return int(self.values.size)

    def take(self, which: NDArray[np.intp] | Flags | slice) -> Track:
        """The part of the history at the positions `which`."""
        return replace(
            self,
            dates=self.dates[which],
            values=self.values[which],
            known=self.known[which],
            known_exact=self.known_exact[which],
        )

    def available(self) -> Dates:
        """When each value was available: at the latest when a later one was.

        A revision moves an observation's known-from date past its neighbours'; the figure first
        published stood in its place until then.
        """
        return np.minimum.accumulate(self.known[::-1])[::-1]


def of_series(series: Series) -> Track:
    """A series as it stands; values that are not finite are left out."""
    track = Track(
        series.dates,
        series.values,
        series.known,
        series.known_exact,
        (series.info.name,),
        series.info.stale_after_days,
    )
    return _finite(track)


def of(panel: Panel, name: str) -> Track:
    """The series `name` of a panel.

    Raises:
        MissingSeriesError: if nothing of it was known on the date.
    """
    return of_series(panel[name])


def combine(a: Track, b: Track, f: Callable[[Values, Values], Values]) -> Track:
    """`f(a, b)` on the days both have; the first names the age limit.

    Raises:
        MissingSeriesError: if no day has both.
    """
    _, i, j = np.intersect1d(a.dates, b.dates, assume_unique=True, return_indices=True)
    return _joined(a.take(i), b.take(j), f)


def combine_latest(a: Track, b: Track, f: Callable[[Values, Values], Values]) -> Track:
    """`f(a, b)` with the newest b known when each a became known, unless b is over its limit.

    By what was known, not by date: a quarter's output must not reach back to its own end.

    Raises:
        MissingSeriesError: if no day has both.
    """
    j = np.searchsorted(b.available(), a.available(), side="right") - 1
    age = a.dates - b.dates[np.maximum(j, 0)]
    good = (j >= 0) & (age <= np.timedelta64(b.limit_days, "D"))
    return _joined(a.take(good), b.take(j[good]), f)


def change_of(
    track: Track, lag: Lag, *, relative: bool = False, breaks: Dates | None = None
) -> Track:
    """The change over a window as an indicator of its own, in the unit or in per cent of the level.

    Raises:
        MissingSeriesError: if no window fits.
    """
    changes = change_over(track, lag=lag, relative=relative, breaks=breaks)
    at = np.searchsorted(track.dates, changes.dates)
    moved = replace(track.take(at), values=changes.values)
    return _checked(moved, f"no {lag.words} change can be taken")


def realised_volatility(track: Track, window: int, *, relative: bool, scale: float = 1.0) -> Track:
    """Root mean square of the last `window` one-day changes around zero.

    Differences times `scale`, or per cent of the level where `relative`. A change across a gap
    of more than four days beyond the previous business day does not count as a day's.

    Raises:
        MissingSeriesError: with fewer than `window` changes.
    """
    changes = change_over(track, 1, scale=scale, relative=relative)
    if len(changes) < window:
        raise MissingSeriesError(
            f"{track.used[0]} has {len(changes)} one-day changes, {window} are needed"
        )
    squares = np.lib.stride_tricks.sliding_window_view(changes.values**2, window)
    at = np.searchsorted(track.dates, changes.dates[window - 1 :])
    return replace(track.take(at), values=np.sqrt(squares.mean(axis=1)))


def _joined(a: Track, b: Track, f: Callable[[Values, Values], Values]) -> Track:
    with np.errstate(all="ignore"):
        values = f(a.values, b.values)
    joined = replace(
        a,
        values=values,
        known=np.maximum(a.known, b.known),
        known_exact=a.known_exact & b.known_exact,
        used=tuple(dict.fromkeys((*a.used, *b.used))),
    )
    return _checked(_finite(joined), f"{a.used[0]} and {b.used[0]} have no day in common")


def _finite(track: Track) -> Track:
    good = np.isfinite(track.values)
    return track if good.all() else track.take(good)


def _checked(track: Track, reason: str) -> Track:
    if not len(track):
        raise MissingSeriesError(reason)
    return track
