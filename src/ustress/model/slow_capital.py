"""Slow-moving capital: arbitrageurs who take over what dealers hold, at a finite speed.

dX = -X dt / k, k = k+ for X > 0 and k- for X < 0, and the same for the inventory in par (model
document, section 2). Over a session the decay is exact, X e^{-dt/k}, so that its length does not
matter: one day and three thirds of a day give the same.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.types import Array, Parameters


def kept_share(held_usdbn: Array, dt_days: Array, present: Array, p: Parameters) -> Array:
    """Share of `held_usdbn` (X or par) that slow capital leaves after `dt_days`, in (0, 1]."""
    k_days = jnp.where(held_usdbn > 0, p.k_plus_days, p.k_minus_days)
    return jnp.exp(-present * dt_days / k_days)
