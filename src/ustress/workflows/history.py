"""The daily (or, where they are so published, weekly and monthly) past of the whole monitor."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError, CannotError
from ustress.core.files import check_writable, write_atomically
from ustress.core.progress import Progress, silent
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    import polars as pl

    from ustress.monitor.long_history import Past, Whole

ENDINGS = (".csv", ".parquet")
# One file of results; a change of its form changes its name.
CACHE = "monitor-history-1.npz"


@dataclass(frozen=True, slots=True)
class WrittenHistory:
    """Where the history went and what is in it; `reused` percentiles came from the cache."""

    path: str
    as_of: date
    indicators: int
    rows: int
    reused: int
    missing: dict[str, str]


def write_history(
    file: Path, as_of: str | date | None = None, progress: Progress = silent
) -> WrittenHistory:
    """Write every indicator's past and the composite's to a file, complete or not at all.

    Raises:
        BadInputError: if the date is wrong or the ending is neither .csv nor .parquet.
        CannotError: if the file cannot be written; found before the work starts.
    """
    if file.suffix not in ENDINGS:
        raise BadInputError(f"--history {file}: expected a name ending in {' or '.join(ENDINGS)}")
    check_writable(file)
    found, day = _compute(as_of, progress)
    buffer = io.BytesIO()
    table = frame_of(found)
    if file.suffix == ".csv":
        table.write_csv(buffer)
    else:
        table.write_parquet(buffer)
    write_atomically(file, buffer.getvalue())
    return WrittenHistory(
        str(file), day, len(found.pasts), found.rows, found.reused, dict(found.missing)
    )


def market_history(as_of: str | date | None = None, progress: Progress = silent) -> pl.DataFrame:
    """The same as a polars frame: key, family, unit, day, value, known_from, percentile."""
    return frame_of(_compute(as_of, progress)[0])


def _compute(as_of: str | date | None, progress: Progress) -> tuple[Whole, date]:
    from ustress.data.store import Store
    from ustress.monitor.long_history import whole_history

    day = resolve_day(as_of)
    found = whole_history(Store().panel(day), read_cache(), progress)
    write_cache(found)
    return found, day


def frame_of(found: Whole) -> pl.DataFrame:
    """A history in long form."""
    import polars as pl

    parts = [
        pl.DataFrame(
            {
                "key": [past.key] * past.dates.size,
                "family": past.family,
                "unit": past.unit,
                "day": past.dates,
                "value": past.values,
                "known_from": past.known,
                "percentile": past.percentile,
            }
        )
        for past in found.pasts
    ]
    table = pl.concat(parts)
    return table.with_columns(pl.col("percentile").fill_nan(None))


def cache_path() -> Path:
    """Where results of earlier runs are kept: `USTRESS_CACHE`, else the user's cache directory."""
    from ustress.core.cache import cache_directory

    return cache_directory() / CACHE


def read_cache() -> dict[str, Past]:
    """What an earlier run computed; nothing if there is none or it cannot be read."""
    import numpy as np

    from ustress.monitor.long_history import Past

    found: dict[str, Past] = {}
    try:
        # from memory: a damaged file must not stay open
        with np.load(io.BytesIO(cache_path().read_bytes()), allow_pickle=False) as tables:
            for name in tables.files:
                if name.endswith("|dates"):
                    key = name.removesuffix("|dates")
                    dates, values = tables[name], tables[f"{key}|values"]
                    pct = tables[f"{key}|percentile"]
                    if dates.size == values.size == pct.size:
                        found[key] = Past(key, "", "", dates, values, dates, pct)
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, EOFError):
        return {}
    return found


def write_cache(found: Whole) -> None:
    """Keep the results; a disk that refuses costs the next run a second, nothing else."""
    import numpy as np

    arrays: dict[str, np.ndarray] = {}
    for past in found.pasts:
        arrays[f"{past.key}|dates"] = past.dates
        arrays[f"{past.key}|values"] = past.values
        arrays[f"{past.key}|percentile"] = past.percentile
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    try:
        write_atomically(cache_path(), buffer.getvalue())
    except (CannotError, RuntimeError):  # RuntimeError: no home directory
        return
