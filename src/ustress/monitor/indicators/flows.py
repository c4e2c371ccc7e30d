"""Foreign holdings taken apart: flow against valuation, shares of the debt, centres, concentration.

    H_t - H_{t-1} = flow_t + valuation_t
    valuation_t = -s_{t-1} H_{t-1} [D dy - C dy^2 / 2],   D, C of a five-year bond at par

Where the Treasury has collected the transactions (from February 2023, once an update has brought
them) they are the flow and the rest is valuation. Elsewhere valuation is estimated as above: s is
the share of notes and bonds in officials' holdings, taken for every holder, and five years stand
for the maturity of what is held. Both are assumed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial, reduce

import numpy as np

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Dates, Panel, Values
from ustress.curves.bonds import par_bond_convexity, par_bond_duration
from ustress.monitor.indicator import MONTHLY, Indicator
from ustress.monitor.indicators.holdings import REPORTING_2021, SURVEYS
from ustress.monitor.track import Track, combine, of

YEARS = 5.0
OLDEST_YIELD_DAYS = 7
HOLDERS: dict[str, tuple[str, Dates]] = {
    "china": ("China", SURVEYS),
    "japan": ("Japan", SURVEYS),
    "united_kingdom": ("the United Kingdom", REPORTING_2021),
    "belgium": ("Belgium", SURVEYS),
    "luxembourg": ("Luxembourg", SURVEYS),
    "official": ("foreign officials", SURVEYS),
    "total": ("all foreigners", REPORTING_2021),
}
CENTRES = (
    "belgium", "luxembourg", "united_kingdom", "ireland", "switzerland", "cayman_islands",
)  # fmt: skip
# The holders published throughout from 2012 on: one list, so that the index moves with holdings
# and not with what is published. Aggregates never count.
LARGE = (
    "belgium", "brazil", "canada", "cayman_islands", "china", "france", "germany", "hong_kong",
    "india", "ireland", "japan", "luxembourg", "norway", "saudi_arabia", "singapore",
    "south_korea", "switzerland", "taiwan", "united_arab_emirates", "united_kingdom",
)  # fmt: skip
_MEASURED = "Transactions as collected by the Treasury."
_ESTIMATED = (
    "Estimated: no transactions are known for the month; valuation from the five-year par yield, "
    "duration and share of notes and bonds assumed."
)
_REFERENCE = "Bertaut and Judson 2014; Bertaut and Tryon 2007 (valuation adjustment of TIC)"


def valuation(panel: Panel, holder: str) -> Track:
    """What prices added to a holder's amount in each month, $bn; see the top of the file.

    Raises:
        MissingSeriesError: if no month can be taken apart.
    """
    return _split(panel, holder)[1]


def flow(panel: Panel, holder: str) -> Track:
    """A holder's net purchases in each month, $bn; positive: bought."""
    return _split(panel, holder)[0]


def _split(panel: Panel, holder: str) -> tuple[Track, Track]:
    held = of(panel, f"tic.holdings.{holder}")
    changed, estimated = _estimated(panel, held, HOLDERS[holder][1])
    measured = panel.get(f"tic.net.{holder}") if f"tic.net.{holder}" in panel.infos else None
    moved = np.round(changed.values - estimated, 6)
    known, exact, used, note = changed.known, changed.known_exact, changed.used, _ESTIMATED
    if measured is not None:
        months = measured.dates.astype("datetime64[M]")
        _, i, j = np.intersect1d(changed.dates.astype("datetime64[M]"), months, return_indices=True)
        moved[i] = measured.values[j]
        known = known.copy()
        known[i] = np.maximum(known[i], measured.known[j])
        used = (*used, measured.info.name)
        note = _MEASURED if i.size and i[-1] == len(changed) - 1 else _ESTIMATED
    flows = replace(
        changed, values=moved, known=known, known_exact=exact, used=used, note=note
    )  # fmt: skip
    return flows, replace(flows, values=np.round(changed.values - moved, 6))


def _estimated(panel: Panel, held: Track, breaks: Dates) -> tuple[Track, Values]:
    """Monthly changes with the estimated valuation of each; months across a break left out."""
    share = _long_share(panel)
    yields = of(panel, "ust.par.5y")
    months = held.dates.astype("datetime64[M]")
    good = np.flatnonzero(np.diff(months).astype(int) == 1) + 1
    crossing = np.searchsorted(breaks, held.dates[good], side="right") - np.searchsorted(
        breaks, held.dates[good - 1], side="right"
    )
    good = good[crossing == 0]
    ends, starts = held.dates[good], held.dates[good - 1]
    y0, y1 = _at(yields, starts), _at(yields, ends)
    s = _at_month(share, starts)
    there = np.isfinite(y0) & np.isfinite(y1) & np.isfinite(s)
    good, y0, y1, s = good[there], y0[there], y1[there], s[there]
    if not good.size:
        raise MissingSeriesError(f"no two months of {held.used[0]} with yields at both ends")
    dy = (y1 - y0) / 100.0
    gain = -par_bond_duration(y0, YEARS) * dy + 0.5 * par_bond_convexity(y0, YEARS) * dy * dy
    changes = replace(
        held.take(good),
        values=held.values[good] - held.values[good - 1],
        known=np.maximum(held.known[good], held.known[good - 1]),
        used=(*held.used, *yields.used, *share.used),
    )
    return changes, s * held.values[good - 1] * gain


