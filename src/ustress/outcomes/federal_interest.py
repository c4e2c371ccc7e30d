"""Federal interest: what a path of yields adds to the cost of the marketable debt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError
from ustress.outcomes.about import About
from ustress.outcomes.debt_profile import BILL_TENORS, TENORS_YEARS
from ustress.outcomes.debt_roll import Roll
from ustress.outcomes.federal_words import about
from ustress.outcomes.parameters import federal
from ustress.outcomes.tenors import SHORTEST_NOTE
from ustress.outcomes.timeline import check_path, month_means

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

YEARS = 10


@dataclass(frozen=True, slots=True)
class FederalInterest:
    """Interest of each year with a path, less interest without.

    `years` (n,): 1 to 10, counted from the as-of month, or fiscal years, the first of which begins
    in the as-of month; `fiscal` says which. `extra_usdbn` (paths, n). `baseline_usdbn` (n,)
    interest on the marketable debt at the opening yields.
    """

    years: tuple[int, ...]
    fiscal: bool
    extra_usdbn: Floats
    baseline_usdbn: Floats
    about: About

    def quantile(self, q: float | Sequence[float]) -> Floats:
        """Quantiles over paths of the extra interest, $bn, shape (len(q), n)."""
        return np.asarray(np.quantile(self.extra_usdbn, q, axis=0))

    def mean(self) -> tuple[Floats, Floats]:
        """Mean over paths and its Monte Carlo error, $bn, each shape (n,)."""
        paths = self.extra_usdbn.shape[0]
        spread = self.extra_usdbn.std(axis=0, ddof=1) if paths > 1 else math.nan
        error = np.broadcast_to(spread / math.sqrt(paths), self.extra_usdbn.shape[1])
        return self.extra_usdbn.mean(axis=0), np.asarray(error)

    def at(self, year: int) -> Floats:
        """Extra interest of one year by path, $bn, shape (paths,).

        Raises:
            BadInputError: if the year is not among `years`.
        """
        if year not in self.years:
            raise BadInputError(
                f"federal interest: year {year} is outside {self.years[0]} to {self.years[-1]}"
            )
        return np.asarray(self.extra_usdbn[:, self.years.index(year)])


@dataclass(frozen=True, eq=False)
class Moves:
    """Changes of yields since day 0 by tenor in years, percentage points, each (paths, days)."""

    days: Days
    changes_pp: dict[float, Floats]

    @property
    def paths(self) -> int:
        """How many."""
        return int(next(iter(self.changes_pp.values())).shape[0])


def federal_interest(
    roll: Roll,
    days: Days,
    yields_pct: Mapping[float, ArrayLike],
    *,
    fiscal_years: bool = False,
    fade_half_life_years: float | None = None,
    simulated: bool = False,
) -> FederalInterest:
    """Extra interest along paths of yields, over the opening yields held for ever.

    The roll makes interest a linear map of yields, so the result is one product: years x days
    x tenors against paths x days x tenors.

    Args:
        roll: the rolled debt profile.
        days: business days, shape (days,), day 0 the opening close.
        yields_pct: by tenor in years, par yields in per cent, each (paths, days) or (days,).
            Tenors in between are interpolated in maturity, shorter and longer ones take the
            shortest and the longest given. Bills and floaters move only if a tenor under two
            years is given.
        fiscal_years: by fiscal year (to 30 September) and not by year from the as-of month on.
        fade_half_life_years: half-life of the change after the last day; default: it is held.
        simulated: the paths are the simulator's; what its bills leave out is then said.

    Raises:
        BadInputError: if shapes do not match, or the path does not begin in the roll's month.
    """
    return interest_of(
        roll, moves(days, yields_pct),
        fiscal_years=fiscal_years, fade_half_life_years=fade_half_life_years, simulated=simulated,
    )  # fmt: skip


def interest_of(
    roll: Roll,
    moved: Moves,
    *,
    fiscal_years: bool = False,
    fade_half_life_years: float | None = None,
    simulated: bool = False,
) -> FederalInterest:
    """`federal_interest` of yields' changes that are at hand."""
    fade = federal("fade") if fade_half_life_years is None else fade_half_life_years
    extra = by_year(roll, moved, _response(roll), fiscal_years=fiscal_years, fade=fade)
    years, sums = _years(roll, fiscal_years)
    said = about(roll, tuple(moved.changes_pp), fade, simulated=simulated)
    return FederalInterest(years, fiscal_years, extra, sums @ _baseline(roll), said)


