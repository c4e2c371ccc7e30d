"""Speed of the store in a running process, with five million vintage rows, against pandas.

    python benchmarks/store_speed.py [--runs 9] [--json] [--keep FILE]

Forty daily series over 35 years (9,125 days each), 14 vintages a day: 5.11 million rows in one
segment. Measured: a panel of all forty as of a date, cold (nothing of it read yet, the engine
started) and warm (read before, another date); one series; the same two questions put to pandas,
which holds the same rows in memory in the form that suits it best (categorical names, sorted by
name, day and known-from date) and only filters; importing a CSV file of a million rows. Medians,
with the smallest and the largest. Answers are compared before anything is timed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from ustress.data.catalogue import catalogue
from ustress.data.importing.take import take
from ustress.data.intake import take_in_frame
from ustress.data.query import database
from ustress.data.store import Store

SERIES, DAYS, VINTAGES = 40, 9_125, 14
FIRST = date(1990, 1, 1)
LIMITS = {
    "panel of 40, warm": 0.100,
    "panel of 40, cold": 0.400,
    "one series": 0.010,
    "import of 1,000,000 rows": 5.0,
}
TIMES_FASTER = 5.0


def rows() -> pl.DataFrame:
    """Every vintage: known a day after its day, then revised every 30 days."""
    names = [n for n, i in catalogue().items() if i.unit == "pct" and not i.comparator][:SERIES]
    rng = np.random.default_rng(7)
    days = np.arange(DAYS) + FIRST.toordinal() - 719_163
    day = np.tile(np.repeat(days, VINTAGES), SERIES).astype(np.int32)
    known = day + np.tile(1 + 30 * np.arange(VINTAGES), SERIES * DAYS).astype(np.int32)
    value = np.round(rng.normal(4.0, 1.0, day.size), 2)
    return pl.DataFrame(
        {
            "series": pl.Series(names).gather(np.repeat(np.arange(SERIES), DAYS * VINTAGES)),
            "day": pl.Series(day).cast(pl.Date),
            "value": value,
            "known_from": pl.Series(known).cast(pl.Date),
            "known_exact": np.ones(day.size, np.bool_),
            "source": pl.repeat("benchmark#" + "0" * 64, day.size, eager=True),
            "retrieved": pl.Series(known).cast(pl.Date),
        }
    )


def in_pandas(table: pl.DataFrame) -> pd.DataFrame:
    """The columns an answer needs, in pandas' best form."""
    frame = pd.DataFrame(
        {
            "series": pd.Categorical(table["series"].to_list()),
            "day": table["day"].to_numpy(),
            "known_from": table["known_from"].to_numpy(),
            "value": table["value"].to_numpy(),
        }
    )
    return frame.sort_values(["series", "day", "known_from"], ignore_index=True)


def pandas_panel(frame: pd.DataFrame, names: list[str], as_of: date) -> pd.DataFrame:
    """The same question: of each series and day, the newest value known by the date."""
    seen = frame[(frame["known_from"] <= pd.Timestamp(as_of)) & frame["series"].isin(names)]
    return seen.drop_duplicates(["series", "day"], keep="last")


def timed(job: Callable[[], object], runs: int, before: Callable[[], object] = int) -> list[float]:
    """Seconds of each run; `before` is not counted."""
    taken = []
    for _ in range(runs):
        before()
        begin = time.perf_counter()
        job()
        taken.append(time.perf_counter() - begin)
    return taken


