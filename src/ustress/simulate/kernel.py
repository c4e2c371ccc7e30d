"""The compiled part of the engine: a block opens, and goes forward a stretch of days."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ustress.core.status import PathStatus
from ustress.model.market import initial_state, step
from ustress.model.types import (
    Array,
    Inputs,
    Observables,
    Opening,
    Parameters,
    Policy,
    State,
    Switches,
    status_code,
)
from ustress.simulate.record import close, opening_close
from ustress.simulate.sessions import PER_DAY
from ustress.simulate.shocks import path_keys, session_shocks

STRETCH_DAYS = 63
"""Most days of one call of the compiled program: a quarter, so that a year is four."""


class Ends(NamedTuple):
    """What is known of a path only at its end, `(paths,)`; days count from 1, -1 is never."""

    status: Array
    first_crossing_day: Array
    decision_day: Array
    break_day: Array


class At(NamedTuple):
    """Where a block stands: the paths' keys, the market, the day done, and breaks so far."""

    keys: Array
    state: State
    day: Array
    break_day: Array


def by_path(parameters: Parameters, paths: int, dtype: Any) -> Parameters:
    """Single numbers repeated for every path, in the precision of the simulation.

    Changes no result. The compiled loop is a fifth to a third faster over arrays of one shape than
    over arrays and single numbers mixed, and one program serves whatever is drawn by path.
    """

    def own(leaf: Any) -> Any:
        array = np.asarray(leaf, dtype)
        return array if array.ndim else np.full(paths, array)

    return Parameters(*(own(leaf) for leaf in parameters))


@partial(jax.jit, static_argnames=("names",))
def begin(
    base: Array,
    numbers: Array,
    opening: Opening,
    parameters: Parameters,
    names: tuple[str, ...],
) -> tuple[At, dict[str, Array]]:
    """The paths with these numbers at the opening, and day 0 of the observables asked for."""
    state = initial_state(opening, parameters)
    never = jnp.full(numbers.shape, -1, jnp.int32)
    at = At(path_keys(base, numbers), state, jnp.zeros((), jnp.uint32), never)
    if not names:
        return at, {}
    basis = state.basis_usdbn / parameters.size_scale
    opened = opening_close(opening, basis, parameters)
    return at, {name: opened[name] for name in names}


@partial(jax.jit, static_argnames=("names", "dtype"))
def advance(
    at: At,
    days: Array,
    inputs: Inputs,
    sale_factor: Array,
    policy: Policy,
    switches: Switches,
    parameters: Parameters,
    names: tuple[str, ...],
    dtype: Any,
) -> tuple[At, dict[str, Array]]:
    """Go `days` business days forward, at most `STRETCH_DAYS`; closes are (STRETCH_DAYS, paths).

    The first sessions of a day share one loop and show nothing; the last one is the day's close.
    Which of the two a session is the compiler knows, so that what closes alone decide (rungs,
    other markets' levels, joint falls) is worked out there alone.
    """

    def session(at: At, now: Inputs, number: Array) -> tuple[State, Observables]:
        now = for_each_path(now, sale_factor, parameters)
        shocks = session_shocks(at.keys, at.day * jnp.uint32(PER_DAY) + number, dtype)
        return step(at.state, shocks, now, policy, switches, parameters)

    def earlier(number: Array, given: tuple[At, Inputs]) -> tuple[At, Inputs]:
        at, today = given
        now = jax.tree.map(lambda leaf: leaf[number], today)._replace(is_close=0.0)
        return at._replace(state=session(at, now, number.astype(jnp.uint32))[0]), today

    def day(row: Array, given: tuple[At, dict[str, Array]]) -> tuple[At, dict[str, Array]]:
        at, closes = given
        today = jax.tree.map(lambda leaf: leaf[row], inputs)
        at, _ = jax.lax.fori_loop(0, PER_DAY - 1, earlier, (at, today))
        last = jax.tree.map(lambda leaf: leaf[PER_DAY - 1], today)
        last = last._replace(is_close=1.0, turn=float(PER_DAY - 1))
        state, seen = session(at, last, jnp.uint32(PER_DAY - 1))
        shown = close(seen) if names else {}
        closes = {name: closes[name].at[row].set(shown[name]) for name in names}
        return _after(at, state), closes

    empty = {name: jnp.zeros((STRETCH_DAYS, *at.break_day.shape), jnp.float32) for name in names}
    done: tuple[At, dict[str, Array]] = jax.lax.fori_loop(0, days, day, (at, empty))
    return done


@jax.jit
def ends_of(at: At) -> Ends:
    """What became of the block's paths so far."""
    fed = at.state.fed
    days = (fed.first_crossing_day, fed.intervention_day, at.break_day)
    return Ends(at.state.status, *(day.astype(jnp.int32) for day in days))


def for_each_path(now: Inputs, sale_factor: Array, p: Parameters) -> Inputs:
    """A sale's ten-year equivalents are each path's own: they are a parameter."""
    sold = now.sale_par_usdbn * sale_factor
    x = now.sale_x_usdbn * sale_factor * p.x_per_par_sellers
    return now._replace(sale_par_usdbn=sold, sale_x_usdbn=x)


def _after(at: At, state: State) -> At:
    day = at.day + jnp.uint32(1)
    fresh = (state.status != status_code(PathStatus.OK)) & (at.break_day < 0)
    return At(at.keys, state, day, jnp.where(fresh, day.astype(jnp.int32), at.break_day))