def by_year(
    roll: Roll, moved: Moves, response: Floats, *, fiscal_years: bool, fade: float
) -> Floats:
    """What a path of yields does to anything linear in them, (paths, years), $bn.

    Args:
        roll: whose months and years count.
        moved: the yields' changes.
        response: $bn in a month per percentage point of a month's yield, (T, T, tenors).
        fiscal_years: as in `federal_interest`.
        fade: half-life of the change after the last day, years.

    Raises:
        BadInputError: if the path does not begin in the roll's month.
    """
    start = moved.days[0].astype("datetime64[M]")
    # A weekend's path opens on the business day before it, which may be of the month before.
    if abs(int((start - roll.profile.month).astype(np.int64))) > 1:
        raise BadInputError(
            f"federal interest: the path begins in {start}, the debt profile in "
            f"{roll.profile.month}"
        )
    _, sums = _years(roll, fiscal_years)
    yearly = np.tensordot(sums, response, 1)
    monthly = month_means(moved.days, roll.plan.months, fade)
    found = np.zeros((moved.paths, sums.shape[0]))
    for tenor, weights in _tenor_weights(tuple(moved.changes_pp)).items():
        found += moved.changes_pp[tenor] @ (np.tensordot(yearly, weights, 1) @ monthly).T
    return found


def parallel_shift(roll: Roll, shift_bp: float, *, fiscal_years: bool = False) -> Floats:
    """Extra interest by year, $bn, if every yield were `shift_bp` higher from now on."""
    _, sums = _years(roll, fiscal_years)
    return np.asarray(sums @ _response(roll).sum(axis=(1, 2)) * shift_bp / 100.0)


def moves(days: Days, yields_pct: Mapping[float, ArrayLike]) -> Moves:
    """The changes of yields; arguments as in `federal_interest`.

    Raises:
        BadInputError: if shapes do not match.
    """
    if not yields_pct:
        raise BadInputError("federal interest: expected yields of at least one tenor")
    changes: dict[float, Floats] = {}
    when = np.asarray(days, "datetime64[D]")
    for tenor in sorted(yields_pct):
        values = np.asarray(yields_pct[tenor], np.float64)
        when, path = check_path(days, values, f"{tenor:g}-year path")
        changes[tenor] = path - path[:, :1]
    if len({c.shape for c in changes.values()}) != 1:
        raise BadInputError("federal interest: every tenor needs the same number of paths")
    return Moves(when, changes)


def _tenor_weights(given: tuple[float, ...]) -> dict[float, Floats]:
    """By given tenor, its weight in the yield of each of `TENORS_YEARS`."""
    wanted = np.asarray(TENORS_YEARS)
    out = {}
    for i, tenor in enumerate(given):
        weights = np.interp(wanted, given, np.eye(len(given))[i])
        if given[0] >= SHORTEST_NOTE:
            weights[: len(BILL_TENORS)] = 0.0
        out[tenor] = weights
    return out


def _response(roll: Roll) -> Floats:
    """$bn of monthly interest per percentage point, all classes, shape (T, T, tenors).

    With `finance_extra`, the interest already added costs the opening yields of the mix: to first
    order X_t = E_t + r sum_{s<t} X_s.
    """
    total = np.sum(list(roll.kernel.values()), axis=0)
    if not roll.plan.finance_extra:
        return np.asarray(total)
    months, profile = roll.plan.months, roll.profile
    r = float(roll.plan.mix(profile) @ profile.opening_pct[len(BILL_TENORS) :]) / 1200.0
    compound = np.linalg.inv(np.eye(months) - r * np.tri(months, k=-1))
    return np.tensordot(compound, total, 1)


def _baseline(roll: Roll) -> Floats:
    held = np.broadcast_to(roll.profile.opening_pct, (roll.plan.months, len(TENORS_YEARS)))
    return np.asarray(np.sum(list(roll.interest_usdbn(held).values()), axis=0))


def fiscal_calendar(roll: Roll) -> tuple[tuple[int, ...], Floats]:
    """Fiscal years of a roll and the 0/1 matrix (years, T) that adds their months up."""
    return _years(roll, True)


def baseline_by_month(roll: Roll) -> Floats:
    """(T,) interest of each month at the opening yields held, $bn."""
    return _baseline(roll)


def _years(roll: Roll, fiscal: bool) -> tuple[tuple[int, ...], Floats]:
    """Years and the 0/1 matrix (years, T) that adds their months up; the last ones are whole."""
    t = np.arange(roll.plan.months)
    month = (roll.profile.month + t).astype(np.int64)  # months since January 1970
    index = 1970 + (month + 3) // 12 if fiscal else 1 + t // 12
    last = int(index[-12]) if int(index[-12]) == int(index[-1]) else int(index[-1]) - 1
    years = tuple(range(int(index[0]), last + 1))[: YEARS + fiscal]
    return years, np.array([(index == year) * 1.0 for year in years])
