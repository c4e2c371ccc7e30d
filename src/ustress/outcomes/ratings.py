"""Yields and spreads by rating: from the reader's own rows where there are any, else estimates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.outcomes.course import Course
from ustress.outcomes.parameters import entry

Floats = NDArray[np.float64]
LADDER = ("ig.aaa", "ig.aa", "ig.a", "ig.bbb", "hy.bb", "hy.b", "hy.ccc")
LEAST_WEEKS = 104
OLDEST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Rating:
    """How a rating moves: bp per bp of the ten-year (`on_ten`) and of the IG spread (`on_ig`).

    `errors` are their standard errors; `opening_pct` the level on the opening day where known
    (a spread if `is_spread`, else a yield).
    """

    key: str
    label: str
    on_ten: float
    on_ig: float
    errors: tuple[float, float]
    is_spread: bool
    opening_pct: float | None
    evidence: Evidence
    source: str

    def draws(self, course: Course) -> Floats:
        """(paths, 2): both coefficients with their errors, the same wherever they are used."""
        return course.draws((self.on_ten, self.on_ig), self.errors, sum(self.key.encode()))


def ratings(panel: Panel | None) -> tuple[Rating, ...]:
    """Moody's Aaa and Baa and high yield from our estimates; the reader's ladder where it is."""
    own = () if panel is None else tuple(r for k in LADDER if (r := _own(panel, k)) is not None)
    return (*_estimated(panel), *own)


def _estimated(panel: Panel | None) -> tuple[Rating, ...]:
    out = []
    for key, label, series in (
        ("baa", "Yield of Baa bonds (Moody's)", "credit.baa_yield"),
        ("aaa", "Yield of Aaa bonds (Moody's)", "credit.aaa_yield"),
    ):
        table = entry(f"rating.{key}")
        (ten, ig), (a, b) = table["value"], table["standard_errors"]
        opening = _recent(panel, series)
        out.append(Rating(
            key, label, ten, ig, (a, b), False, opening, Evidence(table["evidence"]),
            table["source"],
        ))  # fmt: skip
    junk = entry("rating.junk")
    out.append(Rating(
        "junk", "Spread of high-yield bonds", 0.0, junk["value"][0],
        (0.0, junk["standard_errors"][0]), True, _recent(panel, "credit.hy"),
        Evidence(junk["evidence"]), junk["source"],
    ))  # fmt: skip
    return tuple(out)


def _recent(panel: Panel | None, name: str) -> float | None:
    series = None if panel is None or name not in panel.infos else panel.get(name)
    if panel is None or series is None or (panel.as_of - series.at(-1).day).days > OLDEST_DAYS:
        return None
    return series.at(-1).value


def _own(panel: Panel, key: str) -> Rating | None:
    """The rating's spread on the index's, week by week, from the reader's rows."""
    opening, index = _recent(panel, f"credit.{key}"), panel.get("credit.ig")
    if opening is None or index is None:
        return None
    rows = panel[f"credit.{key}"]
    common = np.intersect1d(rows.dates, index.dates)[::-5][::-1]
    if common.size <= LEAST_WEEKS:
        return None
    y, x = (100.0 * np.diff(s.values[np.searchsorted(s.dates, common)]) for s in (rows, index))
    slope, error = _slope(x, y)
    return Rating(
        key, f"Spread of {key.split('.')[1].upper()} bonds", 0.0, slope, (0.0, error), True,
        opening, Evidence.ESTIMATED,
        f"The reader's own rows: spread on the index's, {y.size} weeks",
    )  # fmt: skip


def _slope(x: Floats, y: Floats) -> tuple[float, float]:
    """Least squares with a constant; the error allows for unequal variances (White)."""
    dx = x - x.mean()
    slope = float(dx @ y / (dx @ dx))
    e = y - y.mean() - slope * dx
    return slope, float(np.sqrt(np.sum((dx * e) ** 2)) / (dx @ dx))
