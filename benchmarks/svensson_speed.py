"""All Svensson fits since 1990, against the package nelson-siegel-svensson in the same run.

    python benchmarks/svensson_speed.py [--other PYTHON] [--days 150] [--out FILE]

`PYTHON` is an interpreter that has the package (it is no dependency of this project; put it in an
environment of its own); without one that column is left out and the output says so. The package
fits zero yields, so it gets the bootstrapped zeros of the same days, its own starting values
first, then our decays; errors are compared on those zeros and on the par yields.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ustress.core.files import write_atomically
from ustress.curves.fit_basis import yields_and_gradient
from ustress.curves.fit_step import Normal, refine
from ustress.curves.svensson import SvenssonCurves, fit_svensson
from ustress.curves.zero import zero_curve
from ustress.data.store import Store
from ustress.monitor.indicators.curve_fit import TENOR_YEARS, par_table

Floats = NDArray[np.float64]

SEED = 20250411
OTHER = """
import json, sys, time, warnings
import numpy as np
try:
    from nelson_siegel_svensson.calibrate import betas_nss_ols, calibrate_nss_ols
except ImportError:
    print(json.dumps({"missing": True})); sys.exit(0)
warnings.simplefilter("ignore")
given = json.load(sys.stdin)
t = np.array(given["years"])
found, begin = [], time.perf_counter()
for z, start in zip(given["zeros"], given["starts"]):
    try:
        c, _ = calibrate_nss_ols(t, np.array(z), tau0=tuple(start))
        found.append([c.beta0, c.beta1, c.beta2, c.beta3, c.tau1, c.tau2])
    except np.linalg.LinAlgError:
        found.append([float("nan")] * 6)
print(json.dumps({"seconds": time.perf_counter() - begin, "found": found}))
"""


def main() -> int:
    """Time, compare, print, and write if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--other", default=sys.executable, help="interpreter with the package")
    parser.add_argument("--days", type=int, default=150, help="days given to the package")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    _, par = par_table(Store().panel(date(2100, 1, 1)))
    full = par[np.isfinite(par).all(axis=1)]
    seconds, fitted = _timed(par)
    sample = np.random.default_rng(SEED).choice(full.shape[0], args.days, replace=False)
    result = {
        "days": int(np.isfinite(fitted.rmse_bp).sum()),
        "seconds": seconds,
        "rmse_bp": _quantiles(fitted.rmse_bp[np.isfinite(fitted.rmse_bp)]),
        **_against(full[np.sort(sample)], args.other, seconds / par.shape[0]),
    }
    text = json.dumps(result, indent=2)
    print(text)
    if args.out:
        write_atomically(args.out, text + "\n")
    return 0


def _timed(par: Floats) -> tuple[float, SvenssonCurves]:
    best = np.inf
    for _ in range(3):
        begin = time.perf_counter()
        fitted = fit_svensson(TENOR_YEARS, par)
        best = min(best, time.perf_counter() - begin)
    return best, fitted


def _against(par: Floats, python: str, ours_per_day: float) -> dict[str, object]:
    """Both on the same days: errors on zero and on par yields, time a day."""
    zeros = np.array([zero_curve(TENOR_YEARS, day).yields_cc(TENOR_YEARS) for day in par])
    on_par = fit_svensson(TENOR_YEARS, par)
    on_zeros = _fit_zeros(zeros, on_par)
    gap = 100.0 * (on_par.forward(5, 10) - on_zeros.forward(5, 10))
    out: dict[str, object] = {
        "ours_fitted_to_par": _errors(on_par, par, zeros),
        "ours_fitted_to_zeros": _errors(on_zeros, par, zeros),
        "five_year_five_years_ahead_par_less_zeros_bp": _quantiles(gap),
    }
    tau1, tau2 = on_par.decays_years
    starts = {"own_start": np.tile([2.0, 5.0], (len(par), 1)), "our_decays": np.c_[tau1, tau2]}
    for name, start in starts.items():
        theirs = _package(zeros, start, python)
        if theirs is None:
            out["package"] = f"nelson-siegel-svensson is not installed in {python}: left out"
            return out
        took, curves = theirs
        out[f"package_{name}"] = {
            **_errors(curves, par, zeros),
            "ms_a_day": 1000.0 * took / len(par),
            "times_slower": took / len(par) / ours_per_day,
        }
    return out


def _fit_zeros(zeros: Floats, start: SvenssonCurves) -> SvenssonCurves:
    def at(theta: Floats) -> Normal:
        value, slopes = yields_and_gradient(theta, TENOR_YEARS)
        return Normal(theta, value - zeros, slopes)

    found = refine(partial(at), start.theta, zeros.mean(axis=1), 40)
    return SvenssonCurves(found.theta, start.rmse_bp, start.tenors, start.longest_years)


def _package(zeros: Floats, starts: Floats, python: str) -> tuple[float, SvenssonCurves] | None:
    given = {"years": TENOR_YEARS.tolist(), "zeros": zeros.tolist(), "starts": starts.tolist()}
    done = subprocess.run(
        [python, "-c", OTHER], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout.splitlines()[-1])  # LAPACK complains on the same stream
    if "missing" in answer:
        return None
    found = np.array(answer["found"])
    tau1, tau2 = np.abs(found[:, 4]), np.abs(found[:, 5])
    theta = np.column_stack([found[:, :4], np.log(tau1), np.log(tau2 / tau1)])
    n = len(found)
    return answer["seconds"], SvenssonCurves(theta, np.zeros(n), np.full(n, 10), np.full(n, 30.0))


def _errors(curves: SvenssonCurves, par: Floats, zeros: Floats) -> dict[str, object]:
    with np.errstate(all="ignore"):
        on_zeros = np.sqrt(np.mean((curves.yields_cc(TENOR_YEARS) - zeros) ** 2, axis=1))
        on_par = np.sqrt(np.mean((curves.par(TENOR_YEARS) - par) ** 2, axis=1))
    return {
        "on_zeros_bp": _quantiles(100.0 * on_zeros),
        "on_par_bp": _quantiles(100.0 * on_par),
    }


def _quantiles(values: Floats) -> dict[str, float]:
    good = values[np.isfinite(values)]
    names, at = ("p10", "p50", "p90", "max"), (0.1, 0.5, 0.9, 1.0)
    return {
        "mean": round(float(good.mean()), 3),
        **{n: round(float(q), 3) for n, q in zip(names, np.quantile(good, at), strict=True)},
        "not_finite": int(values.size - good.size),
    }


if __name__ == "__main__":
    sys.exit(main())
