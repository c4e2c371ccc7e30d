"""The fold of a long run: block after block into a tally, kept on disk as it grows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ustress.core.progress import Progress, silent
from ustress.simulate import events
from ustress.simulate.engine import BLOCK_PATHS, WORKERS, Task, blocks
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.stream.parts import read_part, write_part
from ustress.simulate.stream.tally import Tally, empty

PART_BLOCKS = 20
"""Blocks between two writings of what is finished."""


def tally_of(
    task: Task,
    paths: int,
    asked: tuple[str, ...],
    identity: dict[str, Any],
    folder: Path | None = None,
    progress: Progress = silent,
    label: str = "simulate",
    workers: int = WORKERS,
) -> Tally:
    """Count `paths` paths; a folder makes it go on where an earlier attempt stopped.

    Args:
        task: opening, schedule, parameters and seed.
        paths: how many.
        asked: events about observables to count first days of.
        identity: what makes this run, plain values; another run's part is refused.
        folder: where the finished part is kept, None nowhere.
        progress: told after each block.
        label: what progress calls the job.
        workers: blocks computed at the same time.

    Raises:
        BadInputError: if the folder holds a part of another run.
        CannotError: if the disk refuses.
    """
    names, declared = tuple(OBSERVABLES), tuple(events.parse(text) for text in asked)
    tally = None if folder is None else read_part(folder, identity, names, declared)
    done = 0 if tally is None else tally.paths
    progress(label, done, paths)
    for first, block in blocks(task, range(done, paths, BLOCK_PATHS), names, workers=workers):
        tally = tally or empty(names, declared, task.schedule.days, block)
        tally.add(first, block, min(BLOCK_PATHS, paths - first))
        progress(label, tally.paths, paths)
        unfinished = tally.paths < paths
        if folder and unfinished and (first // BLOCK_PATHS + 1) % PART_BLOCKS == 0:
            write_part(folder, identity, tally)
    assert tally is not None  # at least one path is asked for
    return tally
