"""A slow layer, an opening and parameters for the tests of the fast layer.

The slow layer's numbers are round and only roughly those of the solver: nothing here tests it.
"""

from __future__ import annotations

from typing import Any, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import settings

from ustress.model.draws import draw, median
from ustress.model.fed import ladder
from ustress.model.fed.announced import LEAD_KNOTS_YEARS
from ustress.model.market import initial_state, step
from ustress.model.precision import FLOAT
from ustress.model.quiet import NO_PURCHASES, no_shocks, quiet_inputs
from ustress.model.types import (
    IMPOSED_ONLY,
    Inputs,
    Observables,
    Opening,
    Parameters,
    Policy,
    Shocks,
    SlowLayer,
    State,
    Switches,
)
from ustress.simulate.cache import use_compilation_cache

STEADY = settings(deadline=None, max_examples=30, derandomize=True)
"""How property tests run here: compilation makes the first example slow."""

LENGTHS, WIDTH = (260,), 12

_A = np.array(
    [[0.40, 0.50, 0.010], [0.30, 0.55, 0.020], [0.18, 0.60, 0.025], [0.13, 0.58, 0.030],
     [0.09, 0.52, 0.032], [0.05, 0.35, 0.028], [0.03, 0.25, 0.020]]
)  # fmt: skip
_STEP = 1 / 252
SLOW = SlowLayer(
    A_over_tau=_A,
    expected_over_tau=_A * [1.0, 1.0, 0.0],
    bill_over_tau=np.array([0.88, 0.12, 0.0]),
    transition=np.array(
        [[1 - 1.08 * _STEP, 1.08 * _STEP, 0], [0, 1 - 0.13 * _STEP, 0], [0, 0, 1 - 0.135 * _STEP]]
    ),
    loading=np.diag([0.011, 0.015, 1.0]) * np.sqrt(_STEP),
    lasting_bp_per_100bn=np.array([1.0, 1.5, 2.3, 2.9, 3.2, 3.0, 2.5]),
    lasting_temporary_bp_per_100bn=np.array([0.8, 1.1, 1.7, 2.1, 2.4, 2.2, 1.8]),
    lead_share=np.zeros((len(LEAD_KNOTS_YEARS), 7)),
    lead_share_temporary=np.zeros((len(LEAD_KNOTS_YEARS), 7)),
    wealth_bp=np.outer([250.0, 500.0, 0.0], [0.1, 0.2, 0.4, 0.6, 1.0, 2.3, 3.0]),
)
OPENING = Opening(
    yields_pct=np.array([3.96, 3.98, 4.15, 4.30, 4.48, 4.95, 4.85]),
    bill_pct=4.34,
    q=np.array([0.012, -0.004, 0.3]),
    sigma_bp=5.0,
    reserves_usdbn=3300.0,
    gdp_usdbn=30_500.0,
    sofr_iorb_bp=-7.0,
)
BUYS = ladder({"open_ended": {
    "enabled": 1.0, "trigger_ratio": 1.0, "pace_usdbn_per_day": 20.0, "announced_usdbn": 400.0,
    "max_usdbn": 400.0, "belief": 0.5,
}})  # fmt: skip
"""Outright purchases, held; a number replaced in it counts for all rungs, of which one is on."""


Tree = TypeVar("Tree")


def cast(tree: Tree, dtype: Any = FLOAT) -> Tree:
    made: Tree = jax.tree.map(lambda leaf: jnp.asarray(leaf, dtype), tree)
    return made


STILL = {
    "belief_gain_per_bp": 0.0, "belief_wear_per_bp": 0.0, "belief_fade_days": 1e9,
    "belief_calm": 0.0, "wealth_duration_years": 0.0, "trust_wear_joint_fall": 0.0,
}  # fmt: skip
"""Belief stays as announced and nobody loses wealth, so that the other equations show alone."""


def medians(paths: int = 1, **changes: float) -> Parameters:
    """Median parameters without flow noise and losses, belief and volatility at rest."""
    p = median(paths, SLOW)
    changes = {"sigma_bar_bp": 5.0, "flow_noise_usdbn": 0.0, **STILL, **changes}
    # Shapes stay as they are: one compiled program then serves all tests of a size.
    return cast(p._replace(**{k: np.full(np.shape(getattr(p, k)), v) for k, v in changes.items()}))


