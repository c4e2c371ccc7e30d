"""The term premium since 1990 by our estimate, against pyacm and against the published table.

    python benchmarks/term_premium_speed.py [--other PYTHON] [--out FILE]

`PYTHON` is an interpreter that has the package pyacm (it is no dependency of this project; put it
in an environment of its own); without one that part is left out and the output says so. Both get
the same month-end yields of our Svensson curve, with the same maturities, so the difference is
that of two implementations. The table by maturity holds our estimate, on the full sample and on
expanding windows, against the published one, which begins in 1961 and rests on other zero yields.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ustress.core.files import write_atomically
from ustress.core.panel import Panel
from ustress.curves.acm import MONTHS, RETURN_MONTHS, estimate_acm
from ustress.data.store import Store
from ustress.monitor.indicators import premium
from ustress.monitor.indicators.curve_fit import FittedHistory, fitted_history

Floats = NDArray[np.float64]

YEARS = np.arange(1, 11)
EVERY_MONTH = tuple(range(3, MONTHS + 1))
OTHER = """
import json, sys, time
import numpy as np
try:
    import pandas as pd
    from pyacm import NominalACM
except ImportError:
    print(json.dumps({"missing": True})); sys.exit(0)
given = json.load(sys.stdin)
days = pd.to_datetime(given["days"])
curve = pd.DataFrame(np.array(given["zeros"]) / 100.0, index=days, columns=range(1, 121))
begin = time.perf_counter()
acm = NominalACM(curve=curve, n_factors=5, selected_maturities=given["bonds"])
seconds = time.perf_counter() - begin
at = [12 * y for y in range(1, 11)]
print(json.dumps({"seconds": seconds, "premium": (100 * acm.tp[at]).values.tolist(),
                  "fitted": (100 * acm.miy[at]).values.tolist()}))
"""


def main() -> int:
    """Time, compare, print, and write if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--other", default=sys.executable, help="interpreter with pyacm")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    panel = Store().panel(date(2100, 1, 1))
    history = fitted_history(panel)
    spans = premium.windows(history)
    zeros = history.curves.yields_cc(np.arange(1, MONTHS + 1) / 12.0)[spans.ends]
    days = history.track.dates[spans.ends]
    result = {
        "months": len(days),
        **_speed(history, spans, zeros),
        "against_pyacm": _against_package(zeros, days, args.other),
        **_against_published(panel, zeros, days),
    }
    text = json.dumps(result, indent=2)
    print(text)
    if args.out:
        write_atomically(args.out, text + "\n")
    return 0


def _speed(history: FittedHistory, spans: premium.Windows, zeros: Floats) -> dict[str, float]:
    begin = time.perf_counter()
    for _ in range(20):
        estimate_acm(zeros)
    one = (time.perf_counter() - begin) / 20
    long = premium.long_enough(spans)
    begin = time.perf_counter()
    premium.decompose(history, spans, long)
    every = time.perf_counter() - begin
    windows = int(np.unique(spans.stop[long]).size)
    return {"one_estimate_ms": 1000 * one, "windows": windows, "all_windows_seconds": every}


def _against_package(zeros: Floats, days: NDArray[np.datetime64], python: str) -> object:
    given = {
        "days": days.astype("datetime64[M]").astype(str).tolist(),
        "zeros": zeros.tolist(),
        "bonds": list(RETURN_MONTHS),
    }
    # The package wants month-ends of the calendar.
    given["days"] = [str(np.datetime64(m, "M") + 1 - np.timedelta64(1, "D")) for m in given["days"]]
    done = subprocess.run(
        [python, "-c", OTHER], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    if "missing" in answer:
        return f"pyacm is not installed in {python}: left out"
    begin = time.perf_counter()
    model = estimate_acm(zeros, factor_months=EVERY_MONTH)
    ours = model.decompose(zeros[:, np.array(EVERY_MONTH) - 1], 12 * YEARS)
    took = time.perf_counter() - begin
    quarterly = estimate_acm(zeros)
    fewer = quarterly.decompose(zeros[:, np.array(quarterly.factor_months) - 1], 12 * YEARS)
    return {
        "ms": 1000 * answer["seconds"],
        "ours_ms": 1000 * took,
        "times_slower": answer["seconds"] / took,
        "premium_rmse_bp": _rmse(ours.term_premium - np.array(answer["premium"])),
        "fitted_rmse_bp": _rmse(ours.fitted - np.array(answer["fitted"])),
        "premium_rmse_bp_with_quarterly_factors": _rmse(ours.term_premium - fewer.term_premium),
    }


def _against_published(
    panel: Panel, zeros: Floats, days: NDArray[np.datetime64]
) -> dict[str, object]:
    """By maturity: mean difference, root mean square, correlation of levels and of changes."""
    model = estimate_acm(zeros)
    split = model.decompose(zeros[:, np.array(model.factor_months) - 1], 12 * YEARS)
    out: dict[str, object] = {"largest_root": model.persistence}
    columns = {"term_premium": split.term_premium, "expected_path": split.expected_path,
               "yield": split.fitted}  # fmt: skip
    for name, ours in columns.items():
        rows = {}
        for k, years in enumerate(YEARS.tolist()):
            rows[f"{years}y"] = _compared(panel, f"{name}.acm.{years}y", days, ours[:, k])
        out[f"full_sample_{name}"] = rows
    for which, name in enumerate(("term_premium", "expected_path")):
        track = premium.own_premium(panel, which)
        last = np.isin(track.dates, days)
        out[f"expanding_windows_{name}_10y"] = _compared(
            panel, f"{name}.acm.10y", track.dates[last], track.values[last]
        )
    return out


def _compared(
    panel: Panel, name: str, days: NDArray[np.datetime64], ours: Floats
) -> dict[str, float]:
    theirs = panel[name]
    _, i, j = np.intersect1d(
        days.astype("datetime64[M]"), theirs.dates.astype("datetime64[M]"), return_indices=True
    )
    a, b = ours[i], theirs.values[j]
    return {
        "months": int(i.size),
        "mean_bp": round(100 * float((a - b).mean()), 1),
        "rmse_bp": round(_rmse(a - b), 1),
        "correlation": round(float(np.corrcoef(a, b)[0, 1]), 3),
        "correlation_of_changes": round(float(np.corrcoef(np.diff(a), np.diff(b))[0, 1]), 3),
    }


def _rmse(gap: Floats) -> float:
    return 100.0 * float(np.sqrt(np.mean(gap**2)))


if __name__ == "__main__":
    sys.exit(main())
