"""Two hundred kills at random moments of a writer at work; run by `make soak`, not by `make test`.

The result and its date are kept in `benchmarks/results/kills.json`.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

from data.kills import run_kills

KEPT = Path(__file__).resolve().parents[2] / "benchmarks" / "results" / "kills.json"
KILLS = 200


def test_two_hundred_kills(tmp_path: Path) -> None:
    """Property: between the first and the last write, nothing reported as stored is lost."""
    seed = time.time_ns() % 1_000_000
    begin = time.monotonic()
    result = run_kills(tmp_path, kills=KILLS, seed=seed)
    KEPT.parent.mkdir(exist_ok=True)
    took = round(time.monotonic() - begin, 1)
    said = {"date": time.strftime("%Y-%m-%d"), "seed": seed, "seconds": took, **asdict(result)}
    KEPT.write_text(json.dumps(said, indent=1) + "\n")
    assert result.kills == KILLS
    assert result.lost == 0
