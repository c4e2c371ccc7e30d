"""The debt rolled forward from a past date with the yields and borrowing that came, and the miss.

Held against two published records. The average rates of the Treasury count coupons on the stock
at a month's end: the same concept as ours. Interest paid in the national accounts is wider: all
federal interest, with savings bonds, securities of state and local governments, imputed interest
on the unfunded part of the government's own pension plans, and, for inflation-protected
securities, the accrual of their principal; it counts no interest the government pays itself. So
our interest must lie below it, and what can be compared is the change over the years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import CannotError
from ustress.core.panel import Panel
from ustress.outcomes.debt_profile import debt_profile
from ustress.outcomes.debt_roll import Plan, roll

Floats = NDArray[np.float64]
YEARS = 5
CLASSES = ("bills", "notes", "bonds", "frn")
TENORS = ("1m", "3m", "6m", "1y", "2y", "3y", "5y", "7y", "10y", "20y", "30y")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One year on from one opening date.

    `rate_pct` and `published_pct` by class of `CLASSES` in that year's last month;
    `unrolled_bp` the miss of the opening's rate. `interest_usdbn` is ours in that year on these
    classes, `at_stocks_usdbn` our average rates x the stocks that came, `record_usdbn` published
    average rates x the stocks that came, and `accounts_usdbn` all federal interest in the
    national accounts, the year's mean.
    """

    opening: date
    year: int
    month: str
    rate_pct: dict[str, float]
    published_pct: dict[str, float]
    miss_bp: dict[str, float]
    unrolled_bp: dict[str, float]
    interest_usdbn: float
    at_stocks_usdbn: float
    record_usdbn: float
    accounts_usdbn: float

    @property
    def miss_pct(self) -> float:
        """Ours against the record."""
        return 100.0 * (self.interest_usdbn / self.record_usdbn - 1.0)

    @property
    def rates_miss_pct(self) -> float:
        """Our rates on the stocks that came against the record: without the mix's part."""
        return 100.0 * (self.at_stocks_usdbn / self.record_usdbn - 1.0)


def rolled_forward(then: Panel, now: Panel, years: int = YEARS) -> tuple[CheckRow, ...]:
    """Our roll from `then`'s date against what `now` knows of the years since.

    Yields and net borrowing are those that came; issuance mix and class shares stay as opened.

    Raises:
        CannotError: if `now` does not know that many years, or `then` is too early for a profile.
    """
    months = 12 * years
    profile = debt_profile(then)
    yields = np.column_stack([_monthly(now, f"ust.par.{t}", profile.month, months) for t in TENORS])
    marketable = _monthly(now, "debt.public.marketable", profile.month - 1, months + 1)
    plan = Plan(months=months, net_borrowing_usdbn=tuple(np.diff(marketable)))
    rolled = roll(profile, plan)
    rates = rolled.average_rate_pct(yields)
    published = {c: _monthly(now, f"debt.rate.{c}", profile.month, months) for c in CLASSES}
    stocks = {c: _monthly(now, f"debt.public.{c}", profile.month, months) for c in CLASSES}
    ours = _interest(rates, {c: rolled.stock_usdbn[c][:-1] for c in CLASSES})
    at_stocks, record = _interest(rates, stocks), _interest(published, stocks)
    paid = now["macro.federal_interest"]
    rows = []
    for year in range(1, years + 1):
        last, span = 12 * year - 1, slice(12 * year - 12, 12 * year)
        at = {c: float(published[c][last]) for c in CLASSES}
        rows.append(CheckRow(
            then.as_of, year, str(profile.month + last),
            {c: float(rates[c][last]) for c in CLASSES}, at,
            {c: 100.0 * (float(rates[c][last]) - at[c]) for c in CLASSES},
            {c: 100.0 * (profile.rates_pct[c] - at[c]) for c in CLASSES},
            float(ours[span].sum()), float(at_stocks[span].sum()), float(record[span].sum()),
            _year_mean(paid.dates, paid.values, profile.month + span.start),
        ))  # fmt: skip
    return tuple(rows)


def _interest(rates_pct: dict[str, Floats], stocks_usdbn: dict[str, Floats]) -> Floats:
    """(T,) a month's interest on the classes together, $bn."""
    found = sum(rates_pct[c] * stocks_usdbn[c] for c in CLASSES)
    return np.asarray(found) / 1200.0


def _monthly(panel: Panel, name: str, first: np.datetime64, months: int) -> Floats:
    """Monthly means, a gap filled with the month before.

    Raises:
        CannotError: if the series ends earlier or does not reach back that far.
    """
    series = panel[name]
    k = (series.dates.astype("datetime64[M]") - first).astype(np.int64)
    inside = (k >= 0) & (k < months)
    sums = np.bincount(k[inside], series.values[inside], months)
    counts = np.bincount(k[inside], minlength=months)
    if not counts[0] or not counts[-1]:
        raise CannotError(f"{name} is not known from {first} for {months} months")
    mean = sums / np.maximum(counts, 1)
    filled = np.maximum.accumulate(np.where(counts > 0, np.arange(months), 0))
    return np.asarray(mean[filled])


def _year_mean(dates: NDArray[np.datetime64], values: Floats, first: np.datetime64) -> float:
    month = dates.astype("datetime64[M]")
    inside = (month >= first) & (month < first + 12)
    return float(values[inside].mean()) if inside.any() else float("nan")
