"""The business days of a run."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.dates import calendar


def business_days(as_of: date, horizon_days: int) -> NDArray[np.datetime64]:
    """Day 0 is the last business day up to the opening date; (horizon + 1,)."""
    start = np.datetime64(as_of, "D")
    roll = partial(np.busday_offset, busdaycal=calendar())
    return np.asarray(roll(roll(start, 0, roll="backward"), np.arange(horizon_days + 1)))
