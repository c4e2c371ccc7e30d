"""Builds `src/ustress/monitor/derived/curve.npz` from the embedded figures.

    python tools/build_derived.py [--check]

It holds what the monitor would otherwise compute at every start: the Svensson curve of each day
(six parameters and the fit error) and the ten-year's term premium and expected path of each day on
expanding windows. Each row stands under a key of the figures it comes from; the evidence level is
estimated. `--check` compares instead of writing.
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import ustress
from ustress.core.files import write_atomically
from ustress.curves.fit_basis import PARAMETERS, yields
from ustress.curves.svensson import RECIPE as FIT_RECIPE
from ustress.data.store import Store
from ustress.monitor.history_cache import row_keys
from ustress.monitor.indicators import curve_fit, premium

OUT = Path(ustress.__file__).parent / "monitor" / "derived" / "curve.npz"
# An estimate differs in its last digits between processors: a hundredth of a bp, in per cent.
TOLERANCE = 1e-4
# On another processor a search may end in a neighbouring minimum.
SHARE = 0.99
YEARS = np.array([0.25, 1.0, 2.0, 5.0, 10.0, 20.0])
Tables = dict[str, NDArray[np.generic]]


def tables() -> Tables:
    """Every table of the file, computed afresh from the embedded figures."""
    days, par = curve_fit.par_table(Store().panel(date(2100, 1, 1)))
    keys, rows = row_keys(par), curve_fit.fit_table(par)
    history = curve_fit.gathered(days, par, keys, rows)
    spans = premium.windows(history)
    long = premium.long_enough(spans)
    return {
        "fit_recipe": np.array(FIT_RECIPE),
        "fit_keys": keys,
        "fit_rows": rows,
        "premium_recipe": np.array(premium.RECIPE),
        "premium_keys": premium.window_keys(history, spans, long),
        "premium_rows": premium.decompose(history, spans, long),
    }


def main() -> int:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    made = tables()
    if check:
        with np.load(OUT) as old:
            return _compared(made, {name: old[name] for name in old.files})
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **made)
    write_atomically(OUT, buffer.getvalue())
    print(f"{OUT.name}: {made['fit_rows'].shape[0]} curves, {OUT.stat().st_size // 1000} kB")
    return 0


def _compared(made: Tables, old: Tables) -> int:
    wrong = [name for name in made if not _same(made[name], old.get(name))]
    print(f"differs: {', '.join(wrong)}; run without --check" if wrong else "as checked in")
    return 1 if wrong else 0


def _same(a: NDArray[np.generic], b: NDArray[np.generic] | None) -> bool:
    if b is None or a.shape != b.shape:
        return False
    if a.dtype.kind != "f":
        return bool((a == b).all())
    here, there = (_said(x.astype(np.float64)) for x in (a, b))
    return bool(np.isclose(here, there, atol=TOLERANCE, equal_nan=True).mean() > SHARE)


def _said(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the rows say: of a curve its yields and error, since parameters are collinear."""
    if rows.shape[1] != PARAMETERS + 1:
        return rows
    return np.column_stack([yields(rows[:, :PARAMETERS], YEARS), rows[:, PARAMETERS] / 100.0])


if __name__ == "__main__":
    sys.exit(main())
