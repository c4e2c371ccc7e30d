"""The slow layer's solver: one equilibrium with three factors, and a thousand draws.

Against the same fixed point with scipy's `fsolve` and its numerical Jacobian, in the same run: on
the same quadrature, from the same start M = G', with loadings from the same NumPy routine.
`fsolve` has neither continuation nor a check of what it found, so it is the cheaper question.

    python benchmarks/habitat_solve.py [--draws 1000] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import fsolve

from ustress.model.habitat import Habitat, solve, solve_many
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.fixed_point import rescale, residual, units, unscale

SEED = 20250411
SPREAD = np.array([0.24, 0.13, 0.20, 0.11, 0.34, 0.10, 0.22])
START = np.array([1.08, 0.011, 0.13, 0.015, 0.135, 0.25, 3.27])


def economy(x: Floats) -> Habitat:
    """Four states: the short rate, and three factors (a moving target, two of demand)."""
    kr, sr, km, sm, kb, kc, a_theta = x

    def supply(tau: Floats) -> Floats:
        return np.asarray(a_theta / 40.0 * 0.09 * tau * np.exp(-0.3 * tau), np.float64)

    return Habitat(
        reversion=[[kr, -kr, 0, 0], [0, km, 0, 0], [0, 0, kb, 0], [0, 0, 0, kc]],
        volatility=[sr, sm, 1.0, 0.5],
        slope=lambda tau: 6.0 / 40.0 * np.exp(-0.3 * tau),
        loadings=[0.0, supply, lambda tau: supply(tau) * np.exp(-0.2 * tau)],
        intercept=lambda tau: 0.018 * tau * np.exp(-0.3 * tau),
        risk_aversion=40.0,
        mean_rate=0.03,
    )


def by_fsolve(habitat: Habitat) -> Floats:
    """M by scipy, factors in the same units as ours; NaN where it does not converge."""
    p, mesh = habitat.primitives, habitat.mesh
    d = units(p, mesh)
    scaled, n = rescale(p, d), d.size

    def gap(m: Floats) -> Floats:
        return np.asarray(residual(m.reshape(n, n), scaled, mesh), np.float64).ravel()

    x, _, flag, _ = fsolve(gap, scaled.G.T.ravel(), full_output=True, xtol=1e-12)
    return np.asarray(unscale(x.reshape(n, n), d) if flag == 1 else np.full((n, n), np.nan))


def best(call: Callable[[], object], repeats: int) -> float:
    """The shortest of several wall times, in seconds: the least disturbed by other work."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def measure(count: int) -> dict[str, float]:
    """Every figure of the table."""
    one = economy(START)
    noise = np.random.default_rng(SEED).normal(size=(count, START.size))
    draws = [economy(x) for x in START * np.exp(0.5 * SPREAD * noise)]
    cold = best(lambda: solve(one), 1)
    cold_many = best(lambda: solve_many(draws), 1)
    found = solve_many(draws)
    peer = np.stack([by_fsolve(h) for h in draws[: min(count, 100)]])
    gap = np.abs(peer - found.M[: len(peer)]).max((1, 2))[found.ok[: len(peer)]]
    return {
        "draws": count,
        "cores": os.cpu_count() or 1,
        "one_cold_s": cold,
        "one_warm_ms": 1e3 * best(lambda: solve(one), 50),
        "one_fsolve_ms": 1e3 * best(lambda: by_fsolve(one), 10),
        "many_cold_s": cold_many,
        "many_warm_s": best(lambda: solve_many(draws), 3),
        "many_fsolve_s": best(lambda: [by_fsolve(h) for h in draws[:100]], 1) * count / 100,
        "share_ok": float(found.ok.mean()),
        "share_same_as_fsolve": float(np.mean(gap < 1e-6)),
    }


def show(figures: dict[str, float]) -> str:
    """The table a reader sees."""
    f = figures
    rows = [
        ("one equilibrium, warm, ms", f["one_warm_ms"], f["one_fsolve_ms"]),
        (f"{f['draws']:.0f} draws, warm, s", f["many_warm_s"], f["many_fsolve_s"]),
    ]
    lines = [f"{'three factors, ' + str(int(f['cores'])) + ' cores':32}{'ours':>10}{'fsolve':>10}"]
    lines += [f"{name:32}{ours:10.2f}{peer:10.2f}" for name, ours, peer in rows]
    lines.append(
        f"first calls: {f['one_cold_s']:.1f} s one, {f['many_cold_s']:.1f} s batch (compilation); "
        f"{100 * f['share_ok']:.0f} % of draws have an equilibrium, fsolve finds the same in "
        f"{100 * f['share_same_as_fsolve']:.0f} % of those compared"
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--out", type=Path, help="write the figures as JSON to this file")
    options = parser.parse_args(arguments)
    figures = measure(max(options.draws, 100))
    print(show(figures))
    if options.out is not None:
        options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
