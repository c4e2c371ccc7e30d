"""Price-elastic real money: holders who buy once Treasuries are cheap enough.

v = dt e 5 [softplus((D+ - Dbar)/5) - softplus(-Dbar/5)], $bn of ten-year equivalents a session.

The model document's form (section 2) with two refinements that change nothing where it was
fitted (e^{-Dbar/5} is about 2e-4): the argument stops falling below D = 0, and the value there
is taken off, so that nobody buys where nothing is cheap and the wedge can heal completely.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.smooth import Softplus, softplus
from ustress.model.types import Array, Parameters

WIDTH_BP = 5.0
"""Over how many basis points of wedge the buyers come in (model document, section 2)."""


def at_rest(p: Parameters) -> Array:
    """softplus(-Dbar/5): what is taken off so that nothing is bought at D = 0."""
    return softplus(-p.Dbar_bp / WIDTH_BP).value


def bought(D_bp: Array, rest: Array, days_times_e: Array, p: Parameters) -> Softplus:
    """Purchases at a wedge of `D_bp` and their slope in D+ ($bn per bp); `days_times_e`: dt e."""
    soft = softplus((jnp.maximum(D_bp, 0.0) - p.Dbar_bp) / WIDTH_BP)
    return Softplus(days_times_e * WIDTH_BP * (soft.value - rest), days_times_e * soft.slope)
