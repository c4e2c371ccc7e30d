"""Double precision in JAX, switched on in this one place.

JAX computes in single precision unless told otherwise, for the whole process. Every module of
the package that uses JAX imports `FLOAT` (or `FAST`) from here and gives its arrays that type
explicitly, so that no result depends on the order of imports.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]

FLOAT = jnp.float64
"""Type of everything that is solved: equilibria, roots, gradients."""

FAST = jnp.float32
"""Type of what is only simulated and averaged, where a path's seventh digit means nothing."""
