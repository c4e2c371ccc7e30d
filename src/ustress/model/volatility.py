"""Volatility of the ten-year: it reverts, jumps when the wedge opens, and is bounded.

d log sigma = .05 (log sigma_bar - log sigma) dt + .5 dD+/100 + noise, sigma <= 12 bp a day
(model document, section 2; the noise is estimated from the ten-year's realised volatility).
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.types import Array, Parameters

REFERENCE_BP = 5.0
"""Volatility a day at which lam0 is stated."""


def log_ratio(log_sigma: Array) -> Array:
    """log(sigma / 5 bp)."""
    return log_sigma - jnp.log(jnp.asarray(REFERENCE_BP, dtype=log_sigma.dtype))


def next_log_sigma(
    log_sigma: Array, rise_bp: Array, normal: Array, shock: Array, dt_days: Array, p: Parameters
) -> Array:
    """The logarithm of sigma after a session; `rise_bp`: of the wedge, `shock`: the scenario's."""
    pull = p.sigma_reversion_per_day * dt_days * (jnp.log(p.sigma_bar_bp) - log_sigma)
    jump = p.sigma_gain * jnp.maximum(rise_bp, 0.0) / 100.0 + shock
    moved = log_sigma + pull + jump + p.sigma_noise * jnp.sqrt(dt_days) * normal
    return jnp.minimum(moved, jnp.log(p.sigma_cap_bp))
