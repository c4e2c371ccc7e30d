"""Japan: dollars sold to defend the yen, and private holders who follow hedged carry.

    intervention   c x (yen to be defended) (1 - e^{-dt/T})        c: $bn per per cent
    hedged carry   y10 - hedge cost - JGB; its fall beyond a band makes private holders leave

The hedge costs the difference of short rates, so carry's change since the opening is the change
of the ten-year less that of the short rate less that of Japanese yields. Model document, 2.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.sellers.officials import MONTH_DAYS
from ustress.model.types import Array, Given


class Japan(NamedTuple):
    """Par sold by reason ($bn, 2025 size), the weakness still to be defended, Japanese yields."""

    intervention_usdbn: Array
    carry_usdbn: Array
    yen_pct: Array
    jgb_bp: Array


def carry_change_bp(jgb_bp: Array, given: Given) -> Array:
    """Change of hedged carry since the opening, bp."""
    state = given.state
    return state.ten_bp - 1e4 * (state.r - state.open_q[0]) - jgb_bp


def sells(held_usdbn: Array, given: Given) -> Japan:
    """What Japan sells in the session, holding `held_usdbn` (2025 size)."""
    p, pressed, dt_days = given.p, given.inputs.pressed, given.inputs.dt_days
    present = given.switches.japan
    weak = given.state.reacting.yen_pct + pressed.yen_pct * pressed.yen_defend_share
    left = jnp.exp(-dt_days / p.intervention_days)
    dollars = p.intervention_usdbn_per_pct * jnp.maximum(weak, 0.0) * (1.0 - left)
    jgb = given.state.reacting.jgb_bp + pressed.jgb_bp
    lost_pp = jnp.maximum(-carry_change_bp(jgb, given) - p.carry_band_bp, 0.0) / 100.0
    leaving = p.carry_outflow_share * lost_pp * held_usdbn * dt_days / MONTH_DAYS
    return Japan(present * dollars * p.size_scale, present * leaving, weak * left, jgb)
