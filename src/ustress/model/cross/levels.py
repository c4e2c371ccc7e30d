"""Levels of other markets, their own noise, and joint falls."""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.cross.markets import MARKETS
from ustress.model.types import Array, Inputs, Parameters, Shocks, State

EQUITY, DOLLAR = (
    next(i for i, m in enumerate(MARKETS) if m.name == n) for n in ("equity", "dollar")
)
_TURNS = (0, 0, 0, 1, 1, 1, 2, 2)
"""In which session each market draws its day's own shock; the common one comes in New York.
Three normals a session so serve nine shocks a day; only closes are recorded."""


def next_noise(noise: Array, shocks: Shocks, inputs: Inputs, p: Parameters) -> Array:
    """(markets, paths): what markets did on their own, with a common shock to risk appetite."""
    drawn = (shocks.cross_0, shocks.cross_1, shocks.cross_2)
    now = [jnp.asarray(jnp.abs(inputs.turn - t) < 0.5, noise.dtype) for t in range(3)]
    common = now[2] * shocks.cross_2
    own = [now[t] * drawn[i % 3] for i, t in enumerate(_TURNS)]
    fading = 1.0 - p.cross_keep
    return jnp.stack(
        [
            noise[i] * (1.0 - fading[i] * now[2])
            + p.cross_own[i] * own[i]
            + p.cross_risk[i] * common
            for i in range(len(MARKETS))
        ]
    )


def levels(driven: tuple[Array, ...], noise: Array, p: Parameters) -> Array:
    """(markets, paths): change since the opening, each in its market's unit."""
    return jnp.stack(
        [
            noise[i] + sum(p.cross[i, j] * driver for j, driver in enumerate(driven))
            for i in range(len(MARKETS))
        ]
    )


def joint_fall(ten_year_bp: Array, cross: Array, state: State, p: Parameters) -> Array:
    """By how much bonds, stocks and the dollar fell together in the day, daily standard deviations.

    The smallest of the three falls, less one: ordinary days do not count.
    """
    sigma_bp = jnp.exp(state.log_sigma)
    bond = (ten_year_bp - state.cross_close[0]) / sigma_bp
    falls = [bond]
    for row, i in ((1, EQUITY), (2, DOLLAR)):
        daily = jnp.sqrt(p.cross_own[i] ** 2 + p.cross_risk[i] ** 2)
        falls.append((state.cross_close[row] - cross[i]) / daily)
    smallest = jnp.minimum(jnp.minimum(falls[0], falls[1]), falls[2])
    return jnp.maximum(smallest - 1.0, 0.0)