def measure(runs: int, folder: Path) -> dict[str, list[float]]:
    """Seconds by what was asked."""
    table = rows()
    store = Store(folder / "home", None)
    take_in_frame(store, table, retrieved=date(2030, 1, 1), trusted=True)
    frame, names = in_pandas(table), table["series"].unique(maintain_order=True).to_list()
    dates = [FIRST + timedelta(days=int(d)) for d in np.linspace(4_000, DAYS + 400, runs + 1)]
    agree(store, frame, names, dates[runs // 2])
    one, ask = names[17], iter(dates * 50)
    root = store.root

    def forget() -> None:
        database.cache_clear()

    def panel(cold: bool = False) -> None:
        s = Store(root, None) if cold else store
        s.panel(next(ask), names)

    store.panel(dates[0], names)
    found = {
        "panel of 40, cold": timed(lambda: panel(cold=True), runs, forget),
        "panel of 40, warm": timed(panel, runs),
        "panel of 40, pandas": timed(lambda: pandas_panel(frame, names, next(ask)), runs),
        "one series": timed(lambda: store.series(one, next(ask)), runs),
        "one series, cold": timed(
            lambda: Store(root, None).series(one, next(ask)), runs, forget
        ),
        "one series, pandas": timed(lambda: pandas_panel(frame, [one], next(ask)), runs),
    }  # fmt: skip
    return found | {"import of 1,000,000 rows": importing(folder, min(runs, 3))}


def agree(store: Store, frame: pd.DataFrame, names: list[str], as_of: date) -> None:
    """Both give the same answer, value by value.

    Raises:
        RuntimeError: if they do not.
    """
    panel = store.panel(as_of, names)
    ours = np.concatenate([panel[name].values for name in names])
    wanted = pandas_panel(frame, names, as_of)
    by_name = {str(n): g["value"].to_numpy() for n, g in wanted.groupby("series", observed=True)}
    theirs = np.concatenate([by_name[name] for name in names])
    if not np.array_equal(ours, theirs):
        raise RuntimeError("store and pandas disagree")


def importing(folder: Path, runs: int) -> list[float]:
    """Reading a CSV file of 100,000 days by ten series, and storing all of it, durably."""
    rng = np.random.default_rng(8)
    days = pl.date_range(date(1850, 1, 1), date(1850, 1, 1) + timedelta(days=99_999), eager=True)
    columns = {f"c{i}": np.round(rng.normal(4.0, 0.1, 100_000), 3) for i in range(10)}
    file, mapping = folder / "million.csv", folder / "million.toml"
    pl.DataFrame({"date": days, **columns}).write_csv(file)
    blocks = [
        f'[[series]]\ncolumn = "c{i}"\nseries = "own.c{i}"\nunit = "pct"\n' for i in range(10)
    ]
    mapping.write_text('[date]\ncolumn = "date"\n' + "\n".join(blocks))
    homes = iter(folder / f"import-{n}" for n in range(runs))

    def job() -> None:
        done = take(Store(next(homes), None), file, mapping, date(2130, 1, 1))
        if done.intake.added != 1_000_000:
            raise RuntimeError(f"{done.intake.added} rows were stored, not a million")

    return timed(job, runs)


def report(found: dict[str, list[float]]) -> str:
    lines = [f"{'asked':<28}{'median ms':>11}{'min':>9}{'max':>9}{'limit':>9}"]
    for name, taken in found.items():
        ms = [1000 * x for x in (statistics.median(taken), min(taken), max(taken))]
        limit = f"{1000 * LIMITS[name]:,.0f}" if name in LIMITS else ""
        lines.append(f"{name:<28}{ms[0]:>11,.1f}{ms[1]:>9,.1f}{ms[2]:>9,.1f}{limit:>9}")
    for what in ("panel of 40", "one series"):
        ours = found["panel of 40, warm" if what == "panel of 40" else what]
        faster = statistics.median(found[f"{what}, pandas"]) / statistics.median(ours)
        lines.append(f"{what}: {faster:.1f} times pandas (at least {TIMES_FASTER:g} wanted)")
    return "\n".join(lines)


def kept(found: dict[str, list[float]]) -> dict[str, Any]:
    """The result with what it was measured on."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "rows": SERIES * DAYS * VINTAGES,
        "seconds": {name: [round(x, 5) for x in taken] for name, taken in found.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="also write the result here")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="store-speed-"))
    try:
        found = measure(max(options.runs, 1), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = json.dumps(kept(found), indent=1)
    print(text if options.json else report(found))
    if options.keep:
        options.keep.write_text(text + "\n")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)


if __name__ == "__main__":
    main()
