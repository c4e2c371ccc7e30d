"""The debt rolled forward month by month: quantities, and interest as a linear map of yields."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError
from ustress.outcomes.debt_profile import (
    BILL_TENORS,
    NOTES_UP_TO,
    TENORS_YEARS,
    DebtProfile,
)
from ustress.outcomes.debt_record import COUPON_TENORS
from ustress.outcomes.parameters import federal, tables

Floats = NDArray[np.float64]

MONTHS = 132  # ten whole fiscal years and the part of one before them
_BILLS = len(BILL_TENORS)
_QUARTER, _TEN = TENORS_YEARS.index(0.25), TENORS_YEARS.index(10.0)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the debt is financed from here on: the keys of the federal outcome.

    `deficit_pct_gdp` None takes the profile's trailing mean, and `net_borrowing_usdbn` (months,)
    replaces both it and GDP growth. `bills_pct` is the share of net borrowing met with bills and
    `mix_pct` the coupon sales by tenor of `COUPON_TENORS`; None keeps the classes' shares and the
    profile's mix. Rates in per cent a year. `finance_extra` borrows the extra interest too, at the
    opening yields of the issuance mix.
    """

    deficit_pct_gdp: float | None = None
    gdp_growth_pct: float = federal("gdp_growth")
    tips_last_years: float = federal("tips_last")
    inflation_pct: float = federal("inflation")
    finance_extra: bool = True
    months: int = MONTHS
    net_borrowing_usdbn: tuple[float, ...] | None = None
    bills_pct: float | None = None
    mix_pct: tuple[float, ...] | None = None

    def mix(self, profile: DebtProfile) -> Floats:
        """Coupon sales by tenor, shares that add up to one."""
        if self.mix_pct is None:
            return profile.issuance_shares
        given = np.asarray(self.mix_pct, np.float64)
        if given.shape != profile.issuance_shares.shape or bool(np.any(given < 0.0)):
            raise BadInputError("mix_pct: expected seven shares, none below zero")
        return np.asarray(given / given.sum())


@dataclass(frozen=True)
class Roll:
    """Quantities of a rolled profile, $bn; T = months, rows are months from the as-of month on.

    `stock_usdbn` by class, shape (T + 1,), row t the stock whose interest month t pays;
    `issued_usdbn` (T, 7) gross sales by coupon tenor; `fixed_usdbn` by class, shape (T,), the
    interest of each month that no future yield changes; `kernel` by class, shape
    (T, T, tenors): $bn of interest in month t per percentage point of the yield in month s.
    """

    profile: DebtProfile
    plan: Plan
    stock_usdbn: dict[str, Floats]
    issued_usdbn: Floats
    fixed_usdbn: dict[str, Floats]
    kernel: dict[str, Floats]

    def interest_usdbn(self, yields_pct: ArrayLike) -> dict[str, Floats]:
        """Monthly interest by class, shape (..., T), for yields of shape (..., T, tenors)."""
        y = np.asarray(yields_pct, np.float64)
        return {
            name: self.fixed_usdbn[name] + np.einsum("tsk,...sk->...t", k, y)
            for name, k in self.kernel.items()
        }

    def average_rate_pct(self, yields_pct: ArrayLike) -> dict[str, Floats]:
        """Average interest rate by class, per cent a year, comparable with the published ones.

        The published rates count coupons, so new coupons enter at the yield less `coupon_gap`.
        Classes that do not exist are left out.
        """
        coupons = np.array(yields_pct, np.float64)
        coupons[..., _BILLS:] -= federal("coupon_gap")
        interest = self.interest_usdbn(coupons)
        there = [n for n, total in self.profile.totals_usdbn.items() if total > 0.0]
        return {n: 1200.0 * interest[n] / self.stock_usdbn[n][:-1] for n in there}


def roll(profile: DebtProfile, plan: Plan | None = None) -> Roll:
    """Roll the profile forward under a plan.

    Maturing notes and bonds and the classes' share of net borrowing are sold in the proportions
    of the plan's mix; every class keeps its share of the marketable debt, or of what bills leave.
    Interest of month t is on the stock at the end of month t - 1.

    Raises:
        BadInputError: if a key is out of its range or would make gross issuance negative.
    """
    chosen = plan or Plan()
    stock = _stocks(profile, chosen)
    months = chosen.months
    matured = {n: ladder.par_usdbn[:months] for n, ladder in profile.ladders.items()}
    net = np.diff(stock["notes"] + stock["bonds"])
    issued = _issuance(sum(matured.values(), np.zeros(months)) + net, chosen.mix(profile))
    notes = np.asarray(COUPON_TENORS) <= NOTES_UP_TO
    stock |= _coupon_stocks(profile, matured, issued, notes)
    kernel = {
        "bills": _bill_kernel(stock["bills"]),
        "notes": _coupon_kernel(issued * notes),
        "bonds": _coupon_kernel(issued * ~notes),
        "tips": _tips_kernel(stock["tips"], profile.totals_usdbn["tips"], chosen),
        "frn": _frn_kernel(stock["frn"]),
    }
    fixed = _fixed(profile, stock, chosen)
    return Roll(profile, chosen, stock, issued, fixed, kernel)


def _stocks(profile: DebtProfile, plan: Plan) -> dict[str, Floats]:
    """The classes' stocks, each (T + 1,), $bn."""
    growth = _growth(profile, plan)
    if plan.bills_pct is None:
        return {n: v * growth for n, v in profile.totals_usdbn.items()}
    added = profile.total_usdbn * (growth - 1.0)
    bills = plan.bills_pct / 100.0 * added
    rest = 1.0 + (added - bills) / (profile.total_usdbn - profile.totals_usdbn["bills"])
    out = {n: v * rest for n, v in profile.totals_usdbn.items()}
    return out | {"bills": profile.totals_usdbn["bills"] + bills}


