"""Equity holders: discount rate against premium, sectors, relief rallies and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.evidence import Evidence
from ustress.outcomes.assumptions import Assumptions
from ustress.outcomes.course import Course
from ustress.outcomes.discount import parts, rate_change_pp, weight
from ustress.outcomes.other_markets import slope
from ustress.outcomes.parameters import entry, link
from ustress.outcomes.quantity import About, Outcome, Quantity, along, by_day, once
from ustress.outcomes.relief import Relief, relief

Floats = NDArray[np.float64]
KEY, TITLE = "equity", "Equity holders"
_PARTS = {
    "move.expected": "expected rates",
    "move.premium": "the slow premium",
    "move.supply": "lasting sales",
    "move.policy": "purchases",
    "move.wealth": "arbitrageurs' losses",
    "move.convenience": "the convenience yield",
    "move.wedge": "the dislocation",
    "move.transitory": "the session's own impact",
}
SECTORS = {
    "technology": "Technology",
    "real_estate": "Real estate",
    "utilities": "Utilities",
    "financials": "Financials",
}


def equity(course: Course, given: Assumptions) -> Outcome:
    """The index, what the discount rate explains, rate-sensitive sectors, claim 23's event."""
    index = About(
        f"{KEY}.index", "Share prices", "pct_change", Evidence.ASSUMED, "simulated",
        "change since the opening",
    )  # fmt: skip
    return Outcome(
        KEY,
        TITLE,
        (
            *by_day(course, index, lambda d: course.at("equity.change", d)),
            *_parts(course, given),
            *(q for key in SECTORS for q in _sector(course, key)),
            *_relief(course, given),
        ),
        along(course, index, lambda d: course.at("equity.change", d)),
        (
            *_rate_words(course, given),
            "What is left is the risk premium and earnings together: a fall of prices that rates "
            "do not explain is a higher premium, poorer earnings or both.",
            *_unanswered(),
            _event_words(given),
        ),
        (
            "Earnings apart from the premium: the two cannot be told from prices.",
            "Whether inflation surprises: prices here know of it only through yields and shocks.",
        ),
    )


def _rate_words(course: Course, given: Assumptions) -> Iterator[str]:
    """What enters the discount rate, and how much of it."""
    yield (
        f"A percentage point on the discount rate that lasts takes {given.equity_duration:g} % "
        f"off prices ({entry('equity_duration')['source']})."
    )
    known = parts(course)
    if not known:
        yield "The path tells no parts of the ten-year's move: all of it is taken to last."
        return
    shares = ", ".join(
        f"{_PARTS[part]} {100.0 * weight(part, given.equity_duration):.0f} %" for part in known
    )
    yield (
        "Parts of the ten-year's move that fade count less, by how long they last against that "
        f"duration: {shares} (speeds of the simulation; that shares are discounted at them is "
        "assumed)" + ("." if len(known) == len(_PARTS) else "; what is not told apart, in full.")
    )


def _unanswered() -> Iterator[str]:
    """Where simulated prices leave the lasting premium unanswered, and what that does."""
    if not slope("equity", "premium"):
        yield (
            "Simulated prices do not answer the lasting premium (estimated within two errors of "
            "nought and left out), so what it takes off through the rate is given back in what is "
            "left."
        )


def _event_words(given: Assumptions) -> str:
    return (
        f"A relief rally is a rise of {given.rally_pct:g} % within {given.rally_days:g} business "
        "days of the first purchase; a correction a close below that of the purchase day within "
        f"{given.correction_days:g} business days of the rally."
    )


def _parts(course: Course, given: Assumptions) -> Iterator[Quantity]:
    table = entry("equity_duration")

    def rate(day: int) -> Floats:
        return -given.equity_duration * rate_change_pp(course, given.equity_duration, day)

    parts = (
        ("discount_rate", "Of it: the discount rate", rate),
        ("premium", "Of it: risk premium and earnings",
         lambda d: course.at("equity.change", d) - rate(d)),
    )  # fmt: skip
    for name, label, value in parts:
        about = About(
            f"{KEY}.{name}", label, "pct_change", link("equity_duration"), table["source"],
            f"duration {given.equity_duration:g} years x what lasts of the ten-year's change"
            + ("" if name == "discount_rate" else ", taken off the whole: a residual"),
        )  # fmt: skip
        yield from by_day(course, about, value)


def _sector(course: Course, key: str) -> Iterator[Quantity]:
    table = entry(f"sector.{key}")
    (beta, rate), errors = table["value"], table["standard_errors"]
    about = About(
        f"{KEY}.{key}", f"{SECTORS[key]} shares", "pct_change", link(f"sector.{key}"),
        table["source"],
        f"{beta:.2f} ({errors[0]:.2f}) x the index and {rate:+.3f} ({errors[1]:.3f}) % per bp of "
        "the ten-year, errors drawn by path",
    )  # fmt: skip
    b = course.draws((beta, rate), errors, 100 + sum(key.encode()))
    return by_day(
        course, about,
        lambda d: b[:, 0] * course.at("equity.change", d)
        + b[:, 1] * 100.0 * course.since("ust.10y", d),
    )  # fmt: skip


def relief_of(course: Course, given: Assumptions) -> Relief:
    """The event of claim 23 on every path.

    Raises:
        MissingSeriesError: if the course carries no share prices or no purchases.
    """
    price = 100.0 + np.asarray(course.paths("equity.change"), np.float64)
    bought = np.asarray(course.paths("fed.bought")) > 0.0
    return relief(price, bought, given.rally_pct, int(given.rally_days), int(given.correction_days))


def _relief(course: Course, given: Assumptions) -> Iterator[Quantity]:
    table = entry("relief")

    def share(judged: str, happened: str) -> Floats:
        found = relief_of(course, given)
        return np.where(getattr(found, judged), getattr(found, happened) * 1.0, np.nan)

    lines = (
        ("rally", "Chance of a relief rally after purchases", "judged", "rallied",
         "of paths with purchases"),
        ("correction", "Chance of a correction after the rally", "judged_after", "fell_back",
         "of paths with a rally"),
    )  # fmt: skip
    for name, label, judged, happened, among in lines:
        about = About(
            f"{KEY}.{name}", label, "probability", link("relief"), table["source"],
            f"{among}: {_event_words(given)}",
        )  # fmt: skip
        yield once(
            course, about, among,
            partial(share, judged, happened),
            alone=True,
        )  # fmt: skip
