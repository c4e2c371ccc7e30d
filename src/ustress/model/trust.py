"""Trust and the convenience yield: what Treasuries are worth beyond their cash flows.

Only changes since the opening enter, because the slow layer was fitted to Treasuries.

    convenience change = haven - (loss when trust is gone) x (share of trust lost)       bp
    d(lost) = (1 - lost) (wear) - lost dt / restore x (1 + backstop x belief)

Wear comes from lasting foreign sales (as a share of foreign holdings), from open-ended purchases
(as a share of the debt), from days of dysfunction, forced sales, weak auctions, joint falls of
bonds, stocks and the dollar, and from the scenario's own political shock. Time and a backstop
that is believed restore it. The loss of reserve status is worth 90 bp in the literature
(convenience yield -0.9 pp in the steady state); the wear rates are assumed. Haven demand after a
risk-off shock raises the convenience yield first and fades.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.types import Array, Parameters


class Wear(NamedTuple):
    """What wore trust down in a session: $bn at 2025 size, dysfunction, and a direct shock.

    `auction_weakness` is zero for an auction as expected.
    """

    lasting_sale_usdbn: Array
    open_ended_purchase_usdbn: Array
    dysfunction: Array
    shock: Array
    forced_usdbn: Array = 0.0
    auction_weakness: Array = 0.0


def next_trust_loss(
    lost: Array, wear: Wear, dt_days: Array, p: Parameters, belief: Array = 0.0
) -> Array:
    """Share of trust lost after a session; stays within 0 and 1."""
    strain = (
        p.trust_wear_sale_per_usdbn * jnp.maximum(wear.lasting_sale_usdbn, 0.0)
        + p.trust_wear_purchase_per_usdbn * wear.open_ended_purchase_usdbn
        + p.trust_wear_dysfunction_per_day * wear.dysfunction * dt_days
        + p.trust_wear_forced_per_usdbn * wear.forced_usdbn
        + p.trust_wear_auction * wear.auction_weakness
        + wear.shock
    )
    speed = (1.0 + p.trust_backstop * belief) / p.trust_restore_days
    kept = lost * jnp.exp(-dt_days * speed)
    return jnp.clip(kept + (1.0 - kept) * (1.0 - jnp.exp(-strain)), 0.0, 1.0)


def after_joint_fall(lost: Array, fall: Array, p: Parameters) -> Array:
    """Share of trust lost once bonds, stocks and the dollar fell together (see `cross`)."""
    return lost + (1.0 - lost) * (1.0 - jnp.exp(-p.trust_wear_joint_fall * fall))


def next_haven_bp(haven_bp: Array, shock_bp: Array, dt_days: Array, p: Parameters) -> Array:
    """Haven demand after a session, bp of convenience yield."""
    return haven_bp * jnp.exp2(-dt_days / p.haven_half_life_days) + shock_bp


def convenience_change_bp(haven_bp: Array, lost: Array, present: Array, p: Parameters) -> Array:
    """Change of the convenience yield since the opening, bp; Treasury yields fall by it."""
    return present * (haven_bp - p.trust_loss_bp * lost)
