"""A number by path, and how two runs' numbers become one difference with a paired error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence, weakest
from ustress.core.units import unit as unit_of
from ustress.outcomes.course import Course

Floats = NDArray[np.float64]
SHORT_DAYS = 20
STEP_DAYS = 5


@dataclass(frozen=True)
class About:
    """How a quantity comes about: unit, level of evidence of the link itself, source, method."""

    id: str
    label: str
    unit: str
    link: Evidence
    source: str
    how: str


@dataclass(frozen=True, eq=False)
class Quantity:
    """One number by path.

    `values` (paths,), NaN on paths where it has no meaning, None where it cannot be had (`reason`
    says why). `when` names the day or the period in words, `day` counts business days. `evidence`
    is the weakest level that entered, `about.link` that of the coefficients alone. What is
    `common` is the same for every course of one opening, and a difference leaves it out. What is
    `alone` has a meaning in one course only (what follows the Fed's purchases, a level whose
    change is told beside it): a difference tells it of the first.
    """

    about: About
    id: str
    when: str
    values: Floats | None
    evidence: Evidence
    day: int | None = None
    reason: str = ""
    opening: float | None = None
    common: bool = False
    alone: bool = False


@dataclass(frozen=True, eq=False)
class Track:
    """A quantity along time: `values` (paths, points) at `days`, or by fiscal year at `years`."""

    about: About
    values: Floats
    evidence: Evidence
    days: NDArray[np.datetime64] | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Outcome:
    """Everything computed for one group of those who are hit."""

    key: str
    title: str
    quantities: tuple[Quantity, ...]
    tracks: tuple[Track, ...]
    assumptions: tuple[str, ...]
    cannot_say: tuple[str, ...]


def horizons(course: Course) -> tuple[int, ...]:
    """A month on, and the end."""
    return tuple(sorted({min(SHORT_DAYS, course.horizon), course.horizon}))


def words_of(day: int) -> str:
    """The day in words."""
    return f"after {day} business days" if day != 1 else "after one business day"


def by_day(
    course: Course, about: About, value: Callable[[int], Floats], opening: float | None = None
) -> Iterator[Quantity]:
    """The quantity at each horizon; a missing observable is named, not raised."""
    for day in horizons(course):
        yield once(course, about, words_of(day), partial(value, day), day, opening)


def once(
    course: Course,
    about: About,
    when: str,
    value: Callable[[], Floats],
    day: int | None = None,
    opening: float | None = None,
    *,
    common: bool = False,
    alone: bool = False,
) -> Quantity:
    """The quantity at one time; a missing observable is named, not raised."""
    # What is the same on every path has none of the paths' assumptions in it.
    level = about.link if common and day is None else weakest((course.evidence, about.link))
    id_ = about.id if day is None else f"{about.id}.d{day}"
    try:
        found = np.asarray(value(), np.float64)
    except MissingSeriesError as gap:
        return Quantity(about, id_, when, None, level, day, str(gap), None, common, alone)
    return Quantity(about, id_, when, found, level, day, "", opening, common, alone)


def along(course: Course, about: About, value: Callable[[int], Floats]) -> tuple[Track, ...]:
    """The quantity once a week and at the end; nothing where an observable is missing."""
    days = sorted({*range(0, course.horizon, STEP_DAYS), course.horizon})
    try:
        values = np.stack([np.asarray(value(d), np.float64) for d in days], axis=1)
    except MissingSeriesError:
        return ()
    return (Track(about, values, weakest((course.evidence, about.link)), course.days[days]),)


def less(first: Outcome, second: Outcome, title: str = "the first") -> Outcome:
    """First less second, path by path; units become those of changes.

    `title` names the first in what is told of it alone.
    """
    others = {q.id: q for q in second.quantities}
    lines = {t.about.id: t for t in second.tracks}
    return replace(
        first,
        quantities=tuple(
            replace(q, when=f"{q.when}, in {title} alone") if q.alone else _less(q, others[q.id])
            for q in first.quantities
            if q.id in others and not q.common
        ),
        tracks=tuple(
            replace(
                t,
                about=_changed(t.about),
                values=_scale(t.about) * (t.values - lines[t.about.id].values),
            )
            for t in first.tracks
            if t.about.id in lines
        ),
    )


def _less(a: Quantity, b: Quantity) -> Quantity:
    both = a.values is not None and b.values is not None
    values = None
    if a.values is not None and b.values is not None:
        values = _scale(a.about) * (a.values - b.values)
    reason = "" if both else a.reason or b.reason
    about = _changed(a.about)
    return replace(a, about=about, values=values, reason=reason, opening=None)


_CHANGES = {"pct": "bp", "bp_level": "bp", "usdbn_whole": "usdbn_move", "usd": "usd_change",
            "share_pct": "pp", "pct_change": "pp"}  # fmt: skip


def _scale(about: About) -> float:
    """Changes of a rate are in basis points, with and without a known opening alike."""
    return 100.0 if about.unit == "pct" else 1.0


def _changed(about: About) -> About:
    unit = _CHANGES.get(about.unit, about.unit)
    unit_of(unit)
    return replace(about, unit=unit)
