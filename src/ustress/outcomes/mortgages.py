"""The 30-year mortgage rate: its opening value plus the measured pass-through of the ten-year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError
from ustress.core.evidence import Evidence
from ustress.outcomes.about import About
from ustress.outcomes.parameters import tables
from ustress.outcomes.timeline import check_path, survey_releases, week_means

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class MortgagePath:
    """The mortgage rate by survey week.

    `releases` (weeks,) Thursdays; `change_bp` (paths, weeks) since the last survey before the
    path began; `rate_pct` and `payment_usd` of the same shape, None without an opening rate;
    `error_sd_bp` (weeks,) the standard deviation of what the pass-through leaves unexplained over
    so many weeks, not added to the paths; `loan_usd` the loan of the payment.
    """

    releases: Days
    change_bp: Floats
    rate_pct: Floats | None
    payment_usd: Floats | None
    error_sd_bp: Floats
    loan_usd: float
    about: About


def mortgage_path(
    days: Days,
    ten_year_pct: ArrayLike,
    *,
    history: tuple[Days, Floats] | None = None,
    opening_pct: float | None = None,
    pass_through: ArrayLike | None = None,
    loan_usd: float | None = None,
) -> MortgagePath:
    """The mortgage rate along paths of the ten-year yield.

    dm_w = b0 dx_w + b1 dx_(w-1) + b2 dx_(w-2), x the mean of the ten-year's closes over the
    survey's days; m follows by adding up from the opening rate.

    Args:
        days: business days, shape (days,), day 0 the opening close.
        ten_year_pct: ten-year par yield, per cent, shape (paths, days) or (days,).
        history: closes before day 0 as (days, per cent): 25 business days make every lag exact;
            without them the past counts as flat.
        opening_pct: the last survey rate known on day 0, per cent; without it only changes.
        pass_through: b, shape (3,) or (paths, 3); default the estimates. `draw_pass_through`
            gives draws from their errors.
        loan_usd: loan of the payment, in dollars; default that of the parameter file.

    Raises:
        BadInputError: if shapes do not match or a value is not finite.
    """
    when, ten = check_path(days, np.asarray(ten_year_pct, np.float64), "ten-year path")
    b = _coefficients(pass_through, ten.shape[0])
    loan = float(tables()["loan"]["amount_usd"] if loan_usd is None else loan_usd)
    releases = survey_releases(when)
    change = _change_bp(when, ten, history, releases, b)
    rate = None if opening_pct is None else opening_pct + change / 100.0
    payment = None if rate is None else monthly_payment_usd(rate, loan)
    return MortgagePath(releases, change, rate, payment, _error(releases.size), loan, about())


def draw_pass_through(n: int, seed: int) -> Floats:
    """`n` draws of the three coefficients from their estimated normal law, shape (n, 3).

    The draws depend on `seed` alone, so two scenarios with the same seed share them.
    """
    table = tables()["mortgage"]
    rng = np.random.Generator(np.random.Philox(key=seed))
    root = np.linalg.cholesky(np.asarray(table["covariance"], np.float64))
    return np.asarray(table["coefficients"] + rng.standard_normal((n, 3)) @ root.T)


def monthly_payment_usd(rate_pct: ArrayLike, loan_usd: float, years: int | None = None) -> Floats:
    """Level monthly payment of a fully amortising loan: L i / (1 - (1 + i)^-n), i = rate/12.

    Raises:
        BadInputError: if the loan is not positive or a rate is below -100 % a year.
    """
    life = int(tables()["loan"]["years"] if years is None else years)
    i = np.asarray(rate_pct, np.float64) / 1200.0
    if not loan_usd > 0.0 or life <= 0 or bool(np.any(i <= -1.0 / 12.0)):
        raise BadInputError("a payment needs a positive loan and life, and a rate above -100 %")
    n = 12 * life
    small = np.abs(i) < 1e-12
    safe = np.where(small, 1.0, i)
    factor = np.where(small, 1.0 / n, safe / -np.expm1(-n * np.log1p(safe)))
    return np.asarray(loan_usd * factor)


def about() -> About:
    """What the mortgage outcome is, rests on and cannot say."""
    table = tables()["mortgage"]
    b, se = table["coefficients"], table["standard_errors"]
    listed = ", ".join(f"{x:.2f} ({s:.2f})" for x, s in zip(b, se, strict=True))
    return About(
        title="30-year mortgage rate",
        unit="pct",
        evidence=Evidence.ESTIMATED,
        method=f"Pass-through of the ten-year's weekly mean: {listed} in the same week and one "
        f"and two weeks later; sum {table['sum']:.2f} ({table['sum_standard_error']:.2f}), "
        f"R2 {table['r2']:.2f}, {table['weeks']} weeks to {table['sample'][1]}; standard errors "
        f"by {table['standard_error_method']}.",
        source=table["source"],
        assumptions=(
            table["alignment"],
            "The payment is of principal and interest on a loan of a round amount, no taxes, "
            "points or insurance.",
        ),
        cannot_say=(
            "The spread of mortgages over Treasuries, when volatility, prepayment risk or the "
            "Fed's purchases of mortgage bonds move it: that is the stated error, "
            f"{table['error_sd_bp'][4]:.0f} bp over a quarter.",
            "Whether pass-through has changed: since the survey's new method of November 2022 the "
            f"sum is {table['sum_from_november_2022']:.2f}, before it "
            f"{table['sum_to_october_2022']:.2f}.",
            "What an existing borrower pays: most loans are fixed.",
        ),
    )


def _coefficients(pass_through: ArrayLike | None, paths: int) -> Floats:
    chosen = tables()["mortgage"]["coefficients"] if pass_through is None else pass_through
    b = np.atleast_2d(np.asarray(chosen, np.float64))
    if b.ndim != 2 or b.shape[1] != 3 or b.shape[0] not in (1, paths):
        raise BadInputError(f"pass-through: expected shape (3,) or ({paths}, 3); got {b.shape}")
    return b


def _change_bp(
    days: Days, ten: Floats, history: tuple[Days, Floats] | None, releases: Days, b: Floats
) -> Floats:
    lags = b.shape[1]
    if releases.size == 0:
        return np.zeros((ten.shape[0], 0))
    past_days, past = _past(days[0], history)
    back = releases[0] - np.arange(lags, 0, -1) * np.timedelta64(7, "D")
    weights = week_means(np.concatenate([back, releases]), np.concatenate([past_days, days]))
    x = weights[:, : past.size] @ past + ten @ weights[:, past.size :].T
    dx = 100.0 * np.diff(x, axis=1)
    weeks = releases.size
    dm = sum(b[:, j : j + 1] * dx[:, lags - 1 - j : lags - 1 - j + weeks] for j in range(lags))
    return np.asarray(np.cumsum(dm, axis=1))


def _past(start: np.datetime64, history: tuple[Days, Floats] | None) -> tuple[Days, Floats]:
    if history is None:
        return np.array([], "datetime64[D]"), np.array([])
    days, values = np.asarray(history[0], "datetime64[D]"), np.asarray(history[1], np.float64)
    if days.shape != values.shape or days.ndim != 1 or not bool(np.all(np.isfinite(values))):
        raise BadInputError("history: expected days and finite closes of the same length")
    before = days < start
    return days[before], values[before]


def _error(weeks: int) -> Floats:
    table = tables()["mortgage"]
    at = np.arange(1, weeks + 1)
    return np.asarray(np.interp(at, table["error_horizons_weeks"], table["error_sd_bp"]))
