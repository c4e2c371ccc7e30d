"""What moves other markets in the simulation, part by part: its own coefficients, read here too.

    change = premium (supply + policy + ...) + wedge D - purchases policy + mbs_bought M + the rest

with the coefficients of `model/parameters/cross.toml` (per bp of the ten-year, M in $100bn of
mortgage bonds at the size of 2025). So an outcome and a run can never disagree on a pass-through.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence, weakest
from ustress.core.panel import Panel
from ustress.model.cross.table import load_cross
from ustress.model.parameters.table import ParameterInfo
from ustress.model.sizes import scale_to_2025
from ustress.outcomes.course import Course

Floats = NDArray[np.float64]


class Split(NamedTuple):
    """(paths,) what is sold, Treasuries and mortgage bonds bought, all else; they add up."""

    sales: Floats
    purchases_treasuries: Floats
    purchases_mortgages: Floats
    rest: Floats


@lru_cache(maxsize=1)
def _entries() -> dict[str, ParameterInfo]:
    return {entry.name: entry for entry in load_cross()}


def slope(market: str, driver: str) -> float:
    """The simulation's coefficient of a market on a driver; none is zero."""
    found = _entries().get(f"cross.{market}.{driver}")
    return 0.0 if found is None else float(np.asarray(found.value))


def link(market: str, drivers: Iterable[str]) -> Evidence:
    """The weakest level behind the coefficients; assumed where there is none."""
    found = [_entries().get(f"cross.{market}.{d}") for d in drivers]
    return weakest(Evidence.ASSUMED if e is None else e.evidence for e in found)


def source(market: str, drivers: Iterable[str]) -> str:
    """Where the coefficients come from, each once."""
    found = [_entries().get(f"cross.{market}.{d}") for d in drivers]
    return "; ".join(dict.fromkeys(e.source for e in found if e is not None)) or "none stated"


def size(panel: Panel | None) -> float:
    """What a dollar of the panel's date is multiplied with to be one of 2025.

    Raises:
        MissingSeriesError: where the size of the economy is not known.
    """
    series = None if panel is None else panel.get("macro.gdp")
    if series is None:
        raise MissingSeriesError("the size of the economy is not known")
    return float(np.asarray(scale_to_2025(series.at(-1).value)))


def split(
    course: Course, panel: Panel | None, total: Floats, day: int, weights: tuple[Floats, Floats],
    market: str,
) -> Split:  # fmt: skip
    """The change `total` of a yield or level by what is sold and what is bought.

    Args:
        course: with the parts of the ten-year's move.
        panel: for the size of the economy.
        total: (paths,) change since the opening.
        day: business day.
        weights: (paths,) each, what a basis point of the ten-year and a unit of the market add.
        market: as in `model.cross.markets`.

    The dislocation counts with what is sold: it is what sales left after purchases took away
    their part. Raises MissingSeriesError where a part is not carried.
    """
    ten, own = weights
    supply, wedge, policy = (course.at(f"move.{p}", day) for p in ("supply", "wedge", "policy"))
    premium = slope(market, "premium")
    sales = supply * (ten + own * premium) + wedge * (ten + own * slope(market, "wedge"))
    treasuries = policy * (ten + own * (premium - slope(market, "purchases")))
    mortgages = np.zeros_like(sales)
    if each := slope(market, "mbs_bought"):
        mortgages = own * each * size(panel) / 100.0 * course.at("fed.mbs", day)
    return Split(sales, treasuries, mortgages, total - sales - treasuries - mortgages)
