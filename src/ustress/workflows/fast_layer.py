"""Re-estimating the fast layer: an offline job, resumable, with progress."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.progress import Progress, silent
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.calibrate.fast.result import FastEstimate


def estimate_fast_layer(
    as_of: str | date | None = None,
    particles: int | None = None,
    seed: int = 1,
    folder: Path | None = None,
    progress: Progress = silent,
) -> FastEstimate:
    """The posterior of the fast layer's parameters from what was known by the end of `as_of`.

    Args:
        as_of: a day or its text; None is today.
        particles: how many; None is a thousand.
        seed: of the sampler.
        folder: where its state is kept; a job interrupted goes on from there.
        progress: told per cent of the way.

    Raises:
        BadInputError: for a wrong date, too few particles, or another job's state.
        CannotError: if a figure is missing or the folder cannot be written.
    """
    from ustress.calibrate.fast.record import fast_record
    from ustress.calibrate.fast.result import PARTICLES, estimate_fast
    from ustress.data.store import Store

    record = fast_record(Store().panel(resolve_day(as_of)))
    state = None if folder is None else folder / "fast-layer.npz"
    return estimate_fast(record, particles or PARTICLES, seed, state, progress)
