"""The composite stress index: scores of indicators, families of them, and their portfolio.

    score s_i = percentile rank of the newest value in its own past / 100, or one less that where
                a low value is stress; expanding window, only what was known
    family s_f = mean score of the members present;  composite = x' R x, x_f = s_f / F

with R the families' time-varying correlations (`portfolio`), the members those of the date
(`membership`), published from four families on. The contribution of an indicator is its score
times (R x)_f / (F n_f): the quadratic form divided by Euler's rule, so contributions add up
exactly. Source: Hollo, Kremer and Lo Duca 2012 (CISS); their subindices weigh by their effect on
output, ours the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Dates, Values
from ustress.monitor.indicator import Indicator
from ustress.monitor.membership import MEMBERS, Member, member_keys, member_on
from ustress.monitor.percentile import MIN_OBSERVATIONS, expanding_percentiles, percentile_of_last
from ustress.monitor.portfolio import ESTABLISHED_WEEKS, MIN_FAMILIES, Portfolio, aggregate
from ustress.monitor.reading import since_first
from ustress.monitor.snapshot import Composite, Contribution
from ustress.monitor.track import Track

FRIDAY = 4
# An indicator is scored once it has a year of past to be scored against.
MIN_DAYS = 365
DEFINITION = (
    "Portfolio of family scores with time-varying correlations, in [0, 1]: each member's newest "
    "value is ranked in its own past as known, turned so that 1 is most stress; families are the "
    "mean of their members and weigh the same; the square of their sum counts the part that moves "
    "together (exponentially weighted weekly correlations, decay .93). Perfectly correlated "
    "families at their middle give .25. Old inputs drop out; published from four families on, "
    f"each with {ESTABLISHED_WEEKS} weeks of scores. Comparators never enter. Its percentile "
    "ranks it among its own Fridays. A family whose scores lately moved against the others' can "
    "have a negative weight: it offsets their stress, which says nothing of its own state."
)

Tracks = Mapping[str, Track]


@dataclass(frozen=True, slots=True)
class CompositeHistory:
    """The composite on Fridays: value, mean correlation, and each member's contribution.

    `scores` and `contributions` are (members, days), NaN where a member was not in.
    """

    dates: Dates
    values: Values
    correlation: Values
    members: tuple[Indicator, ...]
    scores: Values
    contributions: Values

    def by_family(self) -> dict[str, Values]:
        """Each family's contribution on every day, nought where it was not in."""
        found: dict[str, Values] = {}
        for indicator, row in zip(self.members, self.contributions, strict=True):
            part = np.where(np.isfinite(row), row, 0.0)
            found[indicator.family] = found.get(indicator.family, np.zeros(row.size)) + part
        return found


def inputs(
    indicators: Sequence[Indicator], tracks: Tracks, members: tuple[Member, ...] = MEMBERS
) -> tuple[Indicator, ...]:
    """The members there ever were that have a declared direction and a history."""
    ever = set(member_keys(members))
    return tuple(
        i for i in indicators if i.key in ever and i.stress and not i.comparator and i.key in tracks
    )


def composite(
    indicators: Sequence[Indicator],
    tracks: Tracks,
    as_of: date,
    members: tuple[Member, ...] = MEMBERS,
) -> Composite:
    """The composite on `as_of` with its contributions and its percentile among its own past."""
    entering = inputs(indicators, tracks, members)
    days = _with_today(_days(entering, tracks, as_of), as_of)
    whole = over(days, entering, tracks, members)
    if not len(whole.values) or not math.isfinite(float(whole.values[-1])):
        return Composite(None, None, (), DEFINITION, _why_not(whole))
    parts = _contributions(whole)
    past = whole.values[np.isfinite(whole.values)]
    return Composite(
        math.fsum(part.value for part in parts),
        percentile_of_last(past),
        parts,
        DEFINITION,
        correlation=float(whole.correlation[-1]),
    )


