"""The engine: fold the market's step over sessions, map it over paths, in blocks of fixed size.

A block is always `BLOCK_PATHS` paths, the last one padded, and runs in stretches of `STRETCH_DAYS`
days of which as many are computed as are asked for. So one compiled program serves any number of
paths and any horizon, and gives the same bytes for any chunking or number of workers. Scenario,
policy, switches and parameters are traced: scenarios share the compilation too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import jax
import numpy as np
from numpy.typing import NDArray

from ustress.core.progress import Progress, silent
from ustress.model.precision import FAST
from ustress.model.types import Array, Opening, Parameters
from ustress.simulate.blocks import blocks_in_order
from ustress.simulate.cache import use_compilation_cache
from ustress.simulate.kernel import STRETCH_DAYS, advance, begin, by_path, ends_of
from ustress.simulate.kernel import Ends as Ends
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.schedule import Schedule
from ustress.simulate.shocks import base_key

BLOCK_PATHS = 1000
WORKERS = 2
"""Blocks computed at the same time: one per core of the smallest machine meant."""


class Lanes(NamedTuple):
    """Which paths stand in a block's lanes, and what each multiplies the imposed sales by.

    number: (lanes,) whole numbers; a path's shocks depend on it. sale_factor: (lanes,).
    """

    number: Array
    sale_factor: Array


def in_order(first: int, count: int) -> Lanes:
    """Path i in lane i, sales as the scenario has them."""
    return Lanes(np.arange(first, first + count, dtype=np.uint32), np.ones(count))


class Task(NamedTuple):
    """Everything a run needs besides the number of its paths.

    `parameters(first, count)` gives the joint draws of the lanes `first` to `first + count - 1`,
    `lanes(first, count)` the paths that stand in them. With lanes of one's own many amounts, or
    each path's own amount, go through one fold on common shocks.
    """

    opening: Opening
    schedule: Schedule
    parameters: Callable[[int, int], Parameters]
    seed: int
    lanes: Callable[[int, int], Lanes] = in_order


class Closes(NamedTuple):
    """Daily closes by observable (paths, days + 1), single precision, and the paths' ends."""

    observables: dict[str, NDArray[np.float32]]
    ends: Ends


class Block(NamedTuple):
    """One block as NumPy arrays: closes by observable (days + 1, lanes), and ends."""

    closes: dict[str, NDArray[np.float32]]
    ends: Ends


def fold(
    task: Task,
    paths: int,
    progress: Progress = silent,
    label: str = "simulate",
    dtype: Any = FAST,
    workers: int = WORKERS,
    names: tuple[str, ...] | None = None,
) -> Closes:
    """Run `paths` paths and collect their daily closes.

    Args:
        task: opening, schedule, parameters and seed.
        paths: how many, at least one.
        progress: told after each block.
        label: what progress calls the job.
        dtype: precision of the simulation.
        workers: blocks computed at the same time.
        names: the observables to record; None records all. Another choice is another program.
    """
    asked = tuple(OBSERVABLES) if names is None else names
    closes = _empty(paths, task.schedule.days, asked)
    progress(label, 0, paths)
    for first, block in blocks(task, range(0, paths, BLOCK_PATHS), asked, dtype, workers):
        done = first + _place(closes, first, block)
        progress(label, done, paths)
    return closes


def fold_ends(
    task: Task,
    paths: int,
    progress: Progress = silent,
    label: str = "simulate",
    dtype: Any = FAST,
    workers: int = WORKERS,
) -> Ends:
    """Run `paths` paths and keep nothing but what became of each; arguments as in `fold`.

    Nothing is recorded by day, so what only observables need is not computed.
    """
    return fold(task, paths, progress, label, dtype, workers, ()).ends


def blocks(
    task: Task, firsts: range, names: tuple[str, ...], dtype: Any = FAST, workers: int = WORKERS
) -> Any:
    """(first path, `Block`) for each of `firsts`, in that order."""
    use_compilation_cache()
    return blocks_in_order(_runner(task, names, dtype), firsts, workers)


def _runner(task: Task, names: tuple[str, ...], dtype: Any) -> Callable[[int], Block]:
    """A function from a block's first path to the block."""
    base = base_key(task.seed)
    cast = partial(jax.tree.map, lambda leaf: np.asarray(leaf, dtype))
    opening, plan = cast(task.opening), cast(task.schedule)
    stretches = _stretches(plan.inputs, task.schedule.days)

    def run(first: int) -> Block:
        lanes = task.lanes(first, BLOCK_PATHS)
        draws = by_path(task.parameters(first, BLOCK_PATHS), BLOCK_PATHS, dtype)
        factor = cast(lanes.sale_factor)
        numbers = np.asarray(lanes.number, np.uint32)
        at, opened = begin(base, numbers, opening, draws, names)
        pieces = [{name: np.asarray(row)[None] for name, row in opened.items()}]
        for days, inputs in stretches:
            at, closes = advance(
                at, days, inputs, factor, plan.policy, plan.switches, draws, names, dtype
            )
            pieces.append({name: np.asarray(rows)[:days] for name, rows in closes.items()})
        whole = {name: np.concatenate([piece[name] for piece in pieces]) for name in names}
        return Block(whole, jax.tree.map(np.asarray, ends_of(at)))

    return run


def _stretches(inputs: Any, days: int) -> list[tuple[int, Any]]:
    """The schedule cut into stretches of one shape, the last filled up with its last day."""
    found = []
    for start in range(0, days, STRETCH_DAYS):
        rows = np.minimum(np.arange(start, start + STRETCH_DAYS), days - 1)
        part = jax.tree.map(lambda leaf, rows=rows: np.asarray(leaf)[rows], inputs)
        found.append((min(STRETCH_DAYS, days - start), part))
    return found


def _empty(paths: int, days: int, names: tuple[str, ...]) -> Closes:
    shape = (paths, days + 1)
    ends = Ends(*(np.empty(paths, np.int32) for _ in Ends._fields))
    return Closes({name: np.empty(shape, np.float32) for name in names}, ends)


def _place(closes: Closes, first: int, block: Block) -> int:
    """Copy a block into its rows, padding left out; returns how many paths that were."""
    count = min(BLOCK_PATHS, int(closes.ends.status.size) - first)
    rows = slice(first, first + count)
    for name, target in closes.observables.items():
        target[rows] = block.closes[name][:, :count].T
    for target, found in zip(closes.ends, block.ends, strict=True):
        target[rows] = found[:count]
    return count
