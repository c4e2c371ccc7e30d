"""Foreign officials that retaliate against tariffs, at their own cost.

    sold = share x tariff x holding x (1 - cost/limit)+ dt/21                    $bn par a session
    cost = 8.5 (X/P) dy+ + (currency's rise per $100bn) x sold so far            per cent

dy is the ten-year's rise since the opening: what is still held is marked down, and a currency
bought for the dollars sold rises. The tariff state fades with its half-life. Model document,
section 2, "Sellers".
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.sizes import TEN_YEAR_DURATION_YEARS
from ustress.model.types import Array, Given

MONTH_DAYS = 21.0


def next_tariff(given: Given) -> Array:
    """The tariff state with which the session trades, in [0, 1]."""
    keep = jnp.exp2(-given.inputs.dt_days / given.p.tariff_half_life_days)
    return jnp.clip(given.state.reacting.tariff * keep + given.inputs.pressed.tariff, 0.0, 1.0)


def own_cost_pct(sold_usdbn: Array, given: Given) -> Array:
    """Cost of having sold `sold_usdbn` (2025 size) and of the rise of yields, per cent."""
    p = given.p
    loss = TEN_YEAR_DURATION_YEARS * p.x_per_par_sellers * jnp.maximum(given.state.ten_bp, 0.0)
    rise = p.retaliation_currency_pct_per_100bn * jnp.maximum(sold_usdbn, 0.0)
    return (loss + rise) / 100.0


def retaliation(
    tariff: Array, held_usdbn: Array, sold_usdbn: Array, weight: Array, given: Given
) -> Array:
    """Par sold in the session, $bn at 2025 size; `weight` is 1 for China."""
    p, inputs = given.p, given.inputs
    room = jnp.clip(1.0 - own_cost_pct(sold_usdbn, given) / p.retaliation_limit_pct, 0.0, 1.0)
    share = inputs.pressed.retaliation_share * p.retaliation_scale * weight
    wanted = share * tariff * held_usdbn * room * inputs.dt_days / MONTH_DAYS
    return given.switches.foreign_officials * wanted
