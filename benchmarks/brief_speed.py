"""The brief: from nothing, from saved runs, and again, against reading the same runs with NumPy.

    python benchmarks/brief_speed.py [--json]

Each time stands beside the machine's load and the processor time behind it, and beside what it
takes a fresh Python with NumPy to read the saved runs, below which no brief from them can come.
The limits are the project's: 10 s from saved runs, 60 s from none. `nothing` has no compiled
program, no drawing and no answer kept; `saved runs` has the programs that made them, and what
`ustress validate`, `ustress replay` and `ustress claims` keep, since none hangs on a date;
`saved runs alone` has none of these answers.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATE = "2025-04-11"
SCENARIOS = ("baseline", "tactical-qe", "prolonged-disruption", "no-intervention")
READ = """
import sys, pathlib, numpy
for file in pathlib.Path(sys.argv[1]).rglob("paths.npz"):
    with numpy.load(file) as found:
        for name in found.files:
            found[name]
"""
LIMITS_S = {"from nothing": 60.0, "from saved runs": 10.0, "the same again": 10.0}


def timed(arguments: tuple[str, ...], cache: Path) -> tuple[float, float]:
    """Seconds by the clock and of processor time, children included.

    Raises:
        RuntimeError: if it fails, with its standard error.
    """
    environment = os.environ | {"USTRESS_CACHE": str(cache)}
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ran = subprocess.run(
        [sys.executable, *arguments], capture_output=True, env=environment, check=False
    )
    taken, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {ran.stderr.decode().strip()}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return taken, used


def measure(folder: Path) -> dict[str, tuple[float, float]]:
    """Seconds by what was asked."""
    cache, runs, out = folder / "cache", folder / "runs", str(folder / "brief.html")
    brief = ("-m", "ustress", "brief", "--as-of", DATE)
    found = {"from nothing": timed((*brief, "-o", out), cache)}
    for name in SCENARIOS:
        timed(("-m", "ustress", "run", name, "--as-of", DATE, "--out", str(runs / name)), cache)
    point = ("-m", "ustress", "breakpoint", "--as-of", DATE, "--json")
    (runs / "breakpoint.json").write_text(_output(point, cache))
    saved = (*brief, "--runs", str(runs), "-o")
    for name, gone in (
        ("from saved runs alone", ("briefs", "drawings", "answers", "counts")),
        ("from saved runs", ("briefs", "drawings")),
    ):
        for what in gone:
            shutil.rmtree(cache / what, ignore_errors=True)
        found[name] = timed((*saved, out), cache)
    found["the same again"] = timed((*saved, out), cache)
    found["the same as PDF"] = timed((*saved, str(folder / "brief.pdf")), cache)
    found["reading the runs alone"] = timed(("-c", READ, str(runs)), cache)
    return found


def _output(arguments: tuple[str, ...], cache: Path) -> str:
    environment = os.environ | {"USTRESS_CACHE": str(cache)}
    ran = subprocess.run(
        [sys.executable, *arguments], capture_output=True, env=environment, check=True
    )
    return ran.stdout.decode()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    if asked.json:
        print(json.dumps({"load": os.getloadavg()[0], "seconds": found}))
        return
    least = found["reading the runs alone"][0]
    print(f"{'':26} {'clock':>8} {'processor':>10} {'over reading':>13} {'limit':>7}")
    for name, (clock, used) in found.items():
        limit = f"{LIMITS_S[name]:5.0f} s" if name in LIMITS_S else ""
        print(f"{name:26} {clock:6.1f} s {used:8.1f} s {clock / least:12.1f} {limit:>8}")
    print(f"load at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
