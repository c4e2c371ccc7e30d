"""One compiled program that answers: does this path, under this schedule, go past return?

Each path has its own place on an axis (an amount sold, or any other key): schedules are stacked
along it and every path reads its own. The number of days is traced, so one compilation serves
every pace. Nothing is recorded but the largest dysfunction at a close and the path's status.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from ustress.core.status import PathStatus
from ustress.model.market import initial_state, step
from ustress.model.precision import FAST
from ustress.model.types import Array, Inputs, Opening, Parameters, Policy, Switches, status_code
from ustress.simulate.cache import use_compilation_cache
from ustress.simulate.engine import WORKERS
from ustress.simulate.frontier.design import Design
from ustress.simulate.kernel import by_path, for_each_path
from ustress.simulate.schedule import Schedule
from ustress.simulate.sessions import PER_DAY
from ustress.simulate.shocks import base_key, path_keys, session_shocks

BLOCK = 500
"""Paths in one call of the compiled program, the last ones padded."""
PLACES = 20
"""Schedules stacked in one call."""
Ints = NDArray[np.int64]


class Fate(NamedTuple):
    """What became of paths: max S less b at a close, and whether they broke, `(paths,)`."""

    margin: NDArray[np.float64]
    broke: NDArray[np.bool_]

    @property
    def past_return(self) -> NDArray[np.bool_]:
        """S > b at some close, or a named break."""
        return np.asarray((self.margin > 0.0) | self.broke)


class Trials(NamedTuple):
    """Everything trials need besides paths and places; `varies` marks leaves that differ."""

    market: Opening
    seed: int
    days: int
    schedule: Callable[[float], Schedule]
    varies: Schedule
    workers: int = WORKERS


def trials(
    market: Opening,
    seed: int,
    days: int,
    schedule: Callable[[float], Schedule],
    ends: Sequence[float],
    workers: int = WORKERS,
) -> Trials:
    """Trials along an axis: `schedule` at a value of it; `ends` are some of its values.

    What is imposed is stacked whatever of it varies: one program then serves amounts and keys.
    """
    first, *rest = (schedule(value) for value in ends)
    varies = jax.tree.map(
        lambda a, *b: any(not np.array_equal(a, other) for other in b), first, *rest
    )
    varies = varies._replace(inputs=jax.tree.map(lambda _: True, varies.inputs))
    return Trials(market, seed, days, schedule, varies, workers)


def run(given: Trials, design: Design, which: Ints, values: NDArray[np.float64]) -> Fate:
    """The fate of the paths `which` of the design, each at its own value on the axis.

    Args:
        given: the axis and the market.
        design: paths and parameters.
        which: (n,) indices into the design.
        values: (n,) places on the axis.
    """
    use_compilation_cache()
    margin, broke = np.empty(which.size), np.empty(which.size, np.bool_)
    jobs = [
        part
        for some in _places(values)
        for part in np.split(some, range(BLOCK, some.size, BLOCK))
        if part.size
    ]
    one = partial(_one, given, design, which, values, margin, broke)
    with ThreadPoolExecutor(max(1, min(given.workers, os.cpu_count() or 1))) as pool:
        list(pool.map(one, jobs))
    return Fate(margin, broke)


def _places(values: NDArray[np.float64]) -> list[Ints]:
    """Indices by group, each with at most `PLACES` different values."""
    distinct, place = np.unique(values, return_inverse=True)
    groups = range(0, distinct.size, PLACES)
    return [np.flatnonzero((place >= i) & (place < i + PLACES)) for i in groups]


def _one(
    given: Trials,
    design: Design,
    which: Ints,
    values: NDArray[np.float64],
    margin: NDArray[np.float64],
    broke: NDArray[np.bool_],
    part: Ints,
) -> None:
    """One block: run, and put its paths' fates where they belong."""
    padded = np.resize(part, BLOCK)
    distinct, place = np.unique(values[part], return_inverse=True)
    stacked = _stack(given, distinct)
    rows = which[padded]
    parameters = by_path(design.rows(rows), BLOCK, FAST)
    S, status = _block(
        base_key(given.seed), design.numbers[rows], np.resize(place, BLOCK).astype(np.int32),
        np.int32(given.days * PER_DAY), _single(given.market), stacked.inputs, stacked.policy,
        stacked.switches, parameters, dtype=FAST,
    )  # fmt: skip
    largest = np.asarray(S, np.float64)[: part.size]
    threshold = np.asarray(parameters.threshold, np.float64)
    broke[part] = np.asarray(status)[: part.size] != status_code(PathStatus.OK)
    margin[part] = largest - threshold[: part.size]


def _single(tree: Any) -> Any:
    return jax.tree.map(lambda leaf: np.asarray(leaf, FAST), tree)


def _stack(given: Trials, distinct: NDArray[np.float64]) -> Schedule:
    """Schedules stacked along a new first axis; leaves that do not vary are kept once."""
    found = [given.schedule(float(value)) for value in distinct]
    found += [found[-1]] * (PLACES - len(found))

    def join(varies: bool, *leaves: Any) -> Any:
        return np.stack([np.asarray(a, FAST) for a in (leaves if varies else leaves[:1])])

    joined: Schedule = jax.tree.map(join, given.varies, *found)
    return joined


@partial(jax.jit, static_argnames=("dtype",))
def _block(
    base: Array,
    numbers: Array,
    place: Array,
    sessions: Array,
    opening: Opening,
    inputs: Inputs,
    policy: Policy,
    switches: Switches,
    parameters: Parameters,
    dtype: Any,
) -> tuple[Array, Array]:
    keys = path_keys(base, numbers)

    def own(leaf: Array) -> Array:
        return leaf[0] if leaf.shape[0] == 1 else jnp.take(leaf, place, axis=0, mode="clip")

    rule, present = jax.tree.map(own, policy), jax.tree.map(own, switches)

    def session(number: Array, state: Any) -> Any:
        day, part = number // PER_DAY, number % PER_DAY
        now = jax.tree.map(lambda leaf: own(leaf[:, day, part]), inputs)
        now = for_each_path(now, 1.0, parameters)
        shocks = session_shocks(keys, number.astype(jnp.uint32), dtype)
        return step(state, shocks, now, rule, present, parameters)[0]

    state = jax.lax.fori_loop(0, sessions, session, initial_state(opening, parameters))
    return state.max_close_dysfunction, state.status
