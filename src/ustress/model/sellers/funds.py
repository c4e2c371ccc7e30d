"""Mutual funds: outflows follow returns and volatility with a lag.

    target = a (m - band)+ / 100 + b (sigma/sigma bar - band)+ min(m+ / band, 1)
                                                                 share of the holding a day
    rate'  = rate + (target - rate)(1 - e^{-dt/lag});   sold = rate x holding x dt

m is the fading sum of the ten-year's changes (falling prices). The bands keep ordinary months
quiet, and volatility moves nobody whose fund has gained: in March 2023 volatility was as high as in
2020 while yields fell, and money came in. Model document, section 2; March 2020: $260bn.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.types import Array, Given, Parameters


class Outflow(NamedTuple):
    """Par sold in the session ($bn, 2025 size), and the rate with which it ends."""

    sold_usdbn: Array
    rate: Array


def target_rate(return_bp: Array, sigma_bp: Array, p: Parameters) -> Array:
    """Where the outflow tends, share of the holding a day."""
    fallen = jnp.maximum(return_bp - p.fund_return_band_bp, 0.0) / 100.0
    unquiet = jnp.maximum(sigma_bp / p.sigma_bar_bp - p.fund_volatility_band, 0.0)
    losing = jnp.clip(return_bp / p.fund_return_band_bp, 0.0, 1.0)
    return p.fund_outflow_return * fallen + p.fund_outflow_volatility * unquiet * losing


def next_return_bp(return_bp: Array, change_bp: Array, dt_days: Array, p: Parameters) -> Array:
    """The fading sum of the ten-year's changes after one of `change_bp`."""
    return return_bp * jnp.exp2(-dt_days / p.fund_return_half_life_days) + change_bp


def sells(held_usdbn: Array, sigma_bp: Array, given: Given) -> Outflow:
    """What funds sell in the session to pay those who leave."""
    p, memory, dt_days = given.p, given.state.reacting, given.inputs.dt_days
    target = target_rate(memory.fund_return_bp, sigma_bp, p)
    rate = memory.fund_rate + (target - memory.fund_rate) * (
        1.0 - jnp.exp(-dt_days / p.fund_lag_days)
    )
    return Outflow(given.switches.mutual_funds * rate * held_usdbn * dt_days, rate)
