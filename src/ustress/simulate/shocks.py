"""Counter-based shocks: a number depends on seed, path, session and field alone.

So they are the same for any number of paths, horizon, block or worker, and two scenarios with one
seed share them. A path's key is 64 bits of Threefry-2x32 (Salmon and others 2011) at the seed and
the path's number: no two paths of a seed share one. A shock is two rounds of a 32-bit mix over
the key and a counter of session and field (each round is the two-multiplication mixer with the
lowest known bias, .107: Ellis 2018, Wellons 2022), turned into a normal by `ustress.simulate.
normal`. The rounds are plain integer arithmetic that fuses with the session's equations; Threefry
for every shock costs several times as much (decision record 0021).
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from ustress.core.errors import BadInputError
from ustress.model.types import Array, Shocks
from ustress.simulate.normal import standard_normal

GENERATOR = "threefry2x32 keys, mix32 x 2"
LAST_SEED = 2**63 - 1
FIELDS_A_SESSION = 64
"""Counters a session has: more than `Shocks` has fields, so that a new one moves none."""
_GOLDEN = 0x9E3779B9  # 2^32 over the golden ratio, odd: neighbouring counters differ in many bits


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
    return jax.random.key(check_seed(seed), impl="threefry2x32")


def path_keys(base: Array, numbers: Array) -> Array:
    """(2, paths) 32-bit words: the keys of the paths with these numbers, `(paths,)`."""
    keys = jax.vmap(jax.random.fold_in, in_axes=(None, 0))(base, jnp.asarray(numbers, jnp.uint32))
    return jax.random.key_data(keys).T


def session_shocks(keys: Array, session: Array, dtype: Array) -> Shocks:
    """Standard normals of one session, `(paths,)` each; `session` counts from the opening.

    They are drawn in single precision and then given the type `dtype`, so that runs in single
    and double precision share them.
    """
    first = jnp.asarray(session, jnp.uint32) * jnp.uint32(FIELDS_A_SESSION)
    words = (word(keys, first + jnp.uint32(field)) for field in range(len(Shocks._fields)))
    return Shocks(*(standard_normal(one).astype(dtype) for one in words))


def word(keys: Array, counter: Array) -> Array:
    """32 random bits of each path at a counter."""
    mixed = mix32(keys[0] + counter * jnp.uint32(_GOLDEN))
    return mix32(mixed ^ keys[1])


def mix32(x: Array) -> Array:
    """A bijection of 32-bit words in which every bit depends on every other."""
    x = (x ^ (x >> jnp.uint32(16))) * jnp.uint32(0x21F0AAAD)
    x = (x ^ (x >> jnp.uint32(15))) * jnp.uint32(0xD35A2D97)
    return x ^ (x >> jnp.uint32(15))
