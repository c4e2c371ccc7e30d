"""The federal budget: interest by fiscal year, debt and interest over GDP, the Fed's part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence, weakest
from ustress.core.panel import Panel
from ustress.outcomes.assumptions import Assumptions
from ustress.outcomes.consolidated import consolidated
from ustress.outcomes.course import Course
from ustress.outcomes.debt_profile import debt_profile
from ustress.outcomes.debt_roll import Plan, Roll, roll
from ustress.outcomes.fed_part import ASSUMED, TEN_YEARS, FedBook, fed_book, fed_part
from ustress.outcomes.federal_interest import (
    FederalInterest,
    Moves,
    baseline_by_month,
    by_year,
    fiscal_calendar,
    interest_of,
    moves,
)
from ustress.outcomes.quantity import About, Outcome, Quantity, Track, once
from ustress.outcomes.yields import given as given_tenors

Floats = NDArray[np.float64]
KEY, TITLE = "budget", "Federal budget"


@dataclass(frozen=True, eq=False)
class Federal:
    """The rolled debt and what the Fed holds of it, shared by every course of one opening day."""

    roll: Roll
    fed: FedBook | None

    @property
    def gdp_usdbn(self) -> Floats:
        """(T,) nominal GDP by month, a yearly rate."""
        plan, profile = self.roll.plan, self.roll.profile
        year = (np.arange(plan.months) + 0.5) / 12.0
        return np.asarray(profile.gdp_usdbn * (1.0 + plan.gdp_growth_pct / 100.0) ** year)

    @property
    def debt_usdbn(self) -> Floats:
        """(T,) marketable debt at the end of each month at the opening yields."""
        return np.asarray(np.sum(list(self.roll.stock_usdbn.values()), axis=0)[1:])


def federal(panel: Panel, given: Assumptions) -> Federal:
    """The debt of the panel's date under the reader's assumptions.

    Raises:
        CannotError: where the record is too short for a profile.
    """
    plan = Plan(
        deficit_pct_gdp=given.deficit_pct_gdp, gdp_growth_pct=given.gdp_growth_pct,
        bills_pct=given.bills_pct, mix_pct=given.mix_pct,
    )  # fmt: skip
    profile = debt_profile(panel)
    return Federal(roll(profile, plan), fed_book(panel, profile))


def budget(course: Course, found: Federal | str, given: Assumptions) -> Outcome:
    """Extra interest against the opening yields held, by fiscal year for ten years.

    `found` is the rolled debt, or the reason why there is none.
    """
    if isinstance(found, str):
        return _missing(course, found)
    try:
        moved = _moves(course)
    except MissingSeriesError as gap:
        return _missing(course, str(gap))
    interest = interest_of(
        found.roll, moved, fiscal_years=True, fade_half_life_years=given.fade_years,
        simulated=not course.single,
    )  # fmt: skip
    whole = tuple(_ten_years(course, interest))
    fed = tuple(_fed_part(course, found, interest, moved, given))
    quantities = (
        *whole,
        *_over_gdp(course, found, interest),
        *fed,
        consolidated(course, (*whole, *fed)),
        *_by_year(course, found, interest),
    )
    about = interest.about
    return Outcome(
        KEY, TITLE, quantities, _tracks(course, found, interest),
        (*about.assumptions, ASSUMED), about.cannot_say,
    )  # fmt: skip


def _moves(course: Course) -> Moves:
    names = given_tenors(course)
    return moves(course.days, {years: course.paths(name) for name, years in names.items()})


def _extra_about(
    interest: FederalInterest,
    id_: str = f"{KEY}.interest",
    label: str = "Federal interest, added",
    unit: str = "usdbn_move",
) -> About:
    about = interest.about
    return About(id_, label, unit, about.evidence, about.source, about.method)


def _by_year(course: Course, found: Federal, interest: FederalInterest) -> Iterator[Quantity]:
    months = fiscal_calendar(found.roll)[1].sum(axis=1)
    for i, year in enumerate(interest.years):
        about = _extra_about(interest, f"{KEY}.interest.{year}")
        when = f"fiscal {year}" if months[i] == 12 else f"rest of fiscal {year}"
        yield once(course, about, when, partial(_column, interest.extra_usdbn, i))


def _column(values: Floats, i: int) -> Floats:
    return values[:, i]


def _ten_years(course: Course, interest: FederalInterest) -> Iterator[Quantity]:
    last = interest.years[-TEN_YEARS:]
    about = _extra_about(interest, f"{KEY}.interest.ten_years")
    when = f"fiscal {last[0]} to {last[-1]}"
    yield once(course, about, when, lambda: interest.extra_usdbn[:, -TEN_YEARS:].sum(axis=1))


def _over_gdp(course: Course, found: Federal, interest: FederalInterest) -> Iterator[Quantity]:
    """Debt and interest over GDP in the last fiscal year, with and without."""
    year = interest.years[-1]
    debt, paid = over_gdp_pct(found, interest)
    without = over_gdp_pct(found, None)
    labels = (
        ("debt_gdp", "Marketable debt over GDP", debt, without[0]),
        ("interest_gdp", "Interest on marketable debt over GDP", paid, without[1]),
    )
    for key, label, values, opening in labels:
        about = _extra_about(interest, f"{KEY}.{key}", label, "share_pct")
        yield once(
            course, about, f"fiscal {year}", partial(_column, values, -1),
            opening=float(opening[0, -1]),
        )  # fmt: skip


def over_gdp_pct(found: Federal, interest: FederalInterest | None) -> tuple[Floats, Floats]:
    """Debt at the end of each fiscal year and its interest, per cent of the year's GDP.

    Each (paths, years), without an `interest` (1, years) at the opening yields. The extra interest
    is borrowed, so it adds up in the debt.
    """
    years, sums = fiscal_calendar(found.roll)
    months = sums.sum(axis=1)
    gdp = (sums @ found.gdp_usdbn) / months
    ends = [int(np.flatnonzero(row)[-1]) for row in sums]
    extra = np.zeros((1, len(years))) if interest is None else interest.extra_usdbn
    baseline = baseline_usdbn(found.roll)
    borrowed = np.cumsum(extra, axis=1) if found.roll.plan.finance_extra else 0.0 * extra
    debt = 100.0 * (found.debt_usdbn[ends] + borrowed) / gdp
    paid = 100.0 * (baseline + extra) * (12.0 / months) / gdp
    return np.asarray(debt), np.asarray(paid)


def baseline_usdbn(rolled: Roll) -> Floats:
    """Interest by fiscal year at the opening yields, $bn."""
    return np.asarray(fiscal_calendar(rolled)[1] @ baseline_by_month(rolled))


def _fed_part(
    course: Course, found: Federal, interest: FederalInterest, moved: Moves, given: Assumptions
) -> Iterator[Quantity]:
    """What the Fed receives of it, pays on reserves, and has left to remit."""
    along = partial(by_year, found.roll, moved, fiscal_years=True, fade=given.fade_years)
    last = interest.years[-TEN_YEARS:]
    when = f"fiscal {last[0]} to {last[-1]}"
    return fed_part(course, found.roll, found.fed, along, when)


def _tracks(course: Course, found: Federal, interest: FederalInterest) -> tuple[Track, ...]:
    level = weakest((course.evidence, interest.about.evidence))
    debt, _ = over_gdp_pct(found, interest)
    lines = (
        (_extra_about(interest), interest.extra_usdbn),
        (_extra_about(interest, f"{KEY}.debt_gdp", "Marketable debt over GDP",
                      "share_pct"), debt),
    )  # fmt: skip
    return tuple(Track(about, values, level, years=interest.years) for about, values in lines)


def _missing(course: Course, reason: str) -> Outcome:
    about = About(
        f"{KEY}.interest", "Federal interest, added", "usdbn_move", Evidence.ASSUMED, "", ""
    )

    def no() -> Floats:
        raise MissingSeriesError(reason)

    return Outcome(KEY, TITLE, (once(course, about, "", no),), (), (), ())
