"""Intraday bars as the sessions read them: any owner's arrays, checked and put in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.core.panel import Dates, Values
from ustress.monitor.sessions.hours import Moments


class Barred(Protocol):
    """Anything with the arrays of a reader's bars, moments in UTC."""

    @property
    def start(self) -> NDArray[np.datetime64]:
        """When each bar starts, UTC."""

    @property
    def open(self) -> Values:
        """Opening prices or yields."""

    @property
    def close(self) -> Values:
        """Closing prices or yields."""

    @property
    def volume(self) -> Values:
        """Volumes, NaN where none is given."""


@dataclass(frozen=True, slots=True)
class IntradayBars:
    """Bars of one instrument, ascending: `start` in UTC, prices or yields in `unit`.

    Make one with `of` (any owner's bars) or `zoned` (timestamps of a zone).
    """

    start: Moments
    open: Values
    close: Values
    volume: Values
    unit: str = ""

    def __len__(self) -> int:
        return int(self.start.size)

    def until(self, trading_days: Dates, last: date) -> IntradayBars:
        """The bars of trading days up to `last`; `trading_days` names each bar's day."""
        kept = trading_days <= np.datetime64(last, "D")
        return IntradayBars(
            self.start[kept], self.open[kept], self.close[kept], self.volume[kept], self.unit
        )

    @classmethod
    def of(cls, bars: Barred, unit: str = "") -> IntradayBars:
        """Bars of any owner in order, without those whose prices are not finite.

        Raises:
            BadInputError: if the arrays differ in length or two bars start at one moment.
        """
        start = np.asarray(bars.start).astype("datetime64[s]")
        arrays = [np.asarray(a, dtype=float) for a in (bars.open, bars.close, bars.volume)]
        if any(a.shape != start.shape for a in arrays):
            raise BadInputError("bars: start, open, close and volume must have one length")
        order = np.argsort(start, kind="stable")
        order = order[np.isfinite(arrays[0][order]) & np.isfinite(arrays[1][order])]
        kept = start[order]
        if kept.size > 1 and bool((np.diff(kept) == np.timedelta64(0, "s")).any()):
            twice = kept[1:][np.diff(kept) == np.timedelta64(0, "s")][0]
            raise BadInputError(f"bars: two bars start at {twice} UTC; expected one")
        opened, closed, volume = (a[order] for a in arrays)
        return cls(kept, opened, closed, volume, unit)


def zoned(
    start: NDArray[np.datetime64], zone: str, open_: Values, close: Values, volume: Values,
    unit: str = "",
) -> IntradayBars:  # fmt: skip
    """Bars whose timestamps are those of a zone's clock, such as "Asia/Tokyo".

    Raises:
        BadInputError: if there is no such zone, or as `IntradayBars.of`.
    """
    from datetime import UTC
    from zoneinfo import ZoneInfo

    try:
        clock = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise BadInputError(f"'{zone}' is no time zone; expected one such as Asia/Tokyo") from None
    moments = [
        t.replace(tzinfo=clock).astimezone(UTC).replace(tzinfo=None)
        for t in start.astype("datetime64[s]").tolist()
    ]
    utc = np.array(moments, dtype="datetime64[s]")
    return IntradayBars.of(IntradayBars(utc, open_, close, volume), unit)
