"""Print what the slow layer takes from a date: its state by two routes, and who holds what.

python tools/slow_inputs.py [--as-of DATE] [DAY ...]
"""

from __future__ import annotations

import argparse
import sys

from ustress.calibrate.private import PrivateHoldings
from ustress.calibrate.state import StateComparison
from ustress.core.errors import UstressError
from ustress.workflows.calibrate import compare_states, private_holdings

WIDE = 34


def state_line(one: StateComparison) -> str:
    pairs = zip(one.inverted, one.filtered, one.filter_error, (100.0, 100.0, 1.0), strict=True)
    parts = [f"{k * a:7.2f} {k * b:7.2f} ± {k * e:.2f}" for a, b, e, k in pairs]
    rms = [
        float((x**2).mean() ** 0.5) for x in (one.inverted_residual_bp, one.filtered_residual_bp)
    ]
    return f"{one.date}  {'   '.join(parts)}   {rms[0]:5.1f} {rms[1]:5.1f}"


def holdings_lines(found: PrivateHoldings) -> list[str]:
    days = ", ".join(f"{name} of {day}" for name, day in found.days.items())
    lines = [f"Held on {found.as_of}, $bn par ({found.evidence.value}; {days})"]
    lines.append(
        f"{'':{WIDE}}{'debt':>9}{'Fed':>8}{'official':>9}{'private':>9}"
        f"{'DV01 $mn':>10}{'10y eq.':>9}"
    )
    for line in (*found.lines, found.total):
        par, dv01, ten = (float(x) for x in line.private)
        lines.append(
            f"{line.name:{WIDE}}{line.outstanding_usdbn:9,.0f}{line.fed_usdbn:8,.0f}"
            f"{line.official_usdbn:9,.0f}{par:9,.0f}{dv01:10,.0f}{ten:9,.0f}"
        )
    return [*lines, found.convention, *(f"Assumed or scaled: {text}" for text in found.assumptions)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("days", nargs="*")
    parser.add_argument("--as-of")
    given = parser.parse_args()
    try:
        error_bp, compared = compare_states(given.as_of, given.days)
        print(f"common measurement error {error_bp[0]:.1f} bp")
        print("day          r, %: inverted, filtered   m, pp            b               rms, bp")
        print("\n".join(state_line(one) for one in compared))
        print("\n".join(holdings_lines(private_holdings(given.as_of))))
    except UstressError as error:
        sys.stderr.write(f"slow_inputs: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
