"""What a path costs the Treasury and the Federal Reserve together.

    cost = interest added - Fed's net income added + carry of the path's purchases

The Fed's net income is what it receives more on what it holds less what it pays more on reserves
and reverse repos; the carry, (IORB - yield at purchase) x par held, is what bonds that the Fed
buys cost once reserves pay for them. Interest from one pocket to the other is no cost.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence
from ustress.outcomes.course import Course
from ustress.outcomes.quantity import About, Quantity, once

Floats = NDArray[np.float64]
ID = "budget.consolidated"
_INTEREST, _INCOME = "budget.interest.ten_years", "budget.fed_income"


def consolidated(course: Course, found: Iterable[Quantity]) -> Quantity:
    """The cost over the ten fiscal years, from the quantities it is made of."""
    at = {q.about.id: q for q in found}
    interest, income = at[_INTEREST], at[_INCOME]

    def cost() -> Floats:
        if interest.values is None or income.values is None:
            raise MissingSeriesError(interest.reason or income.reason)
        carry = course.at("fed.carry", course.horizon) if course.has("fed.carry") else 0.0
        return np.asarray(interest.values - income.values + carry)

    about = About(
        ID, "Cost to Treasury and Federal Reserve together, added", "usdbn_move",
        Evidence.ASSUMED, interest.about.source,
        "interest added, less the Federal Reserve's net income added, plus the carry of the "
        "path's purchases to its last day",
    )  # fmt: skip
    return once(course, about, interest.when, cost)
