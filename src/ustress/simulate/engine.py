"""The engine: fold the market's step over sessions, map it over paths, in blocks of fixed size.

A block is always `BLOCK_PATHS` paths, the last one padded, so that one compiled program serves
any number of paths and gives the same bytes for any chunking or number of threads. Scenario,
policy, switches and parameters are traced: scenarios share one compilation per horizon.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from ustress.core.progress import Progress, silent
from ustress.core.status import PathStatus
from ustress.model.market import initial_state, step
from ustress.model.precision import FAST
from ustress.model.types import (
    Array,
    Inputs,
    Opening,
    Parameters,
    Policy,
    Switches,
    status_code,
)
from ustress.simulate.cache import use_compilation_cache
from ustress.simulate.record import close, opening_close
from ustress.simulate.schedule import Schedule
from ustress.simulate.sessions import PER_DAY
from ustress.simulate.shocks import base_key, path_keys, session_shocks

BLOCK_PATHS = 1000
IN_FLIGHT = 2
"""Blocks computed at the same time: one per core of the smallest machine meant."""


class Ends(NamedTuple):
    """What is known of a path only at its end, `(paths,)`; days count from 1, -1 is never."""

    status: Array
    first_crossing_day: Array
    decision_day: Array
    break_day: Array


class Task(NamedTuple):
    """Everything a run needs besides the number of its paths.

    `parameters(first, count)` gives the joint draws of the paths `first` to `first + count - 1`.
    """

    opening: Opening
    schedule: Schedule
    parameters: Callable[[int, int], Parameters]
    seed: int


class Closes(NamedTuple):
    """Daily closes by observable (paths, days + 1), single precision, and the paths' ends."""

    observables: dict[str, NDArray[np.float32]]
    ends: Ends


@partial(jax.jit, static_argnames=("count", "dtype"))
def _block(
    base: Array,
    first: Array,
    opening: Opening,
    inputs: Inputs,
    policy: Policy,
    switches: Switches,
    parameters: Parameters,
    count: int,
    dtype: Any,
) -> tuple[dict[str, Array], dict[str, Array], Ends]:
    keys = path_keys(base, first, count)
    state = initial_state(opening, parameters)

    def session(state: Any, given: tuple[Array, Inputs]) -> tuple[Any, dict[str, Array]]:
        number, now = given
        # A sale's ten-year equivalents are each path's own: they are a parameter.
        now = now._replace(sale_x_usdbn=now.sale_x_usdbn * parameters.x_per_par_sellers)
        shocks = session_shocks(keys, number, dtype)
        state, seen = step(state, shocks, now, policy, switches, parameters)
        return state, close(seen)

    def day(state: Any, given: tuple[Array, Inputs]) -> tuple[Any, tuple[dict[str, Array], Array]]:
        state, sessions = jax.lax.scan(session, state, given)
        return state, (jax.tree.map(lambda leaf: leaf[-1], sessions), state.status)

    days = inputs.day.shape[0]
    numbers = jnp.arange(days * PER_DAY, dtype=jnp.uint32).reshape(days, PER_DAY)
    opened = opening_close(opening, state.basis_usdbn / parameters.size_scale, parameters)
    state, (closes, statuses) = jax.lax.scan(day, state, (numbers, inputs))
    broken = statuses != status_code(PathStatus.OK)
    break_day = jnp.where(broken.any(axis=0), broken.argmax(axis=0) + 1, -1)
    ends = Ends(state.status, state.fed.first_crossing_day, state.fed.intervention_day, break_day)
    return opened, closes, ends


def fold(
    task: Task,
    paths: int,
    progress: Progress = silent,
    label: str = "simulate",
    dtype: Any = FAST,
    in_flight: int = IN_FLIGHT,
) -> Closes:
    """Run `paths` paths and collect their daily closes.

    Args:
        task: opening, schedule, parameters and seed.
        paths: how many, at least one.
        progress: told after each block.
        label: what progress calls the job.
        dtype: precision of the simulation.
        in_flight: blocks computed at the same time.
    """
    use_compilation_cache()
    run = _runner(task, dtype)
    closes = _empty(paths, task.schedule.days)
    done = 0
    progress(label, 0, paths)
    for first, block in _in_any_order(run, range(0, paths, BLOCK_PATHS), in_flight):
        done += _place(closes, first, block)
        progress(label, done, paths)
    return closes


def _runner(task: Task, dtype: Any) -> Callable[[int], Any]:
    """A function from a block's first path to its results as NumPy arrays."""
    base = base_key(task.seed)
    cast = partial(jax.tree.map, lambda leaf: np.asarray(leaf, dtype))
    opening, inputs = cast(task.opening), cast(task.schedule.inputs)
    policy, switches = cast(task.schedule.policy), cast(task.schedule.switches)

    def run(first: int) -> Any:
        draws = cast(task.parameters(first, BLOCK_PATHS))
        found = _block(
            base, np.uint32(first), opening, inputs, policy, switches, draws,
            count=BLOCK_PATHS, dtype=dtype,
        )  # fmt: skip
        return jax.tree.map(np.asarray, found)

    return run


def _in_any_order(
    run: Callable[[int], Any], firsts: range, in_flight: int
) -> Iterator[tuple[int, Any]]:
    """Blocks as they come; at most `in_flight` computed and not yet taken."""
    with ThreadPoolExecutor(max(1, min(in_flight, os.cpu_count() or 1))) as pool:
        waiting = iter(firsts)
        running: dict[Future[Any], int] = {}
        for first in waiting:
            running[pool.submit(run, first)] = first
            if len(running) < in_flight:
                continue
            yield from _taken(running)
        while running:
            yield from _taken(running)


def _taken(running: dict[Future[Any], int]) -> Iterator[tuple[int, Any]]:
    finished, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in finished:
        yield running.pop(future), future.result()


def _empty(paths: int, days: int) -> Closes:
    from ustress.simulate.names import OBSERVABLES

    shape = (paths, days + 1)
    ends = Ends(*(np.empty(paths, np.int32) for _ in Ends._fields))
    return Closes({name: np.empty(shape, np.float32) for name in OBSERVABLES}, ends)


def _place(closes: Closes, first: int, block: Any) -> int:
    """Copy a block into its rows, padding left out; returns how many paths that were."""
    opened, days, ends = block
    count = min(BLOCK_PATHS, int(closes.ends.status.size) - first)
    rows = slice(first, first + count)
    for name, target in closes.observables.items():
        target[rows, 0] = opened[name][:count]
        target[rows, 1:] = days[name][:, :count].T
    for target, found in zip(closes.ends, ends, strict=True):
        target[rows] = found[:count]
    return count
