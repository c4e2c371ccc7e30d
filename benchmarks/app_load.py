"""Fifty readers of the application on loopback while a simulation runs: latencies and errors.

Starts a server of its own on a free port, asks for a simulation, then lets each reader fetch pages
in turn with a pause between, for a bounded number of requests and seconds. Loopback only.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

READERS = 50
REQUESTS = 8
PAUSE_S = 1.0
LONGEST_S = 120.0
DAY = "as_of=2025-04-11"
PAGES = (
    f"/?{DAY}",
    f"/history/curve.10y?{DAY}",
    "/episodes",
    "/claims",
    "/data",
    f"/what-if?{DAY}",
    f"/charts/ten-year.json?{DAY}&size=wide",
    f"/api/v1/monitor?{DAY}",
)
RESULTS = Path(__file__).parent / "results" / "app_load.json"


async def fetch(
    host: str, port: int, to: str, method: str = "GET", body: str = ""
) -> tuple[int, bytes]:
    """One request on a connection of its own, as a browser makes it: status and body."""
    reader, writer = await asyncio.open_connection(host, port)
    head = f"{method} {to} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
    head += "Accept-Encoding: gzip\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    writer.write(head.encode())
    await writer.drain()
    answer = await reader.read()
    writer.close()
    head_, _, got = answer.partition(b"\r\n\r\n")
    return int(head_.split(b" ", 2)[1]), got


async def read(host: str, port: int, who: int, taken: list[float], errors: list[int]) -> None:
    """One reader: some pages, a pause after each."""
    await asyncio.sleep(PAUSE_S * who / READERS)
    for i in range(REQUESTS):
        began = time.perf_counter()
        status, _ = await fetch(host, port, PAGES[(who + i) % len(PAGES)])
        taken.append(time.perf_counter() - began)
        if status != 200:
            errors.append(status)
        await asyncio.sleep(PAUSE_S)


async def simulate(host: str, port: int, seed: int) -> str:
    """Ask for a simulation of 20,000 paths; the job's name."""
    ask = {"scenario": "baseline", "as_of": "2025-04-11", "paths": 20_000, "seed": seed}
    _, body = await fetch(host, port, "/api/v1/runs", "POST", json.dumps(ask))
    return str(json.loads(body)["id"])


async def state(host: str, port: int, job: str) -> dict[str, Any]:
    """Where a job stands."""
    _, body = await fetch(host, port, f"/api/v1/jobs/{job}")
    found: dict[str, Any] = json.loads(body)
    return found


async def load(host: str, port: int) -> dict[str, object]:
    """All readers at once, while simulations run."""
    for to in PAGES:  # the first reader of a page waits for it to be made
        await fetch(host, port, to)
    jobs = [await simulate(host, port, seed) for seed in range(100, 108)]
    while (await state(host, port, jobs[0]))["done"] == 0:
        await asyncio.sleep(0.2)
    taken: list[float] = []
    errors: list[int] = []
    await asyncio.wait_for(
        asyncio.gather(*(read(host, port, who, taken, errors) for who in range(READERS))),
        LONGEST_S,
    )
    states = [(await state(host, port, job))["state"] for job in jobs]
    ordered = sorted(1000 * t for t in taken)
    return {
        "readers": READERS,
        "requests": len(ordered),
        "errors": len(errors),
        "median_ms": round(statistics.median(ordered), 1),
        "q95_ms": round(ordered[int(0.95 * len(ordered))], 1),
        "worst_ms": round(ordered[-1], 1),
        "simulations_ended_meanwhile": states.count("done"),
        "simulation_running_at_the_end": "running" in states,
        "cores": os.cpu_count(),
        "load_of_machine": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    """Start, measure, write down, end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ustress", "serve", "--port", "0"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    place = urlsplit(process.stdout.readline().strip())
    try:
        found = asyncio.run(load(place.hostname or "127.0.0.1", place.port or 0))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
