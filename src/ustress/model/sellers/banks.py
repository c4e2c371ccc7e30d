"""Banks: they put a part of new reserves into Treasuries and part with some when funding is dear.

    wanted = a (reserves - reserves at the opening) - b (SOFR - IORB - 10)+         $bn par
    bought = (wanted - bought so far)(1 - e^{-dt/T})

Small by construction. Model document, section 2.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.dysfunction import FUNDING_FREE_BP
from ustress.model.types import Array, Given


class Banks(NamedTuple):
    """Par bought in the session (negative when sold) and in all, $bn at 2025 size."""

    bought_usdbn: Array
    total_usdbn: Array


def buy(given: Given) -> Banks:
    """What banks buy or sell in the session."""
    p, state = given.p, given.state
    reserves = (state.reserves_usdbn - state.open_reserves_usdbn) * p.size_scale
    # What the opening already had is not news.
    squeeze = jnp.maximum(
        state.sofr_iorb_bp - jnp.maximum(FUNDING_FREE_BP, state.open_sofr_iorb_bp), 0.0
    )
    wanted = p.bank_reserves_share * reserves - p.bank_funding_usdbn_per_bp * squeeze
    step = 1.0 - jnp.exp(-given.inputs.dt_days / p.bank_days)
    bought = given.switches.banks * (wanted - state.reacting.banks_usdbn) * step
    return Banks(bought, state.reacting.banks_usdbn + bought)
