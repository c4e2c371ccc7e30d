"""The composite stress index: families of percentile scores, equally weighted, adding up exactly.

    score s_i = percentile rank of the newest value in its own past / 100, or one less that where
                a low value is stress; expanding window, only what was known
    weight w_i = 1 / (F n_f), F the families present, n_f the indicators of family f present
    composite = sum_i w_i s_i, in [0, 1], from four families on

The scores and the equal families follow the first step of Hollo, Kremer and Lo Duca (2012);
their portfolio weights by time-varying correlation are not in this form.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Dates, Values
from ustress.monitor.indicator import Indicator
from ustress.monitor.percentile import MIN_OBSERVATIONS, expanding_percentiles, percentile_of_last
from ustress.monitor.reading import since_first
from ustress.monitor.snapshot import Composite, Contribution
from ustress.monitor.track import Track

MIN_FAMILIES = 4
# An indicator is scored once it has a year of past to be scored against.
MIN_DAYS = 365
DEFINITION = (
    "Weighted mean of percentile scores in [0, 1]: each input's newest value ranked in its own "
    "past as known, turned so that 1 is most stress; families weigh the same, inputs the same "
    "within a family; old inputs drop out; published from four families on. Comparators never "
    "enter. Its percentile ranks it among its own Fridays."
)

Tracks = Mapping[str, Track]


def inputs(indicators: Sequence[Indicator], tracks: Tracks) -> list[Indicator]:
    """The indicators that may enter: a declared direction, no comparator, a history."""
    return [i for i in indicators if i.stress and not i.comparator and i.key in tracks]


def composite(indicators: Sequence[Indicator], tracks: Tracks, as_of: date) -> Composite:
    """The composite on `as_of` with its contributions and its percentile among its own past."""
    entering = inputs(indicators, tracks)
    today = np.array([as_of], dtype="datetime64[D]")
    scores = {i.key: float(scores_on(i, tracks[i.key], today)[0]) for i in entering}
    parts = _contributions([i for i in entering if not math.isnan(scores[i.key])], scores)
    families = {part.family for part in parts}
    if len(families) < MIN_FAMILIES:
        names = ", ".join(sorted(families)) or "none"
        reason = f"{len(families)} of at least {MIN_FAMILIES} families present: {names}"
        return Composite(None, None, (), DEFINITION, reason)
    value = math.fsum(part.value for part in parts)
    _, past = history(indicators, tracks, as_of)
    before = past[:-1] if _is_friday(as_of) else past
    return Composite(value, percentile_of_last(np.append(before, value)), parts, DEFINITION)


def history(indicators: Sequence[Indicator], tracks: Tracks, as_of: date) -> tuple[Dates, Values]:
    """The composite on every Friday up to `as_of` on which four families existed.

    Each Friday sees only what was known by then, except that where a figure has been revised
    the revised value stands: past values are those of today's vintage.
    """
    entering = inputs(indicators, tracks)
    if not entering:
        return np.empty(0, "datetime64[D]"), np.empty(0)
    first = min(tracks[i.key].dates[0] for i in entering)
    days = fridays(first.item(), as_of)
    table = np.array([scores_on(i, tracks[i.key], days) for i in entering])
    families = np.array([i.family for i in entering])
    total, count = np.zeros(days.size), np.zeros(days.size, dtype=np.intp)
    for family in dict.fromkeys(families.tolist()):
        rows = table[families == family]
        present = np.isfinite(rows)
        number = present.sum(axis=0)
        some = number > 0
        sums = np.where(present, rows, 0.0).sum(axis=0)
        total[some] += sums[some] / number[some]
        count += some
    enough = count >= MIN_FAMILIES
    return days[enough], total[enough] / count[enough]


def scores_on(indicator: Indicator, track: Track, days: Dates) -> Values:
    """The stress score in [0, 1] on each of `days`, NaN where old, short or not yet known."""
    counted = since_first(indicator, track)
    out = np.full(days.size, np.nan)
    if not len(counted):
        return out
    at = np.searchsorted(counted.available(), days, side="right") - 1
    day = counted.dates[np.maximum(at, 0)]
    good = (
        (at + 1 >= MIN_OBSERVATIONS)
        & (days - day <= np.timedelta64(track.limit_days, "D"))
        & (day - counted.dates[0] >= np.timedelta64(MIN_DAYS, "D"))
    )
    if good.any():
        ranks = _ranks_at(counted.values, at[good]) / 100.0
        out[good] = ranks if indicator.stress > 0 else 1.0 - ranks
    return out


def fridays(first: date, last: date) -> Dates:
    """Every Friday from `first` to `last`."""
    start = np.busday_offset(first, 0, roll="forward", weekmask="Fri").astype("datetime64[D]")
    return np.arange(start, np.datetime64(last, "D") + 1, 7, dtype="datetime64[D]")


def _ranks_at(values: Values, at: NDArray[np.intp]) -> Values:
    unique, back = np.unique(at, return_inverse=True)
    return np.asarray(expanding_percentiles(values, unique)[back], dtype=np.float64)


def _contributions(
    present: Sequence[Indicator], scores: Mapping[str, float]
) -> tuple[Contribution, ...]:
    sizes: dict[str, int] = {}
    for i in present:
        sizes[i.family] = sizes.get(i.family, 0) + 1
    parts = []
    for i in present:
        weight = 1.0 / (len(sizes) * sizes[i.family])
        score = scores[i.key]
        parts.append(Contribution(i.key, i.title, i.family, score, weight, weight * score))
    return tuple(parts)


def _is_friday(day: date) -> bool:
    return day.weekday() == 4
