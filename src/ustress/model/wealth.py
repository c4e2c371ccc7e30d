"""Arbitrageurs' wealth: losses raise risk aversion, and with it every term premium.

    loss'   = loss e^{-dt/recovery} + duration x (rise of the ten-year booked in the session)
    premium = c1 loss + c2 loss^2 + c3 loss^3           bp, by tenor, zero at no loss

After Kekre, Lenel and Mainardi: a(w) = a0 (1 - loss)^-1; the cubic goes through the equilibria
solved on a grid of losses (`ustress.simulate.slow`). Outside the losses solved the premium stays
at the range's end and a flag says so: near a loss of a tenth of wealth the slow layer has no
usable equilibrium any more. What arbitrageurs book is expected rates, the slow premium, lasting
supply, policy and the wedge; not their own premium, whose effect comes a session later.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.types import TENORS_YEARS, Array, Parameters

LOSSES = (-0.10, 0.09)
"""Smallest and largest loss solved, shares of wealth; a gain is negative."""


def next_loss(loss: Array, rise_bp: Array, dt_days: Array, p: Parameters) -> tuple[Array, Array]:
    """The loss after a session, within `LOSSES`, and 1 where it was cut to them."""
    free = (
        loss * jnp.exp(-dt_days / p.wealth_recovery_days) + p.wealth_duration_years * rise_bp / 1e4
    )
    kept = jnp.clip(free, *LOSSES)
    return kept, (kept != free).astype(kept.dtype)


def premium_bp(loss: Array, p: Parameters) -> Array:
    """(paths, tenors): what the loss adds to yields, bp."""
    c = p.wealth_bp
    return jnp.stack(
        [loss * (c[0, i] + loss * (c[1, i] + loss * c[2, i])) for i in range(len(TENORS_YEARS))],
        axis=-1,
    )
