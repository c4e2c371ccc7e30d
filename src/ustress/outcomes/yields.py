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


def yield_pct(course: Course, years: float, days: slice) -> Floats:
    """(paths, days) par yield, linear between the tenors carried and flat outside them."""
    known = given(course)
    weights = [float(np.interp(years, list(known.values()), row)) for row in np.eye(len(known))]
    pairs = zip(known, weights, strict=True)
    return np.asarray(
        sum(w * np.asarray(course.paths(name)[:, days], np.float64) for name, w in pairs if w)
    )


def reserve_losses_pct(course: Course, days: slice = slice(None)) -> Floats:
    """(paths, days) loss on official reserves' mix of Treasuries since the opening, per cent.

    Bonds at par on the opening day are repriced at each day's yields; coupons earned are left out.
    """
    table = entry("reserve_mix")
    parts = []
    for years, share in zip(table["years"], table["value"], strict=True):
        before, after = (yield_pct(course, years, d) for d in (slice(0, 1), days))
        parts.append(share * (100.0 - bond_price(before, after, years)))
    return np.asarray(np.sum(parts, axis=0))


def reserve_loss_pct(course: Course, day: int) -> Floats:
    """(paths,) the same on one day."""
    return reserve_losses_pct(course, slice(day, day + 1))[:, 0]
