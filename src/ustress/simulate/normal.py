"""Standard normals from 32 random bits, cheap enough to be drawn inside the session's arithmetic.

    |z| = (1 - 2t) P(w),   w = -log(4 t (1 - t)),   t = (bits + 1/2) / 2^32 in (0, 1/2)

with the sign from the lowest bit. The form is that of Giles (2010, "Approximating the erfinv
function") with one polynomial over the whole range instead of two: its relative error is at most
3.6e-6 (second moment off by less than 1e-7), and it costs a logarithm, no root and no branch.
The largest |z| is 6.3, the normal's own quantile at 2^-33.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.precision import FAST
from ustress.model.types import Array

_TO_UNIT = 0.0930770994
"""Twice over the largest w, so that P's argument runs from -1 to 1."""
COEFFICIENTS = (
    4.40076637,
    2.33042526,
    -0.564061403,
    0.264356732,
    -0.127741456,
    0.0286752563,
    -0.0459552146,
    0.0781950504,
    0.129753023,
    -0.265277296,
    0.0459270924,
    0.10596016,
    -0.0430435203,
)
"""P in powers of its argument, lowest first: minimax in relative error over all quantiles."""


def standard_normal(word: Array) -> Array:
    """The normals of uniform 32-bit words, single precision."""
    low = (word >> jnp.uint32(1)).astype(jnp.int32).astype(FAST)
    t = (low + FAST(0.5)) * FAST(2.0**-32)
    w = -jnp.log(FAST(4.0) * t * (FAST(1.0) - t))
    z = (FAST(1.0) - FAST(2.0) * t) * _polynomial(w * FAST(_TO_UNIT) - FAST(1.0))
    return jnp.where((word & jnp.uint32(1)) > 0, -z, z)


def _polynomial(v: Array) -> Array:
    total = jnp.full_like(v, COEFFICIENTS[-1])
    for coefficient in COEFFICIENTS[-2::-1]:
        total = total * v + FAST(coefficient)
    return total
