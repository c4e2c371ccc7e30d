"""Estimate how fast the average rate on Treasury bills follows bill yields.

    python tools/estimate_bill_reset.py --tables DIR > bills.toml

    R_t = sum_j w_j mean(y_j over the last j months) + e_t,   j = 1, 3, 6, 12;  w >= 0, sum w = 1

R is the published average interest rate on bills outstanding (end of month), y_j the monthly mean
of the par yield at j months. The weights stand for the shares of the stock first sold at about
those lives; they go into `src/ustress/outcomes/parameters.toml`.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

Floats = NDArray[np.float64]
LIVES = {1: "m1", 3: "m3", 6: "m6", 12: "y1"}
BLOCK_MONTHS, DRAWS = 24, 500


def months(
    path: Path, day: str, value: str, keep: tuple[str, str] | None = None
) -> dict[int, float]:
    """Mean of `value` by month (months since 1970), over rows where column keep[0] is keep[1]."""
    found: dict[int, list[float]] = {}
    with path.open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row[value] and (keep is None or row[keep[0]] == keep[1]):
                month = int(np.datetime64(row[day], "M").astype(int))
                found.setdefault(month, []).append(float(row[value]))
    return {month: float(np.mean(values)) for month, values in found.items()}


def weights(X: Floats, y: Floats) -> Floats:
    """Non-negative least squares with the weights' sum held at one by a heavy row."""
    heavy = 1e4 * np.ones((1, X.shape[1]))
    return np.asarray(nnls(np.vstack([X, heavy]), np.append(y, 1e4))[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--first", default="2009-01")
    args = parser.parse_args()
    rate = months(
        args.tables / "treasury_avg_interest_rates_monthly.csv",
        "record_date",
        "avg_interest_rate_amt",
        ("security_desc", "Treasury Bills"),
    )
    par = args.tables / "treasury_par_yields_daily.csv"
    yields = {j: months(par, "date", column) for j, column in LIVES.items()}
    first = int(np.datetime64(args.first, "M").astype(int))
    use = [t for t in sorted(rate) if t >= first and all(t in y for y in yields.values())]
    X = np.array([[np.mean([y[t - i] for i in range(j)]) for j, y in yields.items()] for t in use])
    target = np.array([rate[t] for t in use])
    w = weights(X, target)
    e = target - X @ w
    rng = np.random.default_rng(np.random.Philox(1))
    draws = []
    for _ in range(DRAWS):  # moving blocks: the errors last for months
        start = rng.integers(0, len(use) - BLOCK_MONTHS, size=len(use) // BLOCK_MONTHS)
        rows = (start[:, None] + np.arange(BLOCK_MONTHS)).ravel()
        draws.append(weights(X[rows], target[rows]))
    print("[bills]")
    print(f"lives_months = {list(LIVES)}")
    print(f"weights = [{', '.join(f'{v:.2f}' for v in w)}]")
    print(f"standard_errors = [{', '.join(f'{v:.2f}' for v in np.std(draws, axis=0))}]")
    print(f"residual_sd_bp = {100 * e.std():.1f}\nmonths = {len(use)}")
    span = [str(np.datetime64(t, "M")) for t in (use[0], use[-1])]
    print(f'sample = ["{span[0]}", "{span[1]}"]')


if __name__ == "__main__":
    main()
