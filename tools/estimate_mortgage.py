"""Estimate the pass-through of the ten-year yield to the 30-year mortgage rate.

    python tools/estimate_mortgage.py --tables DIR > mortgage.toml

DIR holds `treasury_par_yields_daily.csv` (government) and, in `licensed/` under it,
`mortgage30us_weekly.csv` (Freddie Mac's survey). The survey's rows stay where they are: only the
printed coefficients, with their errors, go into `src/ustress/outcomes/parameters.toml`.

    dm_w = c + sum_j b_j dx_(w-j) + e_w        bp, w = survey weeks

m is the survey's rate on its release day, x the mean of the ten-year par yield over the survey's
days: from the Thursday before to the Wednesday before a Thursday release (the survey's own window
since November 2022; earlier it was Monday to Wednesday, and the five days fit it as well).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
LAGS = 3
HAC_LAGS = 8
WINDOWS = {
    "thursday_to_wednesday": (-7, -1),
    "friday_to_wednesday": (-6, -1),
    "monday_to_wednesday": (-3, -1),
    "release_day_close": (0, 0),
}
HORIZONS_WEEKS = (1, 2, 4, 8, 13, 26, 52)
NEW_METHOD = np.datetime64("2022-11-17")


def column(path: Path, name: str) -> tuple[Days, Floats]:
    with path.open(newline="") as lines:
        rows = [(row["date"], row[name]) for row in csv.DictReader(lines) if row[name]]
    return np.array([d for d, _ in rows], "datetime64[D]"), np.array([float(v) for _, v in rows])


def window_mean(days: Days, values: Floats, release: Days, window: tuple[int, int]) -> Floats:
    """Mean of `values` over the calendar days release + window, NaN where there is none."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    lo = np.searchsorted(days, release + np.timedelta64(window[0], "D"), side="left")
    hi = np.searchsorted(days, release + np.timedelta64(window[1], "D"), side="right")
    n = hi - lo
    mean = (total[hi] - total[lo]) / np.maximum(n, 1)
    return np.where(n > 0, mean, np.nan)


def design(rate: Floats, x: Floats, keep: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Regressand and regressors (constant last), bp, on the weeks of `keep`."""
    dm, dx = 100.0 * np.diff(rate), 100.0 * np.diff(x)
    rows = np.arange(LAGS - 1, dm.size)
    X = np.column_stack([*(dx[rows - j] for j in range(LAGS)), np.ones(rows.size)])
    ok = keep[1:][rows] & np.isfinite(X).all(axis=1)
    return dm[rows][ok], X[ok]


def ols(y: Floats, X: Floats) -> tuple[Floats, Floats, Floats]:
    """Coefficients, their Newey-West covariance (Bartlett, HAC_LAGS) and the residuals."""
    inverse = np.linalg.inv(X.T @ X)
    b = inverse @ X.T @ y
    e = y - X @ b
    score = X * e[:, None]
    meat = score.T @ score
    for lag in range(1, HAC_LAGS + 1):
        gamma = score[lag:].T @ score[:-lag]
        meat += (1.0 - lag / (HAC_LAGS + 1.0)) * (gamma + gamma.T)
    return b, inverse @ meat @ inverse, e


def horizon_errors(e: Floats) -> list[float]:
    """Standard deviation of the residual summed over each horizon: the error of the level."""
    total = np.concatenate([[0.0], np.cumsum(e)])
    return [float(np.std(total[h:] - total[:-h])) for h in HORIZONS_WEEKS]


def numbers(values: Iterable[float], digits: int) -> str:
    return "[" + ", ".join(f"{v:.{digits}f}" for v in values) + "]"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--first", default="2000-01-01")
    tables = parser.parse_args()
    release, rate = column(tables.tables / "licensed" / "mortgage30us_weekly.csv", "value")
    days, ten = column(tables.tables / "treasury_par_yields_daily.csv", "y10")
    first = np.datetime64(tables.first)

    def run(window: str, keep: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats, float]:
        y, X = design(rate, window_mean(days, ten, release, WINDOWS[window]), keep)
        b, V, e = ols(y, X)
        return b, V, e, 1.0 - float(e.var() / y.var())

    b, V, e, r2 = run("thursday_to_wednesday", release >= first)
    n, total = e.size, float(b[:LAGS].sum())
    total_se = float(np.sqrt(V[:LAGS, :LAGS].sum()))
    print("[mortgage]")
    print(f"coefficients = {numbers(b[:LAGS], 4)}")
    print(f"standard_errors = {numbers(np.sqrt(np.diag(V))[:LAGS], 4)}")
    print(f"covariance = [{', '.join(numbers(row[:LAGS], 7) for row in V[:LAGS])}]")
    print(f"sum = {total:.3f}\nsum_standard_error = {total_se:.3f}")
    print(f"constant_bp = {b[-1]:.3f}\nconstant_standard_error_bp = {np.sqrt(V[-1, -1]):.3f}")
    print(f"r2 = {r2:.3f}\nresidual_sd_bp = {e.std():.2f}\nweeks = {n}")
    print(f'sample = ["{release[release >= first][0]}", "{release[-1]}"]')
    print(f"error_horizons_weeks = {list(HORIZONS_WEEKS)}")
    print(f"error_sd_bp = {numbers(horizon_errors(e), 1)}")
    for window in WINDOWS:
        bb, VV, _, rr = run(window, release >= first)
        se = np.sqrt(VV[:LAGS, :LAGS].sum())
        text = f"{numbers(bb[:LAGS], 3)} sum {bb[:LAGS].sum():.3f} ({se:.3f}) R2 {rr:.3f}"
        print(f"# {window}: {text}")
    for name, keep in (
        ("to October 2022", (release >= first) & (release < NEW_METHOD)),
        ("from November 2022", release >= NEW_METHOD),
    ):
        bb, VV, ee, rr = run("thursday_to_wednesday", keep)
        se = np.sqrt(VV[:LAGS, :LAGS].sum())
        text = f"{numbers(bb[:LAGS], 3)} sum {bb[:LAGS].sum():.3f} ({se:.3f}) R2 {rr:.3f}"
        print(f"# {name}: {text} weeks {ee.size}")


if __name__ == "__main__":
    main()
