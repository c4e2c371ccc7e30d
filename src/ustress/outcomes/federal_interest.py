"""Federal interest: what a path of yields adds to the cost of the marketable debt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError
from ustress.core.evidence import Evidence
from ustress.outcomes.about import About
from ustress.outcomes.debt_profile import BILL_TENORS, TENORS_YEARS
from ustress.outcomes.debt_roll import Roll
from ustress.outcomes.parameters import federal, tables
from ustress.outcomes.timeline import check_path, month_means

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class FederalInterest:
    """Interest of each year with a path, less interest without.

    `periods` (n,) labels: "year 1" ... or "FY2025" ...; `extra_usdbn` (paths, n); `baseline_usdbn`
    (n,) interest on the marketable debt at the opening yields.
    """

    periods: tuple[str, ...]
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

    def minus(self, other: FederalInterest) -> FederalInterest:
        """This path's extra interest less another's, path by path on common shocks.

        Raises:
            BadInputError: if the two do not have the same paths and periods.
        """
        same = self.extra_usdbn.shape == other.extra_usdbn.shape
        if not same or self.periods != other.periods:
            raise BadInputError("federal interest: the two results differ in paths or periods")
        gap = self.extra_usdbn - other.extra_usdbn
        return FederalInterest(self.periods, gap, self.baseline_usdbn, self.about)


def federal_interest(
    roll: Roll,
    days: Days,
    yields_pct: Mapping[float, ArrayLike],
    *,
    fiscal_years: bool = False,
    fade_half_life_years: float | None = None,
) -> FederalInterest:
    """Extra interest along paths of yields, over the opening yields held for ever.

    The roll makes interest a linear map of yields, so the result is one product: periods x days
    x tenors against paths x days x tenors.

    Args:
        roll: the rolled debt profile.
        days: business days, shape (days,), day 0 the opening close.
        yields_pct: by tenor in years, par yields in per cent, each (paths, days) or (days,).
            Tenors in between are interpolated, longer ones take the longest given. Bills and
            floaters move only if a tenor of one year or less is given.
        fiscal_years: by fiscal year (to 30 September) and not by year from the as-of month on.
        fade_half_life_years: half-life of the change after the last day; default: it is held.

    Raises:
        BadInputError: if shapes do not match, or the path does not begin in the roll's month.
    """
    fade = federal("fade") if fade_half_life_years is None else fade_half_life_years
    changes, when = _changes(days, yields_pct)
    start = when[0].astype("datetime64[M]")
    if start != roll.profile.month:
        raise BadInputError(
            f"federal interest: the path begins in {start}, the debt profile in "
            f"{roll.profile.month}"
        )
    periods, sums = _periods(roll, fiscal_years)
    response = np.einsum("pt,tsk->psk", sums, _response(roll))
    monthly = month_means(when, roll.plan.months, fade)
    extra = np.zeros((next(iter(changes.values())).shape[0], len(periods)))
    for tenor, weights in _tenor_weights(tuple(changes)).items():
        extra += changes[tenor] @ (np.tensordot(response, weights, 1) @ monthly).T
    baseline = sums @ _baseline(roll)
    return FederalInterest(periods, extra, baseline, about(roll, tuple(changes), fade))


def parallel_shift(roll: Roll, shift_bp: float, *, fiscal_years: bool = False) -> Floats:
    """Extra interest by period, $bn, if every yield were `shift_bp` higher from now on."""
    _, sums = _periods(roll, fiscal_years)
    return np.asarray(sums @ _response(roll).sum(axis=(1, 2)) * shift_bp / 100.0)


def about(roll: Roll, tenors: tuple[float, ...], fade: float) -> About:
    """What the federal outcome is, rests on and cannot say."""
    profile, plan = roll.profile, roll.plan
    share = plan.deficit_pct_gdp
    share = profile.net_borrowing_pct_gdp if share is None else share
    bills = tables()["bills"]
    moved = any(t <= 1.0 for t in tenors)
    beyond = "held" if math.isinf(fade) else f"halved every {fade:g} years"
    listed = zip(bills["weights"], bills["lives_months"], strict=True)
    return About(
        title="Federal interest on marketable debt",
        unit="usdbn",
        evidence=Evidence.ASSUMED,
        method="Debt by month of maturity from the auction record, scaled to the published class "
        "totals and average rates, refinanced at the path's yields.",
        source="US Treasury: auction results, Monthly Statement of the Public Debt, average "
        f"interest rates, par yields; debt of {profile.debt_day}",
        assumptions=(
            *profile.assumptions,
            f"Net borrowing {share:.1f} % of GDP, GDP growing {plan.gdp_growth_pct:g} % a year; "
            "classes keep their shares and coupon sales the tenor mix of the last twelve months.",
            "Bills follow yields by their lives at issue ("
            + ", ".join(f"{100 * w:.0f} % at {n} months" for w, n in listed)
            + (")." if moved else "); the path has no short yield, so bills and floaters stay."),
            f"Inflation-protected securities mature evenly over {plan.tips_last_years:g} years "
            f"and accrue {plan.inflation_pct:g} % a year with and without the path.",
            f"The yields' change after the path's last day is {beyond}.",
            "The extra interest is borrowed too."
            if plan.finance_extra
            else "The extra interest is not borrowed.",
        ),
        cannot_say=(
            "What the Treasury would sell instead: a stressed Treasury shortens its issuance.",
            "The consolidated cost: interest paid to the Federal Reserve returns as remittances.",
            "Savings bonds, state and local series and debt in government accounts.",
        ),
    )


def _changes(days: Days, yields_pct: Mapping[float, ArrayLike]) -> tuple[dict[float, Floats], Days]:
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
    return changes, when


def _tenor_weights(given: tuple[float, ...]) -> dict[float, Floats]:
    """By given tenor, its weight in the yield of each of `TENORS_YEARS`."""
    wanted = np.asarray(TENORS_YEARS)
    out = {}
    for i, tenor in enumerate(given):
        weights = np.interp(wanted, given, np.eye(len(given))[i])
        if given[0] > 1.0:
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
    r = float(profile.issuance_shares @ profile.opening_pct[len(BILL_TENORS) :]) / 1200.0
    compound = np.linalg.inv(np.eye(months) - r * np.tri(months, k=-1))
    return np.tensordot(compound, total, 1)


def _baseline(roll: Roll) -> Floats:
    held = np.broadcast_to(roll.profile.opening_pct, (roll.plan.months, len(TENORS_YEARS)))
    return np.asarray(np.sum(list(roll.interest_usdbn(held).values()), axis=0))


def _periods(roll: Roll, fiscal_years: bool) -> tuple[tuple[str, ...], Floats]:
    """Labels and the 0/1 matrix (periods, T) that adds months up, whole periods only."""
    t = np.arange(roll.plan.months)
    if not fiscal_years:
        index = t // 12
        labels = tuple(f"year {i + 1}" for i in range(roll.plan.months // 12))
        return labels, np.array([(index == i) * 1.0 for i in range(len(labels))])
    month = (roll.profile.month + t).astype(np.int64)  # months since January 1970
    year = 1970 + (month + 3) // 12
    labels = tuple(f"FY{y}" for y in range(int(year[0]), int(year[-1]) + 1))
    return labels, np.array([(year == int(y[2:])) * 1.0 for y in labels])
