"""Re-estimate the fast layer and print posterior against prior, fits and the sampler's numbers.

python tools/estimate_fast_layer.py --as-of DATE [--out FILE] [--particles N] [--seed N]
    [--state FOLDER] [--toml]

An interrupted job goes on from its state and ends where the whole one ends, to the bit. `--out`
writes the 500 joint draws; `--toml` prints medians and ranges as the parameter file has them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ustress.calibrate.fast.result import PARTICLES, FastEstimate, draws_csv
from ustress.calibrate.fast.targets import THRESHOLDS
from ustress.cli.output import progress
from ustress.core.errors import UstressError
from ustress.core.files import write_atomically
from ustress.workflows.fast_layer import estimate_fast_layer


def shown(found: FastEstimate) -> str:
    lines = [
        f"{found.parameters} parameters, {found.fitted} data fitted, {found.occasions} of them on "
        f"what was bought and when not; log evidence {found.log_evidence:.1f}; job {found.job}",
        "",
        "| parameter | before: median (10 to 90 %) | after | contraction | range rests on |",
        "|---|---|---|---|---|",
    ]
    for one in found.marginals:
        lines.append(
            f"| {one.prior.symbol} | {span(one.before)} | {span(one.after)} +/- {one.error:.2g} | "
            f"{one.contraction:.2f} | {one.prior.basis} |"
        )
    lines += ["", "| datum | basis | record | ours | inside |", "|---|---|---|---|---|"]
    for fit in found.fits:
        t = fit.target
        lines.append(
            f"| {t.title}, {t.unit} | {t.basis} | {t.value:.4g} | {span(fit.ours)} | "
            f"{'yes' if fit.inside else 'no'} |"
        )
    lines += ["", "temperature: effective size, accepted, distinct particles"]
    lines += [
        f"  {s.temperature:.3f}: {s.ess:.0f}, {s.acceptance:.2f}, {s.distinct}"
        for s in found.stages
    ]
    below = [(b, found.threshold[b + 1e-9 >= THRESHOLDS].sum()) for b in (0.125, 0.15, 0.175, 0.2)]
    lines.append(
        f"threshold: mean {found.threshold_mean():.3f}; chance below "
        + ", ".join(f"{b:g}: {p:.2f}" for b, p in below)
    )
    lines.append(
        f"chance of a crossing in a quiet year, mean of the record's: {found.quiet_chance:.3f}"
    )
    return "\n".join(lines)


def span(three: tuple[float, float, float]) -> str:
    low, middle, high = three
    return f"{middle:.3g} ({low:.3g} to {high:.3g})"


def toml_lines(found: FastEstimate) -> str:
    return "\n".join(
        f"[{m.prior.name}]\nvalue = {m.after[1]:.3g}\nlow = {m.after[0]:.3g}\n"
        f"high = {m.after[2]:.3g}"
        for m in found.marginals
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--particles", type=int, default=PARTICLES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--toml", action="store_true")
    given = parser.parse_args()
    try:
        found = estimate_fast_layer(
            given.as_of, given.particles, given.seed, given.state, progress()
        )
        print(shown(found))
        if given.toml:
            print(toml_lines(found))
        if given.out:
            header = (
                f"500 joint draws of the fast layer's parameters; 2025 size of the economy\n"
                f"tools/estimate_fast_layer.py --as-of {given.as_of} --particles {given.particles} "
                f"--seed {given.seed}: sequential Monte Carlo, docs/validation.md"
            )
            write_atomically(given.out, draws_csv(found, header))
    except UstressError as error:
        sys.stderr.write(f"estimate: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
