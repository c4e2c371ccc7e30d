"""Households: the mortgage rate, the payment on a loan, who could refinance, who is locked in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence, weakest
from ustress.core.panel import Panel
from ustress.outcomes.assumptions import Assumptions
from ustress.outcomes.course import Course
from ustress.outcomes.mortgages import (
    MortgagePath,
    about,
    draw_pass_through,
    monthly_payment_usd,
    mortgage_path,
)
from ustress.outcomes.parameters import entry, link, number, tables
from ustress.outcomes.quantity import About, Outcome, Quantity, Track, once

Floats = NDArray[np.float64]
KEY, TITLE = "households", "Households"
HISTORY_DAYS = 30
MONTH_WEEKS = 4


def households(
    course: Course, panel: Panel | None, given: Assumptions, opening_pct: float | None
) -> Outcome:
    """Mortgage rate by survey week, payment, refinancing incentive and lock-in.

    `opening_pct` is the last survey rate known on the opening day; without it, only changes.
    """
    try:
        path = _path(course, panel, given, opening_pct)
        weeks = _weeks(path)
    except MissingSeriesError as gap:
        return _missing(course, str(gap))
    said = about()
    rate = _about_rate(said.method, opening_pct)
    quantities = [
        once(course, rate, _when(w), partial(_rate, path, w), w + 1, opening_pct) for w in weeks
    ]
    tracks: tuple[Track, ...] = ()
    if weeks:
        values = path.change_bp if path.rate_pct is None else path.rate_pct
        level = weakest((course.evidence, rate.link))
        tracks = (Track(rate, values, level, path.releases),)
    more = _of_rate(course, path, weeks, opening_pct)
    return Outcome(
        KEY, TITLE, (*quantities, *more), tracks, said.assumptions, said.cannot_say
    )  # fmt: skip


def _path(
    course: Course, panel: Panel | None, given: Assumptions, opening_pct: float | None
) -> MortgagePath:
    history = None
    if panel is not None:
        past = panel["ust.par.10y"]
        history = (past.dates[-HISTORY_DAYS:], past.values[-HISTORY_DAYS:])
    draws = None
    if not course.single:
        draws = draw_pass_through(course.total, course.seed)[course.kept]
    return mortgage_path(
        course.days, np.asarray(course.paths("ust.10y"), np.float64), history=history,
        opening_pct=opening_pct, pass_through=draws, loan_usd=given.loan_usd,
    )  # fmt: skip


def _weeks(path: MortgagePath) -> tuple[int, ...]:
    n = int(path.releases.size)
    return () if n == 0 else tuple(sorted({min(MONTH_WEEKS, n) - 1, n - 1}))


def _when(week: int) -> str:
    return f"in survey week {week + 1}"


def _about_rate(method: str, opening_pct: float | None) -> About:
    known = opening_pct is not None
    label = "30-year mortgage rate" if known else "30-year mortgage rate, change"
    return About(
        f"{KEY}.mortgage_rate", label, "pct" if known else "bp",
        Evidence(tables()["mortgage"]["evidence"]), tables()["mortgage"]["source"], method,
    )  # fmt: skip


def _rate(path: MortgagePath, week: int) -> Floats:
    return np.asarray((path.change_bp if path.rate_pct is None else path.rate_pct)[:, week])


def _of_rate(
    course: Course, path: MortgagePath, weeks: tuple[int, ...], opening_pct: float | None
) -> Iterator[Quantity]:
    """What follows from the rate, each with what it is at the opening's."""

    def payment(rate_pct: Floats) -> Floats:
        return monthly_payment_usd(rate_pct, path.loan_usd)

    lines: tuple[tuple[About, Callable[[Floats], Floats]], ...] = (
        (_payment_about(path.loan_usd), payment),
        (_could_about(), could_refinance_pct),
        (_gap_about(), lambda rate_pct: rate_pct - average_rate_pct()),
    )
    for about_it, value in lines:
        before = None if opening_pct is None else float(value(np.asarray(opening_pct)))
        for w in weeks:
            yield once(course, about_it, _when(w), partial(_through, path, value, w), w + 1, before)


def _through(path: MortgagePath, value: Callable[[Floats], Floats], week: int) -> Floats:
    return value(_need(path.rate_pct, week))


def _need(values: Floats | None, week: int) -> Floats:
    if values is None:
        raise MissingSeriesError("no mortgage rate of the last two weeks before the opening")
    return np.asarray(values[:, week])


def could_refinance_pct(rate_pct: Floats) -> Floats:
    """Share of outstanding loans, per cent, whose rate lies `refinancing_gap` or more above.

    Loans are spread evenly between the published edges, below the lowest and above the highest
    within the parameter file's bounds.
    """
    edges, below = _loans()
    return np.asarray(100.0 * (1.0 - np.interp(rate_pct + number("refinancing_gap"), edges, below)))


def average_rate_pct() -> float:
    """Average rate of outstanding mortgages implied by the same distribution, per cent."""
    edges, below = _loans()
    return float(np.diff(below) @ (edges[1:] + edges[:-1]) / 2.0)


def _loans() -> tuple[Floats, Floats]:
    table = entry("loans_by_rate")
    edges = np.array([table["lowest_pct"], *table["edges_pct"], table["highest_pct"]])
    return edges, np.array([0.0, *table["value"], 1.0])


def _payment_about(loan_usd: float) -> About:
    return About(
        f"{KEY}.payment", "Monthly payment on a new loan", "usd",
        weakest((link("loan"), link("mortgage"))), entry("loan")["source"],
        f"level payment of principal and interest over 30 years on ${loan_usd:,.0f}",
    )  # fmt: skip


def _could_about() -> About:
    table = entry("loans_by_rate")
    return About(
        f"{KEY}.could_refinance", "Share of mortgages that gain from refinancing", "share_pct",
        link("refinancing_gap"), table["source"],
        f"loans with a rate {number('refinancing_gap'):g} points or more above the market's",
    )  # fmt: skip


def _gap_about() -> About:
    table = entry("loans_by_rate")
    return About(
        f"{KEY}.lock_in", "Market's rate over the average rate of outstanding loans", "pp",
        link("loans_by_rate"), table["source"],
        f"average of outstanding loans {average_rate_pct():.2f} %, from the shares by rate: what "
        "an owner who moves gives up",
    )  # fmt: skip


def _missing(course: Course, reason: str) -> Outcome:
    rate = _about_rate("", None)

    def no() -> Floats:
        raise MissingSeriesError(reason)

    return Outcome(KEY, TITLE, (once(course, rate, "", no),), (), (), ())
