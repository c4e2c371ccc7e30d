"""Funding: SOFR less IORB from reserves, the dealers' spread and cash drains.

    floor + slope (kink - x)+ + .22 Lam + 35 softplus([delta - (x - drain kink)]/.08)^2     bp
    x = 100 reserves / GDP;  delta = two-day cash drain in % of GDP

(Model document, section 2, with GDP in place of bank assets, for which no series is carried; floor,
slope and kink estimated, decision 0008), capped by the standing facility where there is one. The
drain term rests on one event, September 2019. What the equation leaves open on the opening date
fades as an autoregression whose persistence and shocks are estimated from SOFR.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.smooth import softplus
from ustress.model.types import Array, Parameters


def uncapped_bp(
    reserves_usdbn: Array, drain_usdbn: Array, gdp_usdbn: Array, Lam_bp: Array, p: Parameters
) -> Array:
    """The equation's SOFR less IORB, before noise and before the facility, bp."""
    x = 100.0 * reserves_usdbn / gdp_usdbn
    delta = 100.0 * drain_usdbn / gdp_usdbn
    scarce = p.repo_slope_bp * jnp.maximum(p.repo_kink_pct - x, 0.0)
    squeeze = softplus((delta - (x - p.repo_drain_kink_pct)) / p.repo_drain_width_pct).value
    drained = p.repo_drain_bp * squeeze * squeeze
    return p.repo_floor_bp + scarce + p.repo_dealer * Lam_bp + drained


def next_gap(gap_bp: Array, normal: Array, dt_days: Array, p: Parameters) -> Array:
    """The unexplained part after a session: it fades and is shocked; `repo_noise_bp` is daily."""
    keep = p.repo_noise_persistence**dt_days
    return keep * gap_bp + p.repo_noise_bp * jnp.sqrt(dt_days) * normal


def capped_bp(spread_bp: Array, p: Parameters) -> Array:
    """The spread with the standing facility lending at its rate."""
    return jnp.minimum(spread_bp, p.facility_cap_bp)
