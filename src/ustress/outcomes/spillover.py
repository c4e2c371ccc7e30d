"""What buying and selling Treasuries does to mortgage bonds, corporate bonds and currencies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.evidence import Evidence
from ustress.outcomes.course import Course
from ustress.outcomes.parameters import entry, link
from ustress.outcomes.quantity import About, Outcome, Quantity, by_day

Floats = NDArray[np.float64]
KEY, TITLE = "spillover", "Other markets"
BOUGHT = {"treasuries": "Treasuries alone", "mortgages": "mortgage bonds too"}
_SIMULATED = (
    ("mbs_spread", "Mortgage-bond spread over Treasuries", "mbs.spread", "bp"),
    ("credit_spread", "Investment-grade spread", "credit.ig", "bp"),
)


def spillover(course: Course) -> Outcome:
    """Simulated spreads and currency volatility; published pass-through of purchases and sales."""
    return Outcome(
        KEY,
        TITLE,
        (
            *(q for line in _SIMULATED for q in _spread(course, *line)),
            *_currencies(course),
            *(q for what in BOUGHT for q in _purchases(course, what)),
            *_sales(course),
        ),
        (),
        (
            "Published pass-throughs are applied to the part of the ten-year's move that the "
            "Fed's purchases make; those of sales are taken to be the same as of purchases of "
            "Treasuries alone.",
        ),
        (
            "Which bonds the Fed would buy: both cases are shown.",
            "Effects through expected policy rates apart from those through the bonds' supply.",
        ),
    )


def _spread(course: Course, key: str, label: str, name: str, unit: str) -> Iterator[Quantity]:
    about = About(
        f"{KEY}.{key}", f"{label}, change", unit, Evidence.ASSUMED, "simulated",
        "change since the opening",
    )  # fmt: skip
    return by_day(course, about, lambda d: course.since(name, d))


def _currencies(course: Course) -> Iterator[Quantity]:
    about = About(
        f"{KEY}.fx_volatility", "Volatility of currencies against the dollar, change", "pp",
        Evidence.ASSUMED, "simulated", "change since the opening",
    )  # fmt: skip
    return by_day(course, about, lambda d: course.since("fx.volatility", d))


def _purchases(course: Course, what: str) -> Iterator[Quantity]:
    """By what is bought, the change of other yields that purchases make."""
    return _passed_on(
        course, what, f"purchases_{what}", f"purchases of {BOUGHT[what]}",
        lambda d: course.since("move.policy", d),
    )  # fmt: skip


def _sales(course: Course) -> Iterator[Quantity]:
    return _passed_on(
        course, "treasuries", "sales", "sales of Treasuries",
        lambda d: course.since("move.supply", d) + course.since("move.wedge", d),
    )  # fmt: skip


def _passed_on(
    course: Course, what: str, name: str, words: str, move: Callable[[int], Floats]
) -> Iterator[Quantity]:
    table = entry(f"pass_through.{what}")
    b = course.draws(table["value"], table["standard_errors"], 200 + len(what))
    for i, (key, label) in enumerate((("mbs", "Mortgage-bond"), ("baa", "Baa"))):
        about = About(
            f"{KEY}.{name}_{key}", f"{label} yields through {words}", "bp",
            link(f"pass_through.{what}"), table["source"],
            f"{table['value'][i]:.2f} x the part of the ten-year's move, error "
            f"{table['standard_errors'][i]:.2f} drawn by path",
        )  # fmt: skip
        yield from by_day(course, about, partial(_scaled, b[:, i], move))


def _scaled(slope: Floats, move: Callable[[int], Floats], day: int) -> Floats:
    return slope * move(day)
