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
from ustress.curves.svensson import RECIPE as FIT_RECIPE
from ustress.data.store import Store
from ustress.monitor import history_cache
from ustress.monitor.indicators import curve_fit, premium

OUT = Path(ustress.__file__).parent / "monitor" / "derived" / "curve.npz"
# An estimate differs in its last digits between processors.
TOLERANCE = 1e-6


def tables() -> dict[str, NDArray[np.generic]]:
    """Every table of the file, computed afresh from the embedded figures."""
    fit, own = _computed()
    return {
        "fit_recipe": np.array(FIT_RECIPE),
        "fit_keys": fit[0],
        "fit_rows": fit[1],
        "premium_recipe": np.array(premium.RECIPE),
        "premium_keys": own[0],
        "premium_rows": own[1],
    }


Rows = tuple[NDArray[np.uint64], NDArray[np.float64]]


def _computed() -> tuple[Rows, Rows]:
    for cached in (history_cache.derived, curve_fit.kept, premium.kept):
        cached.cache_clear()
    history_cache.ignore_derived()
    panel = Store().panel(date(2100, 1, 1))
    premium.own_premium(panel, 0)
    return curve_fit.kept().content(), premium.kept().content()


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


def _compared(made: dict[str, NDArray[np.generic]], old: dict[str, NDArray[np.generic]]) -> int:
    wrong = [name for name in made if not _same(made[name], old.get(name))]
    print(f"differs: {', '.join(wrong)}; run without --check" if wrong else "as checked in")
    return 1 if wrong else 0


def _same(a: NDArray[np.generic], b: NDArray[np.generic] | None) -> bool:
    if b is None or a.shape != b.shape:
        return False
    if a.dtype.kind != "f":
        return bool((a == b).all())
    return bool(np.allclose(a.astype(float), b.astype(float), atol=TOLERANCE, equal_nan=True))


if __name__ == "__main__":
    sys.exit(main())
