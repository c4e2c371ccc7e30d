"""Measured series as charts need them: from a panel, as known on its date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from ustress.core.dates import add_business_days
from ustress.report.views import AuctionLine, CurveOn, Event, History, SourceView

if TYPE_CHECKING:
    from ustress.core.panel import Panel, Series, SeriesInfo
    from ustress.data.status import FamilyStatus

YEARS = {"1m": 1 / 12, "3m": 0.25, "6m": 0.5, "1y": 1.0, "2y": 2.0, "3y": 3.0, "5y": 5.0,
         "7y": 7.0, "10y": 10.0, "20y": 20.0, "30y": 30.0}  # fmt: skip
TENORS = ("2y", "3y", "5y", "7y", "10y", "20y", "30y")
EVENTS = (
    (date(2008, 9, 15), "Lehman"),
    (date(2013, 5, 22), "taper talk"),
    (date(2014, 10, 15), "flash rally"),
    (date(2019, 9, 17), "repo spike"),
    (date(2020, 3, 15), "Fed buys"),
    (date(2022, 9, 28), "gilts"),
    (date(2023, 3, 10), "SVB"),
    (date(2025, 4, 2), "tariffs"),
    (date(2025, 4, 9), "pause"),
)
"""Dated happenings of the public record (Federal Reserve, Bank of England, White House)."""
_CHARTED = {
    "ust.10y": "ust.par.10y",
    "holdings.china": "tic.holdings.china",
    "holdings.japan": "tic.holdings.japan",
}
PAST_AUCTIONS = 12


def histories(panel: Panel) -> dict[str, History]:
    """The series that charts draw, by role."""
    panel.preload((*_CHARTED.values(), "funding.sofr", "funding.sofr.p99", "funding.iorb"))
    found = {
        role: _history(role, series)
        for role, name in _CHARTED.items()
        if (series := panel.get(name)) is not None
    }
    spreads = {"funding.sofr_iorb": "funding.sofr", "funding.p99_iorb": "funding.sofr.p99"}
    for role, name in spreads.items():
        spread = _over_iorb(panel, role, name)
        if spread is not None:
            found[role] = spread
    return found


def curves(panel: Panel) -> tuple[CurveOn, ...]:
    """The par curve of the newest day, a week and a year before."""
    panel.preload(f"ust.par.{tenor}" for tenor in YEARS)
    newest = panel.get("ust.par.10y")
    if newest is None:
        return ()
    last = newest.at(-1).day
    wanted = (last, add_business_days(last, -5), add_business_days(_year_before(last), 0))
    return tuple(c for day in wanted if len((c := _curve(panel, day)).years) > 1)


def auctions(panel: Panel) -> tuple[AuctionLine, ...]:
    """Each tenor's newest auction against its own past twelve."""
    panel.preload(f"auction.{tenor}.bid_to_cover" for tenor in TENORS)
    lines = []
    for tenor in TENORS:
        series = panel.get(f"auction.{tenor}.bid_to_cover")
        if series is not None and len(series) > 1:
            past = series.values[:-1][-PAST_AUCTIONS:]
            newest = series.at(-1)
            lines.append(
                AuctionLine(
                    tenor, newest.day, newest.value, tuple(past.tolist()), series.info.publisher
                )
            )
    return tuple(lines)


def events(as_of: date) -> tuple[Event, ...]:
    """Dated happenings up to a date."""
    return tuple(Event(day, word) for day, word in EVENTS if day <= as_of)


def sources(
    families: tuple[FamilyStatus, ...], infos: Iterable[SeriesInfo] = ()
) -> tuple[SourceView, ...]:
    """Where the figures come from, by family of series; a family may have several publishers."""
    by_source: dict[tuple[str, str], Counter[str]] = {}
    for i in infos:
        by_source.setdefault((i.family, i.source), Counter())[i.publisher] += 1
    return tuple(
        SourceView(
            publisher=publisher,
            title=f"{f.family}: {f.source}",
            series=n,
            newest=f.last_day,
            known=f.last_known,
            known_exact=False,
            rights=f.rights,
            stale=f.stale,
        )
        for f in families
        for publisher, n in _publishers(f, by_source.get((f.family, f.source), Counter()))
    )


def _publishers(family: FamilyStatus, named: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Each publisher with its number of series; one alone has what was known of it on the date."""
    return tuple(named.items()) if len(named) > 1 else ((family.publisher, family.series),)


def _history(role: str, series: Series) -> History:
    info = series.info
    known = series.known[-1].item()
    return History(role, info.title, info.unit, series.dates, series.values, info.publisher, known)


def _over_iorb(panel: Panel, role: str, name: str) -> History | None:
    rate, iorb = panel.get(name), panel.get("funding.iorb")
    if rate is None or iorb is None:
        return None
    days, i, j = np.intersect1d(rate.dates, iorb.dates, return_indices=True)
    if days.size < 2:
        return None
    spread = 100.0 * (rate.values[i] - iorb.values[j])
    title = f"{rate.info.title} less interest on reserves"
    return History(
        role, title, "bp_level", days, spread, rate.info.publisher, rate.known[i[-1]].item()
    )


def _curve(panel: Panel, day: date) -> CurveOn:
    points = []
    for tenor, years in YEARS.items():
        series = panel.get(f"ust.par.{tenor}")
        seen = None if series is None else series.on_or_before(day)
        if seen is not None and day - seen.day <= timedelta(days=5):
            points.append((years, seen.value))
    publisher = panel.infos["ust.par.10y"].publisher
    return CurveOn(day, tuple(p[0] for p in points), tuple(p[1] for p in points), publisher)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))