def history(
    indicators: Sequence[Indicator],
    tracks: Tracks,
    as_of: date,
    members: tuple[Member, ...] = MEMBERS,
) -> CompositeHistory:
    """The composite on every Friday up to `as_of` on which four families existed.

    Each Friday sees only what was known by then, except that where a figure has been revised
    the revised value stands: past values are those of today's vintage.
    """
    entering = inputs(indicators, tracks, members)
    whole = over(_days(entering, tracks, as_of), entering, tracks, members)
    good = np.isfinite(whole.values)
    return CompositeHistory(
        whole.dates[good],
        whole.values[good],
        whole.correlation[good],
        entering,
        whole.scores[:, good],
        whole.contributions[:, good],
    )


def over(
    days: Dates, entering: tuple[Indicator, ...], tracks: Tracks, members: tuple[Member, ...]
) -> CompositeHistory:
    """The composite on each of `days` (ascending), NaN where too few families exist."""
    if not entering or not days.size:
        nothing = np.empty((len(entering), 0))
        return CompositeHistory(
            days[:0], np.empty(0), np.empty(0), entering, nothing, nothing
        )  # fmt: skip
    scores = np.array(
        [
            np.where(member_on(i.key, days, members), scores_on(i, tracks[i.key], days), np.nan)
            for i in entering
        ]
    )
    names = list(dict.fromkeys(i.family for i in entering))
    of = np.array([names.index(i.family) for i in entering])
    table, sizes = _family_means(scores, of, len(names))
    found: Portfolio = aggregate(table)
    parts = scores * (found.pull / np.maximum(sizes, 1))[of]
    return CompositeHistory(days, found.value, found.correlation, entering, scores, parts)


def _family_means(scores: Values, of: NDArray[np.intp], count: int) -> tuple[Values, Values]:
    """Mean score of each family on each day (NaN where it has none), and how many are in it."""
    table, sizes = np.full((count, scores.shape[1]), np.nan), np.zeros((count, scores.shape[1]))
    for family in range(count):
        rows = scores[of == family]
        there = np.isfinite(rows)
        sizes[family] = there.sum(axis=0)
        some = sizes[family] > 0
        sums = np.where(there, rows, 0.0).sum(axis=0)
        table[family, some] = sums[some] / sizes[family, some]
    return table, sizes


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


def _days(entering: Sequence[Indicator], tracks: Tracks, as_of: date) -> Dates:
    """The Fridays from the first figure of any member on."""
    if not entering:
        return np.empty(0, "datetime64[D]")
    return fridays(min(tracks[i.key].dates[0] for i in entering).item(), as_of)


def _ranks_at(values: Values, at: NDArray[np.intp]) -> Values:
    unique, back = np.unique(at, return_inverse=True)
    return np.asarray(expanding_percentiles(values, unique)[back], dtype=np.float64)


def _contributions(whole: CompositeHistory) -> tuple[Contribution, ...]:
    """The last day's contributions: weight times score, the weight holding the correlations."""
    parts = []
    for i, score, value in zip(
        whole.members, whole.scores[:, -1], whole.contributions[:, -1], strict=True
    ):
        if math.isfinite(value):
            weight = float(value / score) if score else 0.0
            parts.append(
                Contribution(i.key, i.title, i.family, float(score), weight, weight * float(score))
            )
    return tuple(parts)


def _why_not(whole: CompositeHistory) -> str:
    last = whole.scores[:, -1:] if whole.scores.size else np.empty((0, 1))
    held = np.flatnonzero(np.isfinite(last).any(axis=1))
    families = sorted({whole.members[int(i)].family for i in held})
    if len(families) < MIN_FAMILIES:
        names = ", ".join(families) or "none"
        return f"{len(families)} of at least {MIN_FAMILIES} families present: {names}"
    return (
        f"fewer than {MIN_FAMILIES} families have the {ESTABLISHED_WEEKS} weeks of scores that "
        "correlations need"
    )


def _with_today(days: Dates, as_of: date) -> Dates:
    """The Fridays and the day itself, a row for each week.

    Within a week the day stands where its Friday will; a Saturday or Sunday takes the place of the
    Friday before, whose week would otherwise enter the correlations twice.
    """
    today = np.datetime64(as_of, "D")
    if as_of.weekday() > FRIDAY and days.size:
        return np.append(days[:-1], today)
    return days if as_of.weekday() == FRIDAY else np.append(days, today)
