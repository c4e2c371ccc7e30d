"""The three sessions of a trading day, in New York time, and where a moment belongs.

A trading day runs from 18:00 the evening before to 17:00 (Globex hours; Fleming and Lopez 1999 and
Fleming, Mizrach and Nguyen 2018 split the day of Treasuries in the same way). Tokyo's and London's
own clocks shift against New York's by an hour for some weeks of the year: assumed away.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ustress.core.dates import calendar
from ustress.core.panel import Dates

NEW_YORK = ZoneInfo("America/New_York")
Moments = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Session:
    """A session: minutes of the trading day, which opens at 18:00 in New York as minute 0."""

    name: str
    start: int
    stop: int

    @property
    def hours(self) -> float:
        """How long it lasts."""
        return (self.stop - self.start) / 60.0


ASIA = Session("Asia", 0, 9 * 60)  # 18:00 to 03:00
LONDON = Session("London", 9 * 60, 13 * 60 + 30)  # 03:00 to 07:30
NEW_YORK_SESSION = Session("New York", 13 * 60 + 30, 23 * 60)  # 07:30 to 17:00
SESSIONS = (ASIA, LONDON, NEW_YORK_SESSION)
OPENS_AT = 18 * 60
NOWHERE = -1


def place(start: Moments) -> tuple[Dates, NDArray[np.intp], NDArray[np.intp]]:
    """Trading day, session (position in `SESSIONS`, -1 outside) and minute of each moment in UTC.

    The evening of a Sunday or a holiday belongs to the next business day; what starts on a day
    that is none, before its evening, belongs to the next one too and counts as outside.
    """
    local = to_new_york(start)
    day = local.astype("datetime64[D]")
    minute = (local - day).astype("timedelta64[m]").astype(np.intp)
    evening = minute >= OPENS_AT
    day = np.where(evening, day + np.timedelta64(1, "D"), day)
    into = np.where(evening, minute - OPENS_AT, minute + 24 * 60 - OPENS_AT)
    open_ = np.is_busday(day, busdaycal=calendar())
    trading = np.busday_offset(day, 0, roll="forward", busdaycal=calendar()).astype("datetime64[D]")
    session = np.full(start.size, NOWHERE, dtype=np.intp)
    for i, each in enumerate(SESSIONS):
        session[(into >= each.start) & (into < each.stop) & open_] = i
    return trading, session, into


def to_new_york(start: Moments) -> Moments:
    """Moments in UTC as New York's clock shows them (offsets change on whole hours)."""
    from datetime import UTC, datetime

    hours = start.astype("datetime64[h]")
    unique, back = np.unique(hours, return_inverse=True)
    offsets = []
    for h in unique.astype(np.int64).tolist():
        ahead = datetime.fromtimestamp(3600 * h, UTC).astimezone(NEW_YORK).utcoffset()
        offsets.append(0 if ahead is None else int(ahead.total_seconds()))
    shift = np.array(offsets, dtype="timedelta64[s]")[back.ravel()]
    moved: Moments = start.astype("datetime64[s]") + shift
    return moved