def _long_share(panel: Panel) -> Track:
    """Notes and bonds in per one of officials' holdings."""
    bonds = of(panel, "tic.holdings.official_bonds")
    return combine(bonds, of(panel, "tic.holdings.official"), lambda a, b: a / b)


def _at(track: Track, days: Dates) -> Values:
    """The newest value on or before each day, NaN where there is none within a week."""
    at = np.searchsorted(track.dates, days, side="right") - 1
    fresh = (at >= 0) & (
        days - track.dates[np.maximum(at, 0)] <= np.timedelta64(OLDEST_YIELD_DAYS, "D")
    )
    return np.where(fresh, track.values[np.maximum(at, 0)], np.nan)


def _at_month(track: Track, days: Dates) -> Values:
    months, wanted = track.dates.astype("datetime64[M]"), days.astype("datetime64[M]")
    at = np.minimum(np.searchsorted(months, wanted), len(track) - 1)
    return np.where(months[at] == wanted, track.values[at], np.nan)


def share_of_debt(panel: Panel, holder: str) -> Track:
    """A holder's amount over marketable debt held by the public at month-ends, per cent."""
    debt = of(panel, "debt.public.marketable")
    return combine(of(panel, f"tic.holdings.{holder}"), debt, lambda a, b: 100.0 * a / b)


def centres(panel: Panel) -> Track:
    """What custody and fund centres hold together, $bn, in months all of them report."""
    tracks = [of(panel, f"tic.holdings.{name}") for name in CENTRES]
    return reduce(lambda a, b: combine(a, b, np.add), tracks)


def concentration(panel: Panel) -> Track:
    """Herfindahl index of countries' shares in all foreigners' holdings, from nought to one.

    sum_i (h_i / total)^2 over the twenty holders published throughout; the many small others
    together would add less than .002.
    """
    total = of(panel, "tic.holdings.total")
    shares: list[Track] = []
    for name in LARGE:
        country = of(panel, f"tic.holdings.{name}")
        shares.append(combine(total, country, lambda t, h: (h / t) ** 2))
    return reduce(lambda a, b: combine(a, b, np.add), shares)


def _flow(holder: str) -> Indicator:
    words, breaks = HOLDERS[holder]
    return Indicator(
        f"holdings.{holder}.flow",
        f"Net purchases of Treasuries by {words}",
        "holdings",
        "usdbn_change",
        f"Net purchases by {words} in the month, by custody: transactions where collected, else "
        "the change of holdings less an estimated valuation.",
        _sources(holder),
        partial(flow, holder=holder),
        _REFERENCE,
        breaks=breaks,
        estimated=True,
    )


def _valuation(holder: str) -> Indicator:
    words, breaks = HOLDERS[holder]
    return Indicator(
        f"holdings.{holder}.valuation",
        f"Valuation of Treasuries held by {words}",
        "holdings",
        "usdbn_change",
        f"What prices added to the holdings of {words} in the month: the change less the flow.",
        _sources(holder),
        partial(valuation, holder=holder),
        _REFERENCE,
        records=(),
        breaks=breaks,
        estimated=True,
    )


def _sources(holder: str) -> tuple[str, ...]:
    return (
        f"tic.holdings.{holder}", "ust.par.5y", "tic.holdings.official_bonds",
        "tic.holdings.official", f"tic.net.{holder}",
    )  # fmt: skip


def _share(holder: str) -> Indicator:
    words, breaks = HOLDERS[holder]
    return Indicator(
        f"holdings.{holder}.share",
        f"Share of marketable debt held by {words}",
        "holdings",
        "share_pct",
        f"Holdings of {words} (market value) over marketable debt held by the public (face "
        "value, the Fed's included).",
        (f"tic.holdings.{holder}", "debt.public.marketable"),
        partial(share_of_debt, holder=holder),
        _REFERENCE,
        MONTHLY,
        breaks=breaks,
        note="Market value over face value: prices move it too.",
    )


INDICATORS = (
    *(one for holder in HOLDERS for one in (_flow(holder), _valuation(holder))),
    *(_share(holder) for holder in ("china", "japan", "official")),
    Indicator(
        "holdings.centres",
        "Treasury holdings in custody and fund centres",
        "holdings",
        "usdbn",
        "Belgium, Luxembourg, the United Kingdom, Ireland, Switzerland and the Cayman Islands "
        "together: places that hold for others.",
        tuple(f"tic.holdings.{name}" for name in CENTRES),
        centres,
        "Bertaut and Judson 2014 (TIC custody bias)",
        MONTHLY,
        records=("level", "1m", "12m"),
        breaks=REPORTING_2021,
        note="A rise here says only that custody moved here.",
    ),
    Indicator(
        "holdings.concentration",
        "Concentration of foreign holdings",
        "holdings",
        "index",
        "Herfindahl index of the shares of twenty countries in all foreigners' holdings; "
        "aggregates never count.",
        ("tic.holdings.total", *(f"tic.holdings.{name}" for name in LARGE)),
        concentration,
        "Hirschman 1964",
        MONTHLY,
        breaks=REPORTING_2021,
        note="By custody: centres that hold for many count as one.",
    ),
)
