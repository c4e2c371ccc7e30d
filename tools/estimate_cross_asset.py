"""Estimate what rates, risk appetite and rate volatility do to other markets.

    python tools/estimate_cross_asset.py --tables DIR

DIR holds `treasury_par_yields_daily.csv`, `fx_h10_daily.csv` (government) and, in `licensed/` under
it, `market_prices_daily.csv` and `credit_spreads_daily.csv`. Their rows stay where they are: only
the printed coefficients, with errors, go into `src/ustress/model/parameters/cross.toml`.

Weekly changes, Wednesday to Wednesday (closes of different hours then matter little):

    dy_i = c + b1 d(expected) + b2 d(premium) + b3 dlog(VIX) + b4 dlog(sigma) + e_i
    haven_i = -cov(dy_i, dlog VIX) / cov(d ten-year, dlog VIX)

Expected path and premium of the ten-year come from the project's own term-premium model, fitted
to the whole sample; sigma is the ten-year's exponentially weighted daily change. The second line
is what comes with each basis point that a rise of the VIX takes off the ten-year: an instrument,
not a regression, because risk-off moves yields and markets together. Newey-West errors, four lags.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.curves.acm import FACTOR_MONTHS, estimate_acm
from ustress.curves.zero import zero_curve

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
START, END = np.datetime64("2001-01-03"), np.datetime64("2025-04-09")
HAC_LAGS = 4
EWMA = 0.06
TENORS = {"m3": 0.25, "m6": 0.5, "y1": 1.0, "y2": 2.0, "y3": 3.0, "y5": 5.0, "y7": 7.0, "y10": 10.0}
TRADING_DAYS = 252


class Fit(NamedTuple):
    coefficients: Floats
    errors: Floats
    residual: Floats
    r2: float
    weeks: int


def column(path: Path, name: str) -> tuple[Days, Floats]:
    with path.open(newline="") as lines:
        rows = [(row["date"], row[name]) for row in csv.DictReader(lines) if row[name]]
    return np.array([d for d, _ in rows], "datetime64[D]"), np.array([float(v) for _, v in rows])


def weekly(days: Days, values: Floats, at: Days) -> Floats:
    """The newest value on or up to three days before each Wednesday, NaN where there is none."""
    found = np.searchsorted(days, at, side="right") - 1
    safe = np.maximum(found, 0)
    fresh = (found >= 0) & (at - days[safe] <= np.timedelta64(3, "D"))
    return np.asarray(np.where(fresh, values[safe], np.nan))


def decomposition(tables: Path) -> tuple[Days, Floats, Floats]:
    """Days, expected path and premium of the ten-year zero yield, bp."""
    with (tables / "treasury_par_yields_daily.csv").open(newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if all(r[t] for t in TENORS)]
    days = np.array([r["date"] for r in rows], "datetime64[D]")
    months = np.arange(1, 121) / 12.0
    par = np.array([[float(r[t]) for t in TENORS] for r in rows])
    zero = np.array([zero_curve(list(TENORS.values()), list(row)).yields_cc(months) for row in par])
    ends = np.flatnonzero(np.append(np.diff(days.astype("datetime64[M]")).astype(int) > 0, True))
    split = estimate_acm(zero[ends]).decompose(zero[:, np.array(FACTOR_MONTHS) - 1], (120,))
    return days, 100.0 * split.expected_path[:, 0], 100.0 * split.term_premium[:, 0]


def ewma_volatility(values: Floats) -> Floats:
    """Exponentially weighted standard deviation of daily changes, from the second value on."""
    squares = np.square(np.diff(values))
    level, out = float(squares[:60].mean()), []
    for one in squares:
        level += EWMA * (one - level)
        out.append(level)
    return np.asarray(np.sqrt(np.array([out[0], *out])))


def least_squares(y: Floats, x: Floats) -> Fit:
    """With Newey-West errors; the constant comes last."""
    keep = np.isfinite(y) & np.isfinite(x).all(axis=1)
    y, x = y[keep], np.column_stack([x[keep], np.ones(keep.sum())])
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ (x.T @ y)
    e = y - x @ b
    spread = inverse @ _long_run(x * e[:, None]) @ inverse
    r2 = 1.0 - e.var() / y.var()
    return Fit(b, np.sqrt(np.diag(spread)), e, float(r2), int(keep.sum()))


def instrumented(y: Floats, x: Floats, z: Floats) -> tuple[float, float, int]:
    """Slope of y on x with the instrument z, its Newey-West error, weeks."""
    keep = np.isfinite(y) & np.isfinite(x) & np.isfinite(z)
    y, x, z = (a[keep] - a[keep].mean() for a in (y, x, z))
    slope = float(z @ y / (z @ x))
    moment = z * (y - slope * x)
    return slope, float(np.sqrt(_long_run(moment[:, None])[0, 0]) / abs(z @ x)), int(keep.sum())


def half_life_days(level: Floats) -> float:
    """Of a weekly level as an autoregression of order one, business days."""
    fit = least_squares(level[1:], level[:-1, None])
    persistence = min(float(fit.coefficients[0]), 0.9999)
    return float(-5.0 * np.log(2.0) / np.log(persistence))


def _long_run(score: Floats) -> Floats:
    total = score.T @ score
    for lag in range(1, HAC_LAGS + 1):
        part = score[lag:].T @ score[:-lag]
        total = total + (1 - lag / (HAC_LAGS + 1)) * (part + part.T)
    return np.asarray(total)


def markets(tables: Path, at: Days) -> dict[str, Floats]:
    """Weekly levels: 100 log for prices, bp for spreads, points for volatility."""
    fx, own = tables / "fx_h10_daily.csv", tables / "licensed"

    def log_price(path: Path, name: str, sign: float = 1.0) -> Floats:
        days, values = column(path, name)
        return sign * 100.0 * np.log(weekly(days, values, at))

    days, spread = column(own / "credit_spreads_daily.csv", "ICE_IG_OAS")
    volatility = []
    for name in ("CHF_per_USD", "JPY_per_USD"):
        fx_days, values = column(fx, name)
        yearly = np.sqrt(TRADING_DAYS) * ewma_volatility(100.0 * np.log(values))
        volatility.append(weekly(fx_days, yearly, at))
    return {
        "equity": log_price(own / "market_prices_daily.csv", "SPX"),
        "gold": log_price(own / "market_prices_daily.csv", "GOLD_FUT"),
        "franc": log_price(fx, "CHF_per_USD", -1.0),
        "yen": log_price(fx, "JPY_per_USD", -1.0),
        "dollar": log_price(fx, "DTWEXBGS"),
        "credit": 100.0 * weekly(days, spread, at),
        "fx_volatility": np.mean(volatility, axis=0),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--since", default=str(START), help="first Wednesday")
    given = parser.parse_args()
    at = np.arange(np.datetime64(given.since), END + 1, np.timedelta64(7, "D"))
    days, expected, premium = decomposition(given.tables)
    vix_days, vix = column(given.tables / "licensed" / "market_prices_daily.csv", "VIX")
    sigma = np.log(ewma_volatility(expected + premium))
    levels = [weekly(days, expected, at), weekly(days, premium, at)]
    levels += [100.0 * np.log(weekly(vix_days, vix, at)), 100.0 * weekly(days, sigma, at)]
    x = np.diff(np.column_stack(levels), axis=0)
    ten = x[:, 0] + x[:, 1]
    vix_left = least_squares(x[:, 2], x[:, [0, 1, 3]]).residual.std()
    print(f"weeks from {at[0]} to {at[-1]}; what the rest leaves of VIX: {vix_left:.2f} per cent")
    print(f"{'':14}expected        premium         log VIX         log sigma       R2   weeks")
    for name, level in markets(given.tables, at).items():
        y = np.diff(level)
        fit = least_squares(y, x)
        slope, error, _ = instrumented(y, ten, x[:, 2])
        pairs = "  ".join(
            f"{b:+.4f} ({s:.4f})" for b, s in zip(fit.coefficients[:4], fit.errors[:4], strict=True)
        )
        daily = np.sqrt(5.0)
        print(f"{name:14}{pairs}  {fit.r2:.2f}  {fit.weeks}")
        print(
            f"{'':14}haven {-slope:+.4f} ({error:.4f}); a day: risk "
            f"{fit.coefficients[2] * vix_left / daily:+.3f}, own {fit.residual.std() / daily:.3f}"
            f"; half-life of the level {half_life_days(level):.0f} days"
        )


if __name__ == "__main__":
    main()
