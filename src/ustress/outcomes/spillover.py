"""What buying and selling Treasuries does to mortgage bonds, corporate bonds and currencies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.evidence import Evidence, weakest
from ustress.core.panel import Panel
from ustress.outcomes import other_markets
from ustress.outcomes.course import Course
from ustress.outcomes.other_markets import Split, slope
from ustress.outcomes.quantity import About, Outcome, Quantity, by_day
from ustress.outcomes.ratings import ratings

Floats = NDArray[np.float64]
KEY, TITLE = "spillover", "Other markets"
_SPREADS = (
    ("mbs_spread", "Mortgage-bond spread over Treasuries", "mbs.spread"),
    ("credit_spread", "Investment-grade spread", "credit.ig"),
)
PARTS = {
    "sales": ("through sales of Treasuries", ("premium", "wedge")),
    "purchases_treasuries": ("through Treasuries bought", ("premium", "purchases")),
    "purchases_mortgages": ("through mortgage bonds bought", ("mbs_bought",)),
    "rest": ("through trust, rate volatility and all else", ("trust", "haven", "volatility")),
}
"""The parts of a change: words, and the drivers whose coefficients enter."""


@dataclass(frozen=True, slots=True)
class Market:
    """A market that is split: `on_ten` per bp of the ten-year, `on_own` per unit of `observable`.

    `rating` names the one whose estimated coefficients, drawn by path, stand in for the two.
    """

    key: str
    total: str
    label: str
    unit: str
    name: str
    observable: str
    on_ten: float
    on_own: float
    rating: str = ""


MARKETS = (
    Market("mbs", "yield_mbs", "Mortgage-bond yields", "bp", "mbs", "mbs.spread", 1.0, 1.0),
    Market("baa", "yield_baa", "Baa yields", "bp", "credit", "credit.ig", 0.0, 0.0, "baa"),
    Market(
        "fx", "fx_volatility", "Volatility of currencies against the dollar", "pp",
        "fx_volatility", "fx.volatility", 0.0, 1.0,
    ),
)  # fmt: skip


def spillover(course: Course, panel: Panel | None) -> Outcome:
    """Simulated spreads and currency volatility, each split by what is sold and bought."""
    return Outcome(
        KEY,
        TITLE,
        (
            *(q for line in _SPREADS for q in _spread(course, *line)),
            *(q for market in MARKETS for q in _market(course, panel, market)),
        ),
        (),
        (
            "The simulation's own coefficients pass the parts of the ten-year's move on, here as "
            "there. Purchases of Treasuries take a premium out of the ten-year, of which "
            f"{100.0 * (1.0 - slope('mbs', 'purchases')):.0f} % reach mortgage bonds; each $100bn "
            f"of mortgage bonds takes another {-slope('mbs', 'mbs_bought'):.2f} bp off theirs.",
            "Sales count with the dislocation that is left after purchases took away their part; "
            "where two scenarios impose the same sales and shocks, what purchases took away is "
            "the difference, and it is theirs.",
            "All else is flight to safety, expected rates and the market's own noise.",
        ),
        (
            "Sales of anything but Treasuries: nobody sells mortgage or corporate bonds here.",
            "Mortgage bonds bought, on corporate bonds and currencies: no coefficient is "
            "published apart from that of the ten-year's fall.",
            "Effects through expected policy rates: the short rate is common.",
        ),
    )


def _spread(course: Course, key: str, label: str, name: str) -> Iterator[Quantity]:
    about = About(
        f"{KEY}.{key}", f"{label}, change", "bp", Evidence.ASSUMED, "simulated",
        "change since the opening",
    )  # fmt: skip
    return by_day(course, about, lambda d: course.since(name, d))


def _market(course: Course, panel: Panel | None, m: Market) -> Iterator[Quantity]:
    """The whole change of a market, then its parts."""
    weights = _weights(course, m)

    def total(day: int) -> Floats:
        ten = 100.0 * course.since("ust.10y", day) if m.key != "fx" else 0.0
        return np.asarray(weights[0] * ten + weights[1] * course.since(m.observable, day))

    @lru_cache(maxsize=4)
    def parts(day: int) -> Split:
        return other_markets.split(course, panel, total(day), day, weights, m.name)

    about = About(
        f"{KEY}.{m.total}", f"{m.label}, change", m.unit, _total_link(m), _total_source(m),
        "change since the opening: the ten-year and the simulated spread" if m.key != "fx"
        else "change since the opening",
    )  # fmt: skip
    yield from by_day(course, about, total)
    for part in PARTS:
        if part != "purchases_mortgages" or slope(m.name, "mbs_bought"):
            yield from by_day(course, _about(m, part), partial(_part, parts, part))


def _part(parts: Callable[[int], Split], name: str, day: int) -> Floats:
    found: Floats = getattr(parts(day), name)
    return found


def _weights(course: Course, m: Market) -> tuple[Floats, Floats]:
    """(paths,) what a bp of the ten-year and a unit of the market's own observable add."""
    if m.rating:
        drawn = next(r for r in ratings(None) if r.key == m.rating).draws(course)
        return drawn[:, 0], drawn[:, 1]
    ones = np.ones(course.kept.size)
    return m.on_ten * ones, m.on_own * ones


