"""US corporations: what money costs by rating, whether it can be had, what falls due."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.evidence import Evidence, weakest
from ustress.core.panel import Panel
from ustress.outcomes.assumptions import Assumptions
from ustress.outcomes.course import Course
from ustress.outcomes.parameters import entry, link, number
from ustress.outcomes.quantity import About, Outcome, Quantity, along, by_day, once, words_of
from ustress.outcomes.ratings import ALL_IN, Rating, ratings, typical_spread_pct

Floats = NDArray[np.float64]
KEY, TITLE = "corporations", "US corporations"
WEEK = 5


def corporations(course: Course, panel: Panel | None, given: Assumptions) -> Outcome:
    """Yields and spreads by rating, the issuance window, maturing debt, foreign holders."""
    found = ratings(panel)
    lines = [_rating_about(r) for r in found]
    quantities = [
        q
        for r, about in zip(found, lines, strict=True)
        for q in by_day(course, about, partial(_cost, course, r))
    ]
    baa = next(i for i, r in enumerate(found) if r.key == "baa")
    return Outcome(
        KEY,
        TITLE,
        (
            *(_level(course, r) for r in found if r.key in ALL_IN),
            *quantities,
            *_premium(course),
            *_window(course, given),
            *_wall(course, given),
            *_abroad(course, given),
        ),
        along(course, lines[baa], partial(_cost, course, found[baa])),
        (
            _rule_words(found),
            f"Rated debt, bonds and loans, banks included, of ${given.corporate_debt_usdbn:,.0f}bn,"
            f" of which {', '.join(f'{w:g}' for w in given.wall_pct)} % fall due in the next five "
            f"years ({entry('wall')['source']}).",
            f"The window is shut when spreads widened by {given.window_bp:g} bp within a week.",
        ),
        (
            "Whether a firm that needs money gets it: averages of bonds that trade.",
            "Issuance itself: no figures of it are carried.",
        ),
    )


def _rule_words(found: tuple[Rating, ...]) -> str:
    """Which levels and moves are a rule's."""
    known = [r.key.capitalize() for r in found if r.key in ALL_IN and r.opening_pct is not None]
    seen = f" except for {' and '.join(known)}, whose yields are known" if known else ""
    return (
        "Aaa and Baa move as estimated; Aa and A lie between them, Ba and B follow the high-yield "
        "index, in proportion to typical spreads (a rule, assumed). Levels are the opening's "
        f"ten-year and the typical spread of January 2025{seen}."
    )


def opening_cost_pct(course: Course, r: Rating) -> float:
    """A rating's all-in yield on the opening day: the reader's row, else ten-year and spread."""
    if r.opening_pct is not None:
        return r.opening_pct
    return float(course.at("ust.10y", 0).mean()) + typical_spread_pct(r.key)


def _level(course: Course, r: Rating) -> Quantity:
    """The all-in cost on the last day, told of one course; a difference is told by the change."""
    known = r.opening_pct is not None
    about = About(
        f"{KEY}.cost_{r.key}", f"All-in cost, {r.key.capitalize()}", "pct",
        r.evidence if known else Evidence.ASSUMED,
        r.source if known else entry("rating_spreads")["source"],
        "the opening's level and the change" if known
        else "the opening's ten-year, the typical spread and the change",
    )  # fmt: skip
    day = course.horizon
    start = opening_cost_pct(course, r) if known or course.has("ust.10y") else None
    return once(
        course, about, words_of(day), lambda: (start or 0.0) + _cost(course, r, day) / 100.0, day,
        start, alone=True,
    )  # fmt: skip


def cost_change_bp(course: Course, day: int) -> Floats:
    """(paths,) change of the yield at which maturing debt is replaced: Baa and junk by weight."""
    junk = number("junk_share")
    by_key = {r.key: r for r in ratings(None)}
    baa = _cost(course, by_key["baa"], day)
    high = course.since("ust.5y", day) * 100.0 + _cost(course, by_key["junk"], day)
    return (1.0 - junk) * baa + junk * high


