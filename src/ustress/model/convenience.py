"""Trust and the convenience yield: what Treasuries are worth beyond their cash flows.

Only changes since the opening enter, because the slow layer was fitted to Treasuries.

    convenience change = haven - (loss when trust is gone) x (share of trust lost)       bp
    d(lost) = (1 - lost) (wear) - lost dt / restore

Wear comes from lasting foreign sales (as a share of foreign holdings), from open-ended purchases
(as a share of the debt), from days of dysfunction, and from the scenario's own shock. The loss
of reserve status is worth 90 bp in the literature (convenience yield -0.9 pp in the steady
state); the wear rates are assumed. Haven demand after a risk-off shock raises the convenience
yield first and fades.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.types import Array, Parameters


class Wear(NamedTuple):
    """What wore trust down in a session: $bn at 2025 size, dysfunction, and a direct shock."""

    lasting_sale_usdbn: Array
    open_ended_purchase_usdbn: Array
    dysfunction: Array
    shock: Array


def next_trust_loss(lost: Array, wear: Wear, dt_days: Array, p: Parameters) -> Array:
    """Share of trust lost after a session; stays within 0 and 1."""
    strain = (
        p.trust_wear_sale_per_usdbn * jnp.maximum(wear.lasting_sale_usdbn, 0.0)
        + p.trust_wear_purchase_per_usdbn * wear.open_ended_purchase_usdbn
        + p.trust_wear_dysfunction_per_day * wear.dysfunction * dt_days
        + wear.shock
    )
    kept = lost * jnp.exp(-dt_days / p.trust_restore_days)
    return jnp.clip(kept + (1.0 - kept) * (1.0 - jnp.exp(-strain)), 0.0, 1.0)


def next_haven_bp(haven_bp: Array, shock_bp: Array, dt_days: Array, p: Parameters) -> Array:
    """Haven demand after a session, bp of convenience yield."""
    return haven_bp * jnp.exp2(-dt_days / p.haven_half_life_days) + shock_bp


def convenience_change_bp(haven_bp: Array, lost: Array, present: Array, p: Parameters) -> Array:
    """Change of the convenience yield since the opening, bp; Treasury yields fall by it."""
    return present * (haven_bp - p.trust_loss_bp * lost)
