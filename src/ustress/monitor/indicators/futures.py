"""Leveraged funds' positions in Treasury futures: the short side of the cash-futures trade.

Contracts become dollars by their face value ($200,000 for the two-year future, $100,000 for the
others) and ten-year equivalents by the duration of a par bond of an assumed maturity over 8.5
years, the convention of `curves.bonds`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial, reduce

import numpy as np

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Panel
from ustress.curves.bonds import TEN_YEAR_DURATION_YEARS, par_bond_duration
from ustress.monitor.indicator import WEEKLY, Indicator
from ustress.monitor.track import Track, combine, of

# contract: face in $bn a contract, maturity (years) assumed for what is cheapest to deliver, tenor
CONTRACTS: dict[str, tuple[float, float, str]] = {
    "tu": (2e-4, 2.0, "2y"),
    "fv": (1e-4, 4.5, "5y"),
    "ty": (1e-4, 6.5, "7y"),
    "tn": (1e-4, 9.5, "10y"),
    "us": (1e-4, 16.0, "20y"),
    "wn": (1e-4, 26.0, "30y"),
}
_REFERENCE = "Barth and Kahn 2021; Banegas, Monin and Petrasek 2021"


def position(panel: Panel, sides: tuple[tuple[str, float], ...]) -> Track:
    """Sum over contracts of long and short positions with their signs, $bn of face value."""
    parts = []
    for contract, (face, _, _) in CONTRACTS.items():
        for side, sign in sides:
            track = of(panel, f"cftc.{contract}.leveraged_{side}")
            parts.append(replace(track, values=sign * face * track.values))
    return reduce(lambda a, b: combine(a, b, np.add), parts)


def ten_year_equivalents(panel: Panel) -> Track:
    """The net position in ten-year equivalents, $bn: face times duration over 8.5 years."""
    parts = []
    for contract, (face, years, tenor) in CONTRACTS.items():
        net = combine(
            of(panel, f"cftc.{contract}.leveraged_long"),
            of(panel, f"cftc.{contract}.leveraged_short"),
            lambda a, b: a - b,
        )
        parts.append(_weighted(panel, net, face, years, tenor))
    return reduce(lambda a, b: combine(a, b, np.add), parts)


def _weighted(panel: Panel, net: Track, face: float, years: float, tenor: str) -> Track:
    """Positions times face and relative duration, at the newest yield by the position's day."""
    yields = of(panel, f"ust.par.{tenor}")
    at = np.searchsorted(yields.dates, net.dates, side="right") - 1
    old = net.dates - yields.dates[np.maximum(at, 0)] > np.timedelta64(7, "D")
    good = (at >= 0) & ~old
    if not good.any():
        raise MissingSeriesError(f"no {tenor} yield within a week of the positions")
    kept, level = net.take(good), yields.values[at[good]]
    weight = face * par_bond_duration(level, years) / TEN_YEAR_DURATION_YEARS
    return replace(kept, values=kept.values * weight, used=(*kept.used, *yields.used))


def _names(*sides: str) -> tuple[str, ...]:
    return tuple(f"cftc.{c}.leveraged_{side}" for c in CONTRACTS for side in sides)


INDICATORS = (
    Indicator(
        "futures.leveraged.short",
        "Leveraged funds' short Treasury futures",
        "futures",
        "usdbn",
        "Short positions of leveraged funds in the six Treasury futures, face value, Tuesday.",
        _names("short"),
        partial(position, sides=(("short", 1.0),)),
        _REFERENCE,
        WEEKLY,
        records=("level", "1w", "4w"),
        note="A short future is not a basis trade by itself: what is held against it is unknown.",
    ),
    Indicator(
        "futures.leveraged.net",
        "Leveraged funds' net Treasury futures",
        "futures",
        "usdbn",
        "Long less short positions of leveraged funds in the six Treasury futures, face value, "
        "Tuesday.",
        _names("long", "short"),
        partial(position, sides=(("long", 1.0), ("short", -1.0))),
        _REFERENCE,
        WEEKLY,
        records=("level", "1w", "4w"),
    ),
    Indicator(
        "futures.leveraged.net_10y",
        "The same in ten-year equivalents",
        "futures",
        "usdbn",
        "Net position times the duration of a par bond (2, 4.5, 6.5, 9.5, 16 and 26 years for "
        "what is cheapest to deliver, assumed) over 8.5 years.",
        (*_names("long", "short"), *(f"ust.par.{t}" for _, _, t in CONTRACTS.values())),
        ten_year_equivalents,
        _REFERENCE,
        WEEKLY,
        estimated=True,
    ),
)
