"""The Federal Reserve itself: what it holds, duration, reserves, carry, the deferred asset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.model.macro import MacroPath
from ustress.outcomes.course import Course
from ustress.outcomes.economy import economy
from ustress.outcomes.fed_book import book, no_list
from ustress.outcomes.fed_part import pays_on_usdbn
from ustress.outcomes.parameters import entry, link, number
from ustress.outcomes.quantity import About, Outcome, Quantity, along, by_day, once

Floats = NDArray[np.float64]
KEY, TITLE = "fed", "The Federal Reserve"
YEAR_DAYS = 252
BILL = "ust.3m"
TWO_YEARS, IN_TWO_YEARS = 8, "in the eighth quarter"


def fed_itself(course: Course, panel: Panel | None) -> Outcome:
    """Holdings and their maturities, duration taken out, reserves, carry, deferred asset."""
    held = About(
        f"{KEY}.held", "Treasuries bought and still held", "usdbn_whole", Evidence.ASSUMED,
        "simulated", "par",
    )  # fmt: skip
    return Outcome(
        KEY,
        TITLE,
        (
            *by_day(course, held, lambda d: course.at("fed.purchases", d)),
            *_duration(course),
            *_reserves(course),
            *_carry(course),
            *_deferred(course, panel),
            *book(course, panel),
            *_economy(course),
        ),
        along(course, held, lambda d: course.at("fed.purchases", d)),
        (
            "A dollar bought takes "
            f"{number('fed_x_per_par'):g} dollars of ten-year equivalents out of the market.",
            "Losses before the path's purchases go on at the pace of the last year, more or less "
            "what reserves and reverse repos cost as the three-month yield moves.",
        ),
        (
            *no_list(panel),
            "The market value of what the Fed holds: it is not marked to market.",
            "Run-off after the path ends.",
            "Output and inflation where the shock is fiscal: it comes with demand of its own.",
        ),
    )


def _duration(course: Course) -> Iterator[Quantity]:
    table = entry("fed_x_per_par")
    about = About(
        f"{KEY}.duration", "Ten-year equivalents taken out of the market", "usdbn_whole",
        link("fed_x_per_par"), table["source"], f"par x {table['value']:g}",
    )  # fmt: skip
    return by_day(course, about, lambda d: number("fed_x_per_par") * course.at("fed.purchases", d))


def _reserves(course: Course) -> Iterator[Quantity]:
    about = About(
        f"{KEY}.reserves", "Bank reserves", "usdbn_whole", Evidence.ASSUMED, "simulated", "level"
    )
    return by_day(course, about, lambda d: course.at("fed.reserves", d))


def _carry(course: Course) -> Iterator[Quantity]:
    about = About(
        f"{KEY}.carry", "Carry cost of the path's purchases so far", "usdbn_move",
        Evidence.ASSUMED, "simulated", "sum of (IORB - yield at purchase) x par held",
    )  # fmt: skip
    return by_day(course, about, lambda d: course.at("fed.carry", d))


def _deferred(course: Course, panel: Panel | None) -> Iterator[Quantity]:
    """The deferred asset: what is owed by future profits before remittances begin again."""
    series = None if panel is None else panel.get("fed.other_liabilities")

    def asset(day: int) -> Floats:
        opening, yearly = deferred_asset(series.values if series is not None else None)
        cost = np.zeros(course.kept.size)
        if not course.single or course.has("fed.purchases"):
            cost = course.at("fed.carry", day)
        cost = cost + _reserves_cost(course, panel, day)
        return np.asarray(np.maximum(opening + yearly * day / YEAR_DAYS + cost, 0.0))

    about = About(
        f"{KEY}.deferred_asset", "Deferred asset: losses to be earned back before remittances",
        "usdbn_whole", Evidence.ESTIMATED,
        "Federal Reserve Board, H.4.1: other liabilities, negative since September 2022",
        "last level, growing as over the last 52 weeks, with reserves at the three-month yield's "
        "change, and the carry of the path's purchases",
    )  # fmt: skip
    return by_day(course, about, asset)


def _reserves_cost(course: Course, panel: Panel | None, day: int) -> Floats:
    """What the opening's reserves and reverse repos have cost more since then, $bn."""
    if panel is None or not course.has(BILL):
        return np.zeros(course.kept.size)
    moved = np.asarray(course.paths(BILL)[:, : day + 1], np.float64)
    points = (moved - moved[:, :1]).sum(axis=1) / YEAR_DAYS
    return np.asarray(pays_on_usdbn(panel) * points / 100.0)


def deferred_asset(other_liabilities_usdbn: Floats | None) -> tuple[float, float]:
    """The deferred asset and its growth over the last 52 weeks, $bn and $bn a year.

    Weekly levels of other liabilities (with remittances due), which are negative by the deferred
    asset; a positive level is none.

    Raises:
        MissingSeriesError: without a year of them.
    """
    if other_liabilities_usdbn is None or other_liabilities_usdbn.size <= 52:
        raise MissingSeriesError("a year of H.4.1's other liabilities is not known")
    now, before = (max(-float(other_liabilities_usdbn[i]), 0.0) for i in (-1, -53))
    return now, now - before


def _economy(course: Course) -> Iterator[Quantity]:
    """Output and inflation two years on, from the lasting premium alone."""
    source = "Model document, section 7; ustress.model.macro"
    how = (
        "New Keynesian block over the quarter means of the lasting premium (demand, sales, "
        "wealth, convenience, purchases; never the dislocation), which fades after the path; the "
        "policy rate follows its rule"
    )
    lines = (
        ("output", "Output gap through the lasting premium", "output_gap_pp"),
        ("inflation", "Inflation through the lasting premium", "inflation_pp"),
        ("policy_rate", "Policy rate in answer", "policy_rate_pp"),
    )
    found = lru_cache(maxsize=1)(partial(economy, course))
    for key, label, name in lines:
        about = About(f"{KEY}.{key}", label, "pp", Evidence.ASSUMED, source, how)
        yield once(course, about, IN_TWO_YEARS, partial(_two_years_on, found, name))


def _two_years_on(found: Callable[[], MacroPath], name: str) -> Floats:
    values: Floats = getattr(found(), name)
    return values[:, TWO_YEARS - 1]
