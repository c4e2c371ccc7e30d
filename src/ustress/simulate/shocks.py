"""Counter-based shocks: a number depends on seed, path and session alone.

So they are the same for any number of paths, horizon, block or thread, and two scenarios with one
seed share them. Threefry-2x32 (Salmon and others 2011) as in JAX, named explicitly so that no
configuration changes it.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from ustress.core.errors import BadInputError
from ustress.model.precision import FAST
from ustress.model.types import Array, Shocks

GENERATOR = "threefry2x32"
LAST_SEED = 2**63 - 1


def check_seed(seed: int) -> int:
    """The seed, if it can be one.

    Raises:
        BadInputError: if it is negative or needs more than 63 bits.
    """
    if not 0 <= seed <= LAST_SEED:
        raise BadInputError(f"seed is {seed}; expected a whole number from 0 to {LAST_SEED}")
    return seed


def base_key(seed: int) -> Array:
    """The key all others come from."""
    return jax.random.key(check_seed(seed), impl=GENERATOR)


def path_keys(base: Array, first_path: Array, count: int) -> Array:
    """(count,) keys of the paths `first_path`, `first_path` + 1, ..."""
    numbers = first_path + jnp.arange(count, dtype=jnp.uint32)
    return jax.vmap(jax.random.fold_in, in_axes=(None, 0))(base, numbers)


def session_shocks(keys: Array, session: Array, dtype: Array) -> Shocks:
    """Standard normals of one session, `(paths,)` each; `session` counts from the opening.

    They are drawn in single precision and then given the type `dtype`, so that runs in single
    and double precision share them.
    """
    count = len(Shocks._fields)

    def draw(key: Array) -> Array:
        return jax.random.normal(jax.random.fold_in(key, session), (count,), FAST)

    return Shocks(*jax.vmap(draw, out_axes=1)(keys).astype(dtype))
