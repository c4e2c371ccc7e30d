"""Auctions to come: the pattern's record, and the Treasury's list before the pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import numpy as np

from ustress.core.dates import calendar
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.monitor import build
from ustress.monitor.auctions_to_come import expected_by_pattern, to_come
from ustress.monitor.indicators.auctions import TENORS

Made = Mapping[str, tuple[Iterable[str], Iterable[float]]]
MakePanel = Callable[[str, Made], Panel]
FiguresOn = Callable[[str], Panel]


def test_published_table_the_pattern_meets_the_record(figures_on: FiguresOn) -> None:
    """US Treasury, auctions 2011 to February 2026: what the module says of its own accuracy."""
    panel = figures_on("2026-02-27")
    off = []
    for tenor in TENORS:
        days = panel[f"auction.{tenor}.size"].dates
        months = days.astype("datetime64[M]")
        for day, month in zip(days, months, strict=True):
            before = days[months == month - 12]
            if month >= np.datetime64("2011-01") and before.size:
                moved = np.busday_offset(before[0] + 364, 0, roll="forward", busdaycal=calendar())
                off.append(abs(int((moved.astype("datetime64[D]") - day).astype(int))))
    found = np.array(off)
    assert found.size > 1000
    assert np.mean(found == 0) > 0.58
    assert np.mean(found <= 1) > 0.76
    assert np.mean(found <= 7) > 0.97


def test_published_table_the_weeks_after_11_april(figures_on: FiguresOn) -> None:
    """Held: 20-year on 16 April, 2-, 5- and 7-year on 22, 23 and 24 April 2025 (US Treasury)."""
    found = build(figures_on("2025-04-11")).auctions_to_come
    days = {(a.tenor, str(a.day)) for a in found}
    held = {("20y", "2025-04-16"), ("2y", "2025-04-22"), ("5y", "2025-04-23")}
    assert held | {("7y", "2025-04-24")} <= days
    assert all(a.evidence is Evidence.ESTIMATED and a.day > date(2025, 4, 11) for a in found)
    assert [a.day for a in found] == sorted(a.day for a in found)


def test_every_expected_day_is_a_business_day(figures_on: FiguresOn) -> None:
    for as_of in ("2020-03-18", "2024-02-29", "2025-04-11"):
        for auction in to_come(figures_on(as_of), 120):
            assert np.is_busday(np.datetime64(auction.day), busdaycal=calendar())


def past(kinds: tuple[float, float]) -> Made:
    days = ["2024-04-17", "2025-03-18"]
    return {
        "auction.20y.size": (days, [13.0, 16.0]),
        "auction.20y.reopening": (days, list(kinds)),
    }


def test_the_size_is_the_newest_of_its_kind(make_panel: MakePanel) -> None:
    found = expected_by_pattern(make_panel("2025-04-11", past((1.0, 0.0))), "20y", 35)
    assert [(str(a.day), a.size_usdbn, a.reopening) for a in found] == [("2025-04-16", 13.0, True)]


def test_the_treasurys_list_comes_before_the_pattern(make_panel: MakePanel) -> None:
    made = {
        **past((1.0, 0.0)),
        "auction.20y.next_in_days": (["2025-04-09"], [13.0]),
        "auction.20y.next_size": (["2025-04-09"], [14.0]),
    }
    found = to_come(make_panel("2025-04-11", made))
    assert [(a.tenor, str(a.day), a.size_usdbn) for a in found] == [("20y", "2025-04-22", 14.0)]
    assert found[0].evidence is Evidence.MEASURED
    old = {**made, "auction.20y.next_in_days": (["2025-03-20"], [33.0])}
    assert to_come(make_panel("2025-04-11", old))[0].evidence is Evidence.ESTIMATED


def test_a_tenor_no_longer_sold_has_no_calendar(make_panel: MakePanel) -> None:
    assert to_come(make_panel("2025-08-11", past((1.0, 0.0)))) == ()
    assert to_come(make_panel("2025-04-11", {})) == ()
