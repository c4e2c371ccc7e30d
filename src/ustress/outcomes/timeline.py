"""From business days to survey weeks and months: averages as matrices, so outcomes stay linear."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ustress.core.dates import calendar
from ustress.core.errors import BadInputError

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

_WEEK = np.timedelta64(7, "D")
_DAY = np.timedelta64(1, "D")


def check_path(days: Days, values: Floats, what: str) -> tuple[Days, Floats]:
    """`days` and `values` as arrays whose last axes agree.

    Raises:
        BadInputError: naming `what`, if they do not match, are too short or are not finite.
    """
    d = np.asarray(days, dtype="datetime64[D]")
    v = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if d.ndim != 1 or d.size < 2 or v.ndim != 2 or v.shape[1] != d.size:
        raise BadInputError(
            f"{what}: expected values of shape (paths, days) on 2 or more ascending days; "
            f"got {v.shape} on {d.size} days"
        )
    if bool(np.any(np.diff(d) <= np.timedelta64(0, "D"))) or not bool(np.all(np.isfinite(v))):
        raise BadInputError(f"{what}: days must ascend and every value must be finite")
    return d, v


def survey_releases(days: Days) -> Days:
    """Thursdays after the first day whose survey week (Thursday to Wednesday) the days cover.

    A release moved to Wednesday by a holiday is kept on its Thursday.
    """
    first = np.busday_offset(days[0] + _DAY, 0, roll="forward", weekmask="Thu")
    last = days[-1] + _DAY
    if first > last:
        return np.array([], "datetime64[D]")
    return np.arange(first, last + _DAY, _WEEK)


def week_means(releases: Days, days: Days) -> Floats:
    """Weights, shape (weeks, days), of the mean over the seven days before each release.

    A week without any of `days` keeps the last one before it, never a later value; only weeks
    before the first day take that one, so that a history that begins too late is flat before it.
    """
    lo = np.searchsorted(days, releases - _WEEK, side="left")
    hi = np.searchsorted(days, releases, side="left")
    lo = np.where(hi > lo, lo, np.maximum(lo - 1, 0))
    hi = np.maximum(hi, lo + 1)
    column = np.arange(days.size)
    inside = (column >= lo[:, None]) & (column < hi[:, None])
    return np.asarray(inside / inside.sum(axis=1, keepdims=True))


def month_means(days: Days, months: int, half_life_years: float = math.inf) -> Floats:
    """Weights, shape (months, days), turning daily changes since day 0 into monthly means.

    Row 0 is the calendar month of the first day. Business days of it before the first day count
    as no change; days after the last one hold its value, in the last month and all later ones,
    or lose half of it in every `half_life_years` from then on.
    """
    start = days[0].astype("datetime64[M]")
    out = np.zeros((months, days.size))
    index = (days.astype("datetime64[M]") - start).astype(np.int64)
    edges = (start + np.arange(months + 1)).astype("datetime64[D]")
    open_days = np.busday_count(edges[:-1], edges[1:], busdaycal=calendar()).astype(np.float64)
    for column, row in enumerate(index):
        if row < months:
            out[row, column] += 1.0 / open_days[row]
    last = int(index[-1])
    if last < months:
        gone = np.busday_count(edges[last], days[-1] + _DAY, busdaycal=calendar())
        out[last, -1] += (open_days[last] - gone) / open_days[last]
        out[last + 1 :, -1] = 0.5 ** (np.arange(1, months - last) / (12.0 * half_life_years))
    return out
