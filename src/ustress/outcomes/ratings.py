"""Yields and spreads by rating: estimates, a stated rule between and below them, own rows.

Moody's Aaa and Baa and the high-yield index are estimated. Spreads of other ratings move in
proportion to their level s (Ben Dor and others 2007): Aa and A lie between Aaa and Baa at
(s - s_Aaa) / (s_Baa - s_Aaa); Ba and B move s / s_index times as the high-yield index, over the
five-year.
"""

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

    `on_five` is that on the five-year, where it is not estimated but a spread's base. `errors`
    are standard errors of the first two; `opening_pct` the level on the opening day where known
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
    on_five: float = 0.0

    def draws(self, course: Course) -> Floats:
        """(paths, 2): both coefficients with their errors, the same wherever they are used."""
        return course.draws((self.on_ten, self.on_ig), self.errors, sum(self.key.encode()))


SPREADS = ("aaa", "aa", "a", "baa", "ba", "b", "caa")
"""The ratings of `rating_spreads`, in its order."""
ALL_IN = SPREADS[:-1]
"""The ratings whose all-in cost is shown."""


def ratings(panel: Panel | None) -> tuple[Rating, ...]:
    """All-in yields from Aaa to B, the high-yield spread; the reader's ladder where it is."""
    own = () if panel is None else tuple(r for k in LADDER if (r := _own(panel, k)) is not None)
    aaa, baa = (_moodys(panel, key) for key in ("aaa", "baa"))
    junk = _junk(panel)
    between = (_between(key, aaa, baa) for key in ("aa", "a"))
    return (aaa, *between, baa, *(_below(key, junk) for key in ("ba", "b")), junk, *own)


def typical_spread_pct(key: str) -> float:
    """The published spread of a rating over Treasuries, per cent."""
    return float(entry("rating_spreads")["value"][SPREADS.index(key)])


def _moodys(panel: Panel | None, key: str) -> Rating:
    table = entry(f"rating.{key}")
    (ten, ig), (a, b) = table["value"], table["standard_errors"]
    return Rating(
        key, f"Yield of {key.capitalize()} bonds (Moody's)", ten, ig, (a, b), False,
        _recent(panel, f"credit.{key}_yield"), Evidence(table["evidence"]), table["source"],
    )  # fmt: skip


def _junk(panel: Panel | None) -> Rating:
    table = entry("rating.junk")
    return Rating(
        "junk", "Spread of high-yield bonds", 0.0, table["value"][0],
        (0.0, table["standard_errors"][0]), True, _recent(panel, "credit.hy"),
        Evidence(table["evidence"]), table["source"],
    )  # fmt: skip


def _between(key: str, top: Rating, bottom: Rating) -> Rating:
    """Aa or A, by its typical spread between those of the two that are estimated."""
    high, low = typical_spread_pct(bottom.key), typical_spread_pct(top.key)
    w = (typical_spread_pct(key) - low) / (high - low)

    def mix(one: float, two: float) -> float:
        return (1.0 - w) * one + w * two

    return Rating(
        key, f"Yield of {key.capitalize()} bonds", mix(top.on_ten, bottom.on_ten),
        mix(top.on_ig, bottom.on_ig),
        (mix(top.errors[0], bottom.errors[0]), mix(top.errors[1], bottom.errors[1])),
        False, None, Evidence.ASSUMED, _rule(),
    )  # fmt: skip


def _below(key: str, junk: Rating) -> Rating:
    """Ba or B: the high-yield index by typical spreads, over the five-year."""
    mix = zip(("ba", "b", "caa"), entry("high_yield_mix")["value"], strict=True)
    index = sum(share * typical_spread_pct(k) for k, share in mix)
    part = typical_spread_pct(key) / index
    return Rating(
        key, f"Yield of {key.capitalize()} bonds", 0.0, part * junk.on_ig,
        (0.0, part * junk.errors[1]), False, None, Evidence.ASSUMED, _rule(), 1.0,
    )  # fmt: skip


def _rule() -> str:
    return f"By rule from the estimated ones. {entry('rating_spreads')['source']}"


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
