"""What of the ten-year's move enters the rate at which shares are discounted.

A share of duration D is worth its payments, spread over the future by e^{-u/D}/D; a rate y that
lies higher for ever takes D y off it. A part that fades at speed k counts for less:

    on today's price alone (dislocation, session, arbitrageurs' losses, convenience):
        rate at horizon u: y e^{-k u}          w = 1 / (1 + k D)
    averaged by the ten-year over its life T (expected rates, lasting premium):
        rate at horizon u: y s e^{-k u}        w = s / (1 + k D),   s = k T / (1 - e^{-k T})

Both are 1 where k = 0. The speeds are the simulation's own.
"""

from __future__ import annotations

from functools import lru_cache
from math import expm1, log

import numpy as np
from numpy.typing import NDArray

from ustress.model.parameters.table import load_parameters
from ustress.outcomes.course import Course
from ustress.outcomes.parameters import number

Floats = NDArray[np.float64]
YEAR_DAYS = 252
TEN_YEARS = 10.0
EXPECTED = "move.expected"
LASTING = (EXPECTED, "move.premium", "move.supply", "move.policy")
"""Parts which the ten-year averages over its life."""
FLEETING = ("move.wealth", "move.convenience", "move.wedge", "move.transitory")
"""Parts that stand on today's price and fade."""


@lru_cache(maxsize=1)
def speeds() -> dict[str, float]:
    """How fast each part fades, per year: the simulation's parameters, at their medians.

    The session's own impact is gone in the next of three a day.
    """
    p = load_parameters()

    def days(name: str) -> float:
        return YEAR_DAYS / float(np.asarray(p[name].value))

    premium = -4.0 * log(number("premium_persistence"))
    return {
        EXPECTED: float(np.asarray(p["km"].value)),
        "move.premium": float(np.asarray(p["kb_slow"].value)),
        "move.supply": premium,
        "move.policy": premium,
        "move.wealth": days("wealth_recovery_days"),
        "move.convenience": days("trust_restore_days"),
        "move.wedge": days("k_plus_days"),
        "move.transitory": 3.0 * YEAR_DAYS,
    }


def weight(part: str, duration_years: float) -> float:
    """Share of a rate that lasts for ever at which a part of the ten-year's move counts."""
    return share(speeds()[part], duration_years, averaged=part in LASTING)


def share(speed: float, duration_years: float, *, averaged: bool) -> float:
    """The weight w of a rate that fades at `speed` a year (see above)."""
    k = speed * TEN_YEARS
    start = k / -expm1(-k) if averaged and k > 0.0 else 1.0
    return start / (1.0 + speed * duration_years)


def rate_change_pp(course: Course, duration_years: float, day: int) -> Floats:
    """(paths,) rise of the rate shares are discounted at, as one that lasts, percentage points.

    What a path does not tell the parts of is taken to last. Raises MissingSeriesError without
    the ten-year.
    """
    left = 100.0 * course.since("ust.10y", day)
    counted = np.zeros(course.kept.size)
    for part in parts(course):
        moved = course.at(part, day)
        counted = counted + weight(part, duration_years) * moved
        left = left - moved
    return np.asarray((counted + left) / 100.0)


def parts(course: Course) -> tuple[str, ...]:
    """The parts of the ten-year's move that the course carries."""
    return tuple(part for part in (*LASTING, *FLEETING) if course.has(part))