def drawn(paths: int, first: int = 0) -> Parameters:
    return cast(draw(np.arange(first, first + paths), SLOW))


def days(count: int, dt_days: float = 1.0, **imposed: Any) -> Inputs:
    """`count` sessions in a row; `imposed` are arrays or numbers per session."""
    quiet = quiet_inputs(1.0, dt_days)
    rows: dict[str, Any] = jax.tree.map(lambda v: np.full(count, float(v)), quiet)._asdict()
    rows["day"] = np.arange(1.0, count + 1)
    arrays = {k: np.array(v) if isinstance(v, list) else v for k, v in imposed.items()}
    rows.update(jax.tree.map(lambda v: np.broadcast_to(np.asarray(v, float), (count,)), arrays))
    return cast(Inputs(**rows))


def sale(count: int, par_usdbn: float, over: int, **more: Any) -> Inputs:
    """`par_usdbn` sold evenly over the first `over` of `count` days."""
    par = np.where(np.arange(count) < over, par_usdbn / over, 0.0)
    return days(count, sale_par_usdbn=par, sale_x_usdbn=0.56 * par, **more)


@jax.jit
def _fold(
    state: State, inputs: Inputs, policy: Policy, switches: Switches, p: Parameters, shocks: Shocks
) -> tuple[State, tuple[State, Observables]]:
    def one(s: State, now: tuple[Inputs, Shocks]) -> tuple[State, tuple[State, Observables]]:
        after, seen = step(s, now[1], now[0], policy, switches, p)
        return after, (after, seen)

    end: State
    path: tuple[State, Observables]
    end, path = jax.lax.scan(one, state, (inputs, shocks))
    return end, path


def run(
    inputs: Inputs,
    p: Parameters,
    policy: Policy = NO_PURCHASES,
    switches: Switches = IMPOSED_ONLY,
    shocks: Shocks | None = None,
    opening: Opening = OPENING,
) -> tuple[State, Observables]:
    """States and observables after every session: leaves `(sessions, paths, ...)`."""
    dtype = p.lam0_bp_per_100bn.dtype
    count = inputs.day.shape[0]
    if shocks is None:
        shocks = no_shocks(jnp.zeros((count, *p.lam0_bp_per_100bn.shape), dtype))
    paths = p.lam0_bp_per_100bn.shape[0]
    wide = jnp.arange(-(-paths // WIDTH) * WIDTH) % paths
    p, shocks = _widened(cast(p, dtype), wide), jax.tree.map(lambda z: z[..., wide], shocks)
    start = initial_state(cast(opening, dtype), p)
    rungs = jax.tree.map(lambda leaf, like: jnp.broadcast_to(leaf, np.shape(like)), policy, BUYS)
    given = (cast(rungs, dtype), cast(switches, dtype))
    use_compilation_cache()
    _, path = _fold(start, _pad(cast(inputs, dtype)), *given, p, _pad(shocks))

    def cut(leaf: Any) -> Any:
        return leaf[:count, ..., :paths] if leaf.shape[-1] == wide.size else leaf[:count]

    shown: tuple[State, Observables] = jax.tree.map(cut, path)
    return shown


def _widened(p: Parameters, wide: Any) -> Parameters:
    """The paths repeated up to a multiple of `WIDTH`: nearly all tests share one program then."""
    usual = drawn(1)

    def widen(leaf: Any, like: Any) -> Any:
        if like.shape[:1] != (1,):
            return leaf
        return leaf[wide] if leaf.shape else jnp.broadcast_to(leaf, wide.shape)

    return Parameters(*(widen(leaf, like) for leaf, like in zip(p, usual, strict=True)))


def _pad(tree: Tree) -> Tree:
    """Repeat the last session up to one of a few lengths, for which programs are compiled."""
    count = jax.tree.leaves(tree)[0].shape[0]
    length = next(n for n in LENGTHS if n >= count)
    rest = [(0, length - count)]
    padded: Tree = jax.tree.map(
        lambda leaf: jnp.pad(leaf, rest + [(0, 0)] * (leaf.ndim - 1), mode="edge"), tree
    )
    return padded


def normals(count: int, paths: int, seed: int = 0, dtype: Any = FLOAT) -> Shocks:
    keys = jax.random.split(jax.random.key(seed), len(Shocks._fields))
    return Shocks(*[jax.random.normal(k, (count, paths), FLOAT).astype(dtype) for k in keys])
