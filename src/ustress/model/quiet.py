"""A session in which nothing is imposed, and shocks that are all zero: where scenarios start."""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.fed.rungs import ladder
from ustress.model.types import Array, Inputs, Shocks

NO_PURCHASES = ladder({})
"""The Fed does nothing, whatever happens."""


def quiet_inputs(day: float = 1.0, dt_days: float = 1.0) -> Inputs:
    """One session as long as `dt_days`, ending in New York, without sales or shocks."""
    return Inputs(
        day=day, dt_days=dt_days, volume_share=dt_days, flow_share=dt_days, fed_share=dt_days,
        is_close=1.0, sale_par_usdbn=0.0, sale_x_usdbn=0.0, lasting_share=1.0,
        basis_unwind_par_usdbn=0.0, swap_shock_bp=0.0, haven_shock_bp=0.0, trust_shock=0.0,
        volatility_shock=0.0, cash_drain_usdbn=0.0, reserves_change_usdbn=0.0, doubt_shock=0.0,
        turn=2.0,
    )  # fmt: skip


def no_shocks(like: Array) -> Shocks:
    """Zero for every shock, in the shape and type of `like`."""
    zero = jnp.zeros_like(like)
    return Shocks(*[zero] * len(Shocks._fields))
