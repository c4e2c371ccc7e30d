"""Fit the slow layer to the record and print numbers of merit; an interrupted job goes on.

python tools/calibrate.py [--as-of DATE] [--starts N] [--state FOLDER] [ECONOMY ...]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ustress.calibrate.estimate import Estimate
from ustress.cli.output import progress
from ustress.core.errors import UstressError
from ustress.model.parameters import load_parameters
from ustress.workflows.calibrate import ECONOMIES, calibrate

TABLE_NAMES = {"kb": "kb_slow"}


def shown(found: Estimate) -> str:
    m = found.measured
    lines = [
        f"economy {'-'.join(found.economy.factors)}, {m.weeks} weeks from {m.first} to {m.last}",
        f"  chi2 {found.chi2:.1f} on {found.z.size} moments, {found.degrees} degrees, "
        f"chance of more {found.p_value:.3f}; by start "
        + ", ".join("no equilibrium" if c > 1e6 else f"{c:.1f}" for c in found.starts),
    ]
    for name, value in found.parameters.items():
        table = load_parameters().value(TABLE_NAMES.get(name, name))
        lines.append(
            f"  {name:8} {value:9.4f}  log s.e. {found.errors[name]:.2f}  table {table:.4f}"
        )
    lines += [f"  z {z:+5.1f}  {name}" for name, z in found.worst()]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("economies", nargs="*", default=list(ECONOMIES))
    parser.add_argument("--as-of")
    parser.add_argument("--starts", type=int, default=4)
    parser.add_argument("--state", type=Path)
    given = parser.parse_args()
    try:
        for found in calibrate(given.as_of, given.economies, given.starts, given.state, progress()):
            print(shown(found))
    except UstressError as error:
        sys.stderr.write(f"calibrate: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
