"""Cold start: how long a verb takes in a fresh process, against Python's own start in the same run.

    python benchmarks/cold_start.py [--runs 15] [--json]

Every round runs each command once, in turn, so that whatever else the machine does meets all of
them alike; the medians are printed with the smallest and the largest. The limits are the project's:
`--help` under 0.3 s, `monitor` under 2 s.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PYTHON = "python -c pass"
DATE = "2025-04-11"
COMMANDS = {
    PYTHON: ("-c", "pass"),
    "python -c 'import numpy'": ("-c", "import numpy"),
    "ustress --version": ("-m", "ustress", "--version"),
    "ustress --help": ("-m", "ustress", "--help"),
    f"ustress monitor --as-of {DATE}": ("-m", "ustress", "monitor", "--as-of", DATE),
}
LIMITS_S = {"ustress --help": 0.3, f"ustress monitor --as-of {DATE}": 2.0}


def once(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """Seconds from starting the process to its end.

    Raises:
        RuntimeError: if it fails, with its standard error.
    """
    begin = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, *arguments], capture_output=True, env=environment, check=False
    )
    taken = time.perf_counter() - begin
    if ran.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {ran.stderr.decode().strip()}")
    return taken


def measure(runs: int) -> dict[str, list[float]]:
    """Seconds by command; the first round, which fills the disk's cache, is thrown away."""
    found: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"USTRESS_HOME": home}
        for round_ in range(runs + 1):
            for name, arguments in COMMANDS.items():
                taken = once(arguments, environment)
                if round_:
                    found[name].append(taken)
    return found


def table(found: dict[str, list[float]]) -> str:
    base = statistics.median(found[PYTHON])
    lines = [f"{'command':<36}{'median s':>10}{'min':>8}{'max':>8}{'over python':>13}{'limit':>8}"]
    for name, taken in found.items():
        middle = statistics.median(taken)
        limit = f"{LIMITS_S[name]:.1f}" if name in LIMITS_S else ""
        over = "" if name == PYTHON else f"{middle - base:+.3f}"
        lines.append(
            f"{name:<36}{middle:>10.3f}{min(taken):>8.3f}{max(taken):>8.3f}{over:>13}{limit:>8}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be 1 or more")
    try:
        found = measure(options.runs)
    except RuntimeError as error:
        sys.exit(f"cold start: {error}")
    print(json.dumps(found) if options.json else table(found))
    cores, load = os.cpu_count(), os.getloadavg()[0]
    where = Path(sys.executable).name
    print(f"{where} {sys.version.split()[0]}, {cores} cores, load {load:.1f}", file=sys.stderr)


if __name__ == "__main__":
    main()