def _rating_about(r: Rating) -> About:
    how = f"{r.on_ten:.2f} x the ten-year's change and " if r.on_ten else ""
    how += f"{r.on_five:.2f} x the five-year's change and " if r.on_five else ""
    return About(
        f"{KEY}.{r.key}", f"{r.label}, change", "bp", r.evidence, r.source,
        f"{how}{r.on_ig:.2f} x that of the investment-grade spread, errors "
        f"{r.errors[0]:.2f} and {r.errors[1]:.2f} drawn by path",
    )  # fmt: skip


def _cost(course: Course, r: Rating, day: int) -> Floats:
    b = r.draws(course)
    ten = 100.0 * course.since("ust.10y", day) if r.on_ten else np.zeros(b.shape[0])
    five = r.on_five * 100.0 * course.since("ust.5y", day) if r.on_five else 0.0
    return np.asarray(b[:, 0] * ten + five + b[:, 1] * course.since("credit.ig", day))


def _premium(course: Course) -> Iterator[Quantity]:
    table = entry("volatility_premium")
    (b,), (se,) = table["value"], table["standard_errors"]
    about = About(
        f"{KEY}.volatility_premium", "Part of the spread that goes with yield volatility", "bp",
        link("volatility_premium"), table["source"],
        f"{b:.1f} (error {se:.1f}) bp per bp a day of volatility",
    )  # fmt: skip
    draw = course.draws((b,), (se,), 7)[:, 0]
    return by_day(course, about, lambda d: draw * course.since("volatility", d))


def _window(course: Course, given: Assumptions) -> Iterator[Quantity]:
    table = entry("window")
    about = About(
        f"{KEY}.window_shut", "Share of days on which new issues cannot be sold", "share_pct",
        Evidence.ASSUMED, table["source"],
        f"days on which the spread is {given.window_bp:g} bp wider than five business days before",
    )  # fmt: skip
    yield once(course, about, "over the whole path", lambda: _shut(course, given.window_bp))


def _shut(course: Course, limit_bp: float) -> Floats:
    spread = course.paths("credit.ig")
    if spread.shape[1] <= WEEK:
        return np.zeros(spread.shape[0])
    wider = spread[:, WEEK:] - spread[:, :-WEEK] > limit_bp
    return np.asarray(100.0 * wider.mean(axis=1))


def _wall(course: Course, given: Assumptions) -> Iterator[Quantity]:
    table = entry("wall")
    level = weakest((link("wall"), link("rating.baa")))
    for year in (1, len(given.wall_pct)):
        due = given.corporate_debt_usdbn * sum(given.wall_pct[:year]) / 100.0
        about = About(
            f"{KEY}.wall_{year}y", f"Yearly interest on debt that falls due within {year} "
            f"year{'s' if year > 1 else ''}, added", "usdbn_move", level, table["source"],
            f"${due:,.0f}bn replaced at Baa and high-yield costs of the last day, less those of "
            "the opening; what old debt cost plays no part",
        )  # fmt: skip
        yield once(
            course, about, "at the costs of the last day",
            partial(_replaced_usdbn, course, due),
        )  # fmt: skip


def _replaced_usdbn(course: Course, due_usdbn: float) -> Floats:
    return due_usdbn * cost_change_bp(course, course.horizon) / 1e4


def _abroad(course: Course, given: Assumptions) -> Iterator[Quantity]:
    duration = number("corporate_duration")
    held = given.foreign_bonds_usdbn
    about = About(
        f"{KEY}.foreign_loss", "Loss of foreign holders of US corporate bonds", "usdbn_move",
        Evidence.ASSUMED, entry("foreign_bonds")["source"],
        f"${held:,.0f}bn x duration {duration:g} x the change of the Baa yield; a loss is positive",
    )  # fmt: skip
    baa = next(r for r in ratings(None) if r.key == "baa")
    return by_day(course, about, lambda d: held * duration * _cost(course, baa, d) / 1e4)
