"""Estimate how ratings, junk spreads and equity sectors move with what a simulation carries.

    python -m tools.estimate_who_is_hit --tables DIR > tables.toml

DIR holds `treasury_par_yields_daily.csv` (government) and, in `licensed/` under it,
`credit_spreads_daily.csv` (ICE, Moody's) and `market_prices_daily.csv` (S&P, Cboe, ICE, fund
closes adjusted for dividends). Their rows stay where they are: only the printed coefficients, with
errors and samples, go into `src/ustress/outcomes/parameters.toml`.

All changes are from Wednesday to Wednesday (the last close before where it was a holiday), and the
errors Newey and West's with eight lags.

    rating yield   dy_w = c + a dten_w + b dIG_w + e             bp
    junk spread    dHY_w = c + b dIG_w + e                       bp
    volatility     dIG_w = c + b d(MOVE / sqrt 252)_w + e        bp, bp a day
    sector         r_w = c + b rSPX_w + d dten_w + e             per cent, bp

Announcements: two-day change of Moody's Baa yield on the ten-year's, no constant, over the
days on which purchases of Treasuries alone were announced (10 August, 21 September and 3 November
2010) and over the five of the first programme, which bought mortgage bonds too.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.estimate_mortgage import ols

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
FIRST = np.datetime64("2000-01-05")
ANNOUNCED = {
    "treasuries_alone": ("2010-08-10", "2010-09-21", "2010-11-03"),
    "with_mortgages": ("2008-11-25", "2008-12-01", "2008-12-16", "2009-01-28", "2009-03-18"),
}


def column(path: Path, name: str) -> tuple[Days, Floats]:
    with path.open(newline="") as lines:
        rows = [(row["date"], row[name]) for row in csv.DictReader(lines) if row[name]]
    return np.array([d for d, _ in rows], "datetime64[D]"), np.array([float(v) for _, v in rows])


def on_wednesdays(days: Days, values: Floats, wednesdays: Days, most_days: int = 4) -> Floats:
    """The last value on or before each Wednesday, NaN where it is older than `most_days`."""
    at = np.searchsorted(days, wednesdays, side="right") - 1
    there = at >= 0
    age = (wednesdays - days[np.maximum(at, 0)]).astype(int)
    return np.where(there & (age <= most_days), values[np.maximum(at, 0)], np.nan)


class Fit(NamedTuple):
    b: Floats
    se: Floats
    r2: float
    sd: float
    weeks: NDArray[np.bool_]


def fit(y: Floats, *x: Floats) -> Fit:
    """Coefficients without the constant, their errors, R2, residual, the weeks that entered."""
    X = np.column_stack([*x, np.ones(y.size)])
    ok = np.isfinite(y) & np.isfinite(X).all(axis=1)
    b, V, e = ols(y[ok], X[ok])
    r2 = 1.0 - float(e.var() / y[ok].var())
    return Fit(b[:-1], np.sqrt(np.diag(V))[:-1], r2, float(e.std()), ok)


def show(name: str, found: Fit, ends: Days) -> None:
    inside = ends[found.weeks]
    b, se = ("[" + ", ".join(f"{v:.4f}" for v in k) + "]" for k in (found.b, found.se))
    print(f"\n[{name}]\ncoefficients = {b}\nstandard_errors = {se}")
    print(f"r2 = {found.r2:.3f}\nresidual_sd = {found.sd:.3f}\nweeks = {inside.size}")
    print(f'sample = ["{inside[0]}", "{inside[-1]}"]')


def two_days(days: Days, values: Floats, announced: tuple[str, ...]) -> Floats:
    """Change in bp from the close before each announcement to the close of the day after it."""
    at = np.searchsorted(days, np.array(announced, "datetime64[D]"))
    return 100.0 * (values[at + 1] - values[at - 1])


def announcements(tables: Path) -> None:
    ten = column(tables / "treasury_par_yields_daily.csv", "y10")
    baa = column(tables / "licensed/credit_spreads_daily.csv", "DBAA")
    for name, when in ANNOUNCED.items():
        x, y = two_days(*ten, when), two_days(*baa, when)
        b = float(x @ y / (x @ x))
        error = float(np.sqrt(np.sum((y - b * x) ** 2) / (x.size - 1) / (x @ x)))
        print(f"\n[announced.{name}]\nbaa = {b:.2f}\nstandard_error = {error:.2f}")
        print(f"events = {x.size}\nten_year_bp = {x.sum():.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tables", type=Path, required=True)
    tables = parser.parse_args().tables
    weeks = np.arange(FIRST, np.datetime64("2025-05-01"), np.timedelta64(7, "D"))

    def weekly(path: str, name: str) -> Floats:
        return on_wednesdays(*column(tables / path, name), weeks)

    credit, market = "licensed/credit_spreads_daily.csv", "licensed/market_prices_daily.csv"
    dten = 100.0 * np.diff(weekly("treasury_par_yields_daily.csv", "y10"))
    dig = 100.0 * np.diff(weekly(credit, "ICE_IG_OAS"))
    ends = weeks[1:]
    for name, series in (("aaa", "DAAA"), ("baa", "DBAA")):
        show(f"rating.{name}", fit(100.0 * np.diff(weekly(credit, series)), dten, dig), ends)
    show("rating.junk", fit(100.0 * np.diff(weekly(credit, "ICE_HY_OAS")), dig), ends)
    dvol = np.diff(weekly(market, "MOVE")) / np.sqrt(252.0)
    show("volatility_premium", fit(dig, dvol), ends)
    index = 100.0 * np.diff(np.log(weekly(market, "SPX")))
    for fund, name in (("XLK", "technology"), ("XLRE", "real_estate"), ("XLF", "financials"),
                       ("XLU", "utilities")):  # fmt: skip
        r = 100.0 * np.diff(np.log(weekly(market, fund)))
        show(f"sector.{name}", fit(r, index, dten), ends)
    announcements(tables)


if __name__ == "__main__":
    main()
