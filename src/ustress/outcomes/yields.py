"""Treasury yields along a course at any maturity, and what holding them costs when they move."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.curves.bonds import bond_price
from ustress.outcomes.course import Course
from ustress.outcomes.parameters import entry
from ustress.outcomes.tenors import YIELDS

Floats = NDArray[np.float64]


def given(course: Course) -> dict[str, float]:
    """The tenors the course carries, in years, by observable.

    Raises:
        MissingSeriesError: if there is none.
    """
    found = {name: years for name, years in YIELDS.items() if course.has(name)}
    if not found:
        raise MissingSeriesError(f"{course.title} carries no Treasury yield (ust.10y, for example)")
    return found


def yield_pct(course: Course, years: float, day: int) -> Floats:
    """(paths,) par yield, linear between the tenors carried and flat outside them."""
    known = given(course)
    weights = [float(np.interp(years, list(known.values()), row)) for row in np.eye(len(known))]
    pairs = zip(known, weights, strict=True)
    return np.asarray(sum(w * course.at(name, day) for name, w in pairs if w))


def reserve_loss_pct(course: Course, day: int) -> Floats:
    """(paths,) loss on official reserves' mix of Treasuries since the opening, per cent of value.

    Bonds at par on the opening day are repriced at the day's yields; coupons earned are left out.
    """
    table = entry("reserve_mix")
    loss = np.zeros(course.kept.size)
    for years, share in zip(table["years"], table["value"], strict=True):
        before, after = yield_pct(course, years, 0), yield_pct(course, years, day)
        loss += share * (100.0 - bond_price(before, after, years))
    return loss