def _growth(profile: DebtProfile, plan: Plan) -> Floats:
    """Total marketable debt relative to the opening, shape (T + 1,)."""
    if plan.months < 12 or plan.gdp_growth_pct <= -100.0 or plan.tips_last_years <= 0.0:
        raise BadInputError(
            "federal interest: expected 12 or more months, GDP growth above -100 % and a "
            "positive life of inflation-protected securities"
        )
    if plan.net_borrowing_usdbn is not None:
        net = np.asarray(plan.net_borrowing_usdbn, np.float64)
        if net.shape != (plan.months,):
            raise BadInputError(f"net_borrowing_usdbn: expected {plan.months} months")
    else:
        share = plan.deficit_pct_gdp
        share = profile.net_borrowing_pct_gdp if share is None else share
        year = (np.arange(plan.months) + 0.5) / 12.0
        gdp = profile.gdp_usdbn * (1.0 + plan.gdp_growth_pct / 100.0) ** year
        net = np.asarray(share / 100.0 * gdp / 12.0, np.float64)
    return np.asarray(1.0 + np.concatenate([[0.0], np.cumsum(net)]) / profile.total_usdbn)


def _issuance(need: Floats, shares: Floats) -> Floats:
    """Gross sales (T, tenors) that meet `need` plus the maturities of what they sold before."""
    months = need.size
    lives = 12 * np.asarray(COUPON_TENORS)
    issued = np.zeros((months, lives.size))
    for s in range(months):
        due = sum(issued[s - life, i] for i, life in enumerate(lives) if s >= life)
        total = need[s] + due
        if total < 0.0:
            raise BadInputError(
                f"federal interest: a surplus this large leaves nothing to sell in month {s + 1}"
            )
        issued[s] = total * shares
    return issued


def _coupon_stocks(
    profile: DebtProfile, matured: dict[str, Floats], issued: Floats, notes: NDArray[np.bool_]
) -> dict[str, Floats]:
    alive = _alive(issued.shape[0])
    out = {}
    for name, mask in (("notes", notes), ("bonds", ~notes)):
        old = profile.totals_usdbn[name] - np.concatenate([[0.0], np.cumsum(matured[name])])
        out[name] = old + np.einsum("tsk,sk->t", alive, issued * mask)
    return out


def _alive(months: int) -> Floats:
    """(T + 1, T, tenors): 1 where what was sold in month s is in row t of the stock, else 0."""
    age = np.arange(months + 1)[:, None] - np.arange(months)[None, :]
    life = 12 * np.asarray(COUPON_TENORS)
    return ((age[:, :, None] >= 1) & (age[:, :, None] <= life)).astype(np.float64)


def _coupon_kernel(issued: Floats) -> Floats:
    months = issued.shape[0]
    out = np.zeros((months, months, len(TENORS_YEARS)))
    out[:, :, _BILLS:] = _alive(months)[:-1] * issued[None, :, :] / 1200.0
    return out


def _bill_kernel(stock: Floats) -> Floats:
    """The mean of the last j months' yields, for the shares first sold at j months."""
    months = stock.size - 1
    table = tables()["bills"]
    lag = np.arange(months)[:, None] - np.arange(months)[None, :]
    out = np.zeros((months, months, len(TENORS_YEARS)))
    for k, (life, weight) in enumerate(zip(table["lives_months"], table["weights"], strict=True)):
        out[:, :, k] = weight / life * ((lag >= 0) & (lag < life))
    return np.asarray(out * stock[:-1, None, None] / 1200.0)


def _frn_kernel(stock: Floats) -> Floats:
    """Floating-rate notes reset every week to the 13-week bill."""
    months = stock.size - 1
    out = np.zeros((months, months, len(TENORS_YEARS)))
    out[np.arange(months), np.arange(months), _QUARTER] = stock[:-1] / 1200.0
    return out


def _tips_left(months: int, plan: Plan) -> Floats:
    """The part of today's inflation-protected securities alive at the end of month t - 1."""
    return np.maximum(0.0, 1.0 - np.arange(months + 1) / (12.0 * plan.tips_last_years))


def _tips_kernel(stock: Floats, opening: float, plan: Plan) -> Floats:
    """New ones cost the ten-year yield: a real yield below it by the inflation they accrue."""
    months = stock.size - 1
    sold = np.diff(stock) - opening * np.diff(_tips_left(months, plan))
    lag = np.arange(months)[:, None] - np.arange(months)[None, :]
    out = np.zeros((months, months, len(TENORS_YEARS)))
    out[:, :, _TEN] = (lag >= 1) * sold[None, :] / 1200.0
    return out


def _fixed(profile: DebtProfile, stock: dict[str, Floats], plan: Plan) -> dict[str, Floats]:
    """Interest by month that future yields leave alone: securities not yet matured or reset."""
    months, rates = plan.months, profile.rates_pct
    out = {}
    for name, ladder in profile.ladders.items():
        paid = ladder.par_usdbn * ladder.coupon_pct / 1200.0
        out[name] = paid.sum() - np.concatenate([[0.0], np.cumsum(paid)])[:months]
    table, t = tables()["bills"], np.arange(months)
    kept = sum(
        w * np.maximum(0.0, 1.0 - (t + 1.0) / life)
        for life, w in zip(table["lives_months"], table["weights"], strict=True)
    )
    out["bills"] = stock["bills"][:-1] * kept * rates["bills"] / 1200.0
    out["frn"] = stock["frn"][:-1] * profile.frn_margin_pct / 1200.0
    left = _tips_left(months, plan)[:-1]
    out["tips"] = (
        profile.totals_usdbn["tips"] * left * (rates["tips"] + plan.inflation_pct) / 1200.0
    )
    return out
