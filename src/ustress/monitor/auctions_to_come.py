"""The coupon auctions of the weeks ahead: as listed by the Treasury, else by the past pattern.

The Treasury's list (once an update has brought it) is measured. Without it the rule is: an auction
52 weeks after last year's of the same month, of the same kind, rolled to a business day, at the
size of the newest one of that kind. From 2011 to August 2026 that rule met the day itself in 61 %
of the cases, one day beside at most in 79 % and the week in 99 % (a test computes it again): an
estimate of the calendar, no announcement.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from ustress.core.dates import calendar
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel, Series
from ustress.monitor.indicators.auctions import TENORS
from ustress.monitor.snapshot import AuctionToCome

AHEAD_DAYS = 35
_YEAR = 364  # 52 weeks keep the weekday and the place in the month's cycle
OLDEST_LIST_DAYS = 10
# A tenor that has not been sold for so long has no calendar.
LARGEST_GAP_DAYS = 75


def to_come(panel: Panel, ahead_days: int = AHEAD_DAYS) -> tuple[AuctionToCome, ...]:
    """The auctions after the panel's date, by day, up to `ahead_days` ahead."""
    names = [f"auction.{t}.{part}" for t in TENORS for part in ("size", "reopening")]
    listed = [f"auction.{t}.{part}" for t in TENORS for part in ("next_in_days", "next_size")]
    panel.preload((*names, *listed))
    found = [a for tenor in TENORS for a in _of_tenor(panel, tenor, ahead_days)]
    return tuple(sorted(found, key=lambda a: (a.day, TENORS.index(a.tenor))))


def _of_tenor(panel: Panel, tenor: str, ahead_days: int) -> list[AuctionToCome]:
    listed = _listed(panel, tenor, ahead_days)
    expected = expected_by_pattern(panel, tenor, ahead_days)
    if listed is None:
        return expected
    # the list has the next auction only; later ones stay estimates
    return [listed, *(a for a in expected if a.day > listed.day + timedelta(days=14))]


def _listed(panel: Panel, tenor: str, ahead_days: int) -> AuctionToCome | None:
    name = f"auction.{tenor}.next_in_days"
    series = panel.get(name) if name in panel.infos else None
    newest = None if series is None else series.at(-1)
    if newest is None or (panel.as_of - newest.day).days > OLDEST_LIST_DAYS:
        return None
    day = newest.day + timedelta(days=round(newest.value))
    if not panel.as_of < day <= panel.as_of + timedelta(days=ahead_days):
        return None
    size_name = f"auction.{tenor}.next_size"
    size = panel.get(size_name) if size_name in panel.infos else None
    amount = None if size is None or size.at(-1).day != newest.day else size.at(-1).value
    return AuctionToCome(tenor, day, amount, None, Evidence.MEASURED, "as listed by the Treasury")


def expected_by_pattern(panel: Panel, tenor: str, ahead_days: int) -> list[AuctionToCome]:
    """The auctions the past pattern leads to expect; none where a tenor is no longer sold."""
    sizes, kinds = panel.get(f"auction.{tenor}.size"), panel.get(f"auction.{tenor}.reopening")
    if sizes is None or kinds is None:
        return []
    if (panel.as_of - sizes.at(-1).day).days > LARGEST_GAP_DAYS:
        return []
    days = shifted(sizes)
    last = panel.as_of + timedelta(days=ahead_days)
    out = []
    # the month of an auction that has been held already is done, whatever its day was to be
    held = set(sizes.dates.astype("datetime64[M]").tolist())
    for i, day in enumerate(days.tolist()):
        month_done = np.datetime64(day, "M").item() in held
        if not panel.as_of < day <= last or month_done:
            continue
        reopening = _kind(kinds, sizes.at(i).day)
        out.append(
            AuctionToCome(
                tenor, day, _newest_size(sizes, kinds, reopening), reopening, Evidence.ESTIMATED,
                f"52 weeks after the auction of {sizes.at(i).day}",
            )
        )  # fmt: skip
    return out


def shifted(sizes: Series) -> np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]:
    """Every auction's day 52 weeks on, rolled to a business day, in the month a year later."""
    moved = np.busday_offset(
        sizes.dates + np.timedelta64(_YEAR, "D"), 0, roll="forward", busdaycal=calendar()
    )
    return moved.astype("datetime64[D]")


def _kind(kinds: Series, day: date) -> bool | None:
    found = kinds.on_or_before(day)
    return None if found is None or found.day != day else bool(found.value)


def _newest_size(sizes: Series, kinds: Series, reopening: bool | None) -> float | None:
    for i in range(len(sizes) - 1, max(len(sizes) - 13, -1), -1):
        seen = sizes.at(i)
        if reopening is None or _kind(kinds, seen.day) is reopening:
            return seen.value
    return None
