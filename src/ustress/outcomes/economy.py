"""Output and inflation: the New Keynesian block over the course's lasting term premium."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.model.macro import MacroPath, macro_path
from ustress.outcomes.course import Course
from ustress.outcomes.parameters import number

Floats = NDArray[np.float64]

QUARTER_DAYS = 63
QUARTERS = 80
"""Long enough for the premium to fade: people expect all of it."""
LASTING = ("move.premium", "move.supply", "move.wealth", "move.convenience", "move.policy")
"""Parts of the ten-year's move that last: the slow layer and the convenience yield, never D."""


def lasting_premium_pp(course: Course) -> Floats:
    """(paths, quarters) mean lasting term premium since the opening, percentage points.

    Whole quarters of the course (a shorter course is one), then fading to `QUARTERS` by the
    parameter file's persistence.

    Raises:
        MissingSeriesError: if the course carries none of the lasting parts.
    """
    known = [name for name in LASTING if course.has(name)]
    if "move.premium" not in known:
        raise MissingSeriesError(f"{course.title} carries no move.premium")
    ends = list(range(QUARTER_DAYS, course.horizon + 1, QUARTER_DAYS))[:QUARTERS] or [
        course.horizon
    ]
    means = [_mean_pp(course, known, max(end - QUARTER_DAYS, 0) + 1, end + 1) for end in ends]
    left = np.arange(1, QUARTERS - len(means) + 1)
    after = means[-1][:, None] * number("premium_persistence") ** left
    return np.concatenate([np.stack(means, axis=1), after], axis=1)


def _mean_pp(course: Course, names: list[str], first: int, last: int) -> Floats:
    parts = [course.paths(n)[:, first:last].mean(axis=1, dtype=np.float64) for n in names]
    return np.asarray(np.sum(parts, axis=0) / 100.0)


def economy(course: Course) -> MacroPath:
    """Output gap, inflation and the policy rule's answer by quarter, (paths, `QUARTERS`)."""
    premium = lasting_premium_pp(course)
    return macro_path(np.zeros_like(premium), premium)
