"""Dealers' balance sheets: how full they are, what that costs, and what price it puts on depth.

    u = (u0 + beta B+/K)(sigma/5)^nu        use of the balance sheet
    z = softplus((u - ubar)/w) / softplus((1 - ubar)/w)      0 when empty, exactly 1 at u = 1
    g = 1 + c z^2                           by how much a tight dealer deepens price pressure
    Lam = phi z^2                           the spread dealers charge on repo, bp

(Model document, section 2.) z divides by softplus((1 - ubar)/w) where the document has
(1 - ubar)/w; the two agree for ubar well below one, and only the former gives z = 1 at u = 1 for
every ubar. Without dealers in the market (switch at 0) z = 0.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.smooth import softplus
from ustress.model.types import Array, Parameters


class Capacity(NamedTuple):
    """What of the dealers does not change within a session."""

    u0: Array  # use before the session's flows, at the session's volatility
    per_usdbn: Array  # rise of u per $bn of par held
    per_soft: Array  # 1 / softplus((1 - ubar)/w); 0 when dealers are absent


class Use(NamedTuple):
    """Use u, tightness z, factor g, and g's slope in the par held (per $bn)."""

    u: Array
    z: Array
    g: Array
    g_slope: Array


def underlying_use(day: Array, p: Parameters) -> Array:
    """u0 on a business day: the opening's use fades towards its mean on record."""
    return p.u0 * (p.use_mean + (1.0 - p.use_mean) * jnp.exp2(-day / p.use_half_life_days))


def capacity(volatility_ratio_nu: Array, present: Array, u0: Array, p: Parameters) -> Capacity:
    """The session's capacity; `volatility_ratio_nu` is (sigma/5)^nu, `u0` of the day."""
    norm = softplus((1.0 - p.ubar) / p.w).value
    scale = volatility_ratio_nu
    return Capacity(u0 * scale, p.beta / p.capacity_usdbn * scale, present / norm)


def use(held_par_usdbn: Array, cap: Capacity, p: Parameters) -> Use:
    """Use of the balance sheet when dealers hold `held_par_usdbn` ($bn par, 2025 size)."""
    u = cap.u0 + cap.per_usdbn * jnp.maximum(held_par_usdbn, 0.0)
    soft = softplus((u - p.ubar) / p.w)
    z = soft.value * cap.per_soft
    z_slope = soft.slope * cap.per_soft / p.w * cap.per_usdbn * (held_par_usdbn > 0)
    return Use(u, z, 1.0 + p.c * z * z, 2.0 * p.c * z * z_slope)


def spread_bp(use_: Use, p: Parameters) -> Array:
    """Lam = phi z^2, bp: it enters repo and dysfunction, not the ten-year."""
    return p.phi_bp * use_.z * use_.z
