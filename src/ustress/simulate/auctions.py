"""The Treasury's coupon auctions to come: dated, sized, with the record's shares and cover.

The calendar and its sizes are what was known on the date (listed by the Treasury, or the pattern
of 52 weeks before); beyond its end it repeats after 52 weeks. Shares of the award and cover are
the mean of the tenor's auctions before the newest, up to twelve, as known on the date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ustress.core.dates import calendar
from ustress.model.actors import Auctioned
from ustress.model.sectors import ByTenor
from ustress.model.sizes import TEN_YEAR_DURATION_YEARS
from ustress.model.types import TENORS_YEARS
from ustress.monitor.snapshot import AuctionToCome, Reading
from ustress.simulate.sessions import PER_DAY

Floats = NDArray[np.float64]
LAST_DAY = 1260
_YEAR = timedelta(days=364)
RECORD = ("bid_to_cover", "indirect_share", "direct_share")
"""What of a tenor's record an auction needs; the rest of the award is the dealers'."""


@dataclass(frozen=True, slots=True)
class DatedAuction:
    """One auction to come: `number` counts business days from the opening, 1 on the first.

    par_usdbn: size, dollars of the date; x_per_par: duration over 8.5; direct, indirect: expected
    shares of the award; cover: expected bids over size.
    """

    number: int
    day: date
    tenor: str
    par_usdbn: float
    x_per_par: float
    direct: float
    indirect: float
    cover: float


def dated(
    as_of: date,
    to_come: tuple[AuctionToCome, ...],
    readings: Mapping[str, Reading],
    yields_pct: Mapping[str, float],
) -> tuple[DatedAuction, ...]:
    """The auctions after `as_of` up to the longest horizon.

    One whose size or whose tenor's record is not known is left out.
    """
    known = [a for a in to_come if a.size_usdbn and _record(a.tenor, readings)]
    if not known:
        return ()
    # A calendar shorter than a year cannot say what comes after it.
    whole = max(a.day for a in known) - as_of >= timedelta(days=330)
    days = [a.day + k * _YEAR for k in range(6 if whole else 1) for a in known]
    rolled = np.busday_offset(
        np.array(days, "datetime64[D]"), 0, roll="forward", busdaycal=calendar()
    )
    opened = np.busday_offset(np.datetime64(as_of, "D"), 0, roll="backward", busdaycal=calendar())
    numbers = np.busday_count(opened, rolled, busdaycal=calendar())
    made = (
        _one(int(n), d.item(), known[i % len(known)], readings, yields_pct)
        for i, (n, d) in enumerate(zip(numbers, rolled, strict=True))
        if 1 <= n <= LAST_DAY
    )
    return tuple(sorted(made, key=lambda a: (a.number, float(a.tenor[:-1]))))


def _one(
    number: int,
    day: date,
    of: AuctionToCome,
    readings: Mapping[str, Reading],
    yields_pct: Mapping[str, float],
) -> DatedAuction:
    cover, indirect, direct = _record(of.tenor, readings) or (0.0, 0.0, 0.0)
    x_per_par = par_duration_years(yields_pct[of.tenor], float(of.tenor[:-1]))
    return DatedAuction(
        number, day, of.tenor, of.size_usdbn or 0.0, x_per_par / TEN_YEAR_DURATION_YEARS,
        direct / 100.0, indirect / 100.0, cover,
    )  # fmt: skip


def _record(tenor: str, readings: Mapping[str, Reading]) -> tuple[float, ...] | None:
    """Cover and shares (per cent) of the tenor's auctions so far, or None."""
    found = []
    for part in RECORD:
        reading = readings.get(f"auction.{tenor}.{part}")
        if reading is None or reading.value is None:
            return None
        found.append(reading.comparison.mean if reading.comparison else reading.value)
    return tuple(found)


def par_duration_years(yield_pct: float, years: float) -> float:
    """Modified duration of a bond at par with half-yearly coupons, (1 - (1 + y/2)^-2n)/y."""
    y = yield_pct / 100.0
    return years if abs(y) < 1e-9 else (1.0 - (1.0 + y / 2.0) ** (-2.0 * years)) / y


def summed(auctions: tuple[DatedAuction, ...], days: int) -> Auctioned:
    """(days, sessions) of the auctions, in New York's session; several on a day are summed.

    Shares, cover, duration and the wedge's profile are averages weighted with size.
    """
    from ustress.model.parameters import load_parameters

    profile = np.asarray(load_parameters()["h"].value)
    total = np.zeros((days, PER_DAY))
    parts = {name: np.zeros((days, PER_DAY)) for name in ("x", "h", "direct", "indirect", "cover")}
    local = np.zeros((len(TENORS_YEARS), days, PER_DAY))
    for one in auctions:
        if one.number > days:
            continue
        at = (one.number - 1, PER_DAY - 1)
        sector = TENORS_YEARS.index(float(one.tenor[:-1]))
        total[at] += one.par_usdbn
        x = one.par_usdbn * one.x_per_par
        local[(sector, *at)] += x
        for name, value in (
            ("x", one.x_per_par), ("h", profile[sector]), ("direct", one.direct),
            ("indirect", one.indirect), ("cover", one.cover),
        ):  # fmt: skip
            parts[name][at] += one.par_usdbn * value
    there = total > 0.0
    safe = np.where(there, total, 1.0)
    mean = {name: part / safe for name, part in parts.items()}
    shares = local / np.where(there, parts["x"], 1.0)
    return Auctioned(
        par_usdbn=total,
        x_per_par=np.where(there, mean["x"], 1.0),
        h=np.where(there, mean["h"], 1.0),
        direct=mean["direct"],
        indirect=mean["indirect"],
        cover=mean["cover"],
        absent_share=np.zeros((days, PER_DAY)),
        extra_share=np.zeros((days, PER_DAY)),
        local=ByTenor(*shares),
    )