def _total_link(m: Market) -> Evidence:
    found = [r.evidence for r in ratings(None) if r.key == m.rating]
    return found[0] if found else Evidence.ASSUMED


def _total_source(m: Market) -> str:
    found = [r.source for r in ratings(None) if r.key == m.rating]
    return found[0] if found else "simulated"


def _about(m: Market, part: str) -> About:
    words, drivers = PARTS[part]
    given = ", ".join(f"{d.replace('_', ' ')} {slope(m.name, d):+g}" for d in drivers)
    how = f"the run's own parts of the ten-year's move x {given} per bp of them"
    if part == "purchases_mortgages":
        how = (
            f"{slope(m.name, 'mbs_bought'):+g} bp per $100bn bought, at the economy's size of 2025"
        )
    if part == "purchases_treasuries" and m.key == "fx":
        how = "no coefficient of their own: they reach it through the dislocation and volatility"
    if part == "rest":
        how = "the whole change less the other parts"
    return About(
        f"{KEY}.{part}_{m.key}", f"{m.label} {words}", m.unit,
        other_markets.link(m.name, drivers), other_markets.source(m.name, drivers), how,
    )  # fmt: skip


def policy_alone(difference: Outcome) -> Outcome:
    """The difference of two runs that share every imposed sale and shock: all of it is the Fed's.

    What sales and dislocation differ by goes to the Treasuries bought; the parts add up as before.
    """
    at = {q.id: q for q in difference.quantities}
    kept = tuple(
        _with_dislocation(q, at) if _is(q, "purchases_treasuries") else q
        for q in difference.quantities
        if not _is(q, "sales")
    )
    told = (
        "Both scenarios impose the same sales and shocks: the whole difference is the Fed's doing, "
        "and the dislocation that its purchases take away is theirs."
    )
    first, _, last = difference.assumptions
    return replace(difference, quantities=kept, assumptions=(first, told, last))


def _is(q: Quantity, part: str) -> bool:
    return q.about.id.startswith(f"{KEY}.{part}_")


def _with_dislocation(q: Quantity, at: dict[str, Quantity]) -> Quantity:
    sold = at[q.id.replace("purchases_treasuries", "sales")]
    about = replace(
        q.about,
        label=f"{q.about.label} and the dislocation the Fed takes away",
        link=weakest((q.about.link, sold.about.link)),
        how=f"{q.about.how}; {sold.about.how}",
    )
    if q.values is None or sold.values is None:
        return replace(q, about=about, values=None, reason=q.reason or sold.reason)
    return replace(q, about=about, values=q.values + sold.values)
