"""How long the monitor takes: one date from a cold start, the whole past, and the past again.

    python -m benchmarks.monitor_history

Aims: under 2 s for a date, under 60 s for the past of every indicator and the composite.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATE_S, PAST_S = 2.0, 60.0


def timed(*words: str, cache: str) -> float:
    """Seconds of one run of the command line in a process of its own."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "ustress", "-q", *words],
        check=True, capture_output=True, env={**os.environ, "USTRESS_CACHE": cache},
    )  # fmt: skip
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "history.parquet")
        rows = [
            ("monitor, one date, cold", [timed("monitor", "--as-of", "2025-04-11", cache=folder)
                                         for _ in range(5)], DATE_S),
            ("monitor --since, cold", [timed("monitor", "--as-of", "2025-04-11", "--since",
                                             "2025-04-04", cache=folder)
                                       for _ in range(3)], DATE_S),
            ("whole past, nothing kept", [timed("monitor", "--history", file, cache=folder)],
             PAST_S),
            ("whole past again", [timed("monitor", "--history", file, cache=folder)
                                  for _ in range(3)], PAST_S),
        ]  # fmt: skip
    print(f"{'':<28}{'best s':>8}{'worst s':>9}{'aim s':>7}")
    for name, seconds, aim in rows:
        print(f"{name:<28}{min(seconds):>8.2f}{max(seconds):>9.2f}{aim:>7.0f}")


if __name__ == "__main__":
    main()
