"""Foreign private holders: a run is a game of all against the market's capacity.

Holders run unless sales s <= theta + p F (theta: the market's capacity as a share of what can
run, p F: a backstop F believed with p). Who stays loses l if the market breaks and gains b if it
holds. With private signals theta + e, e uniform on [-epsilon, epsilon], the one who is indifferent
takes s for uniform (Laplacian beliefs), and the market breaks exactly below

    theta* = l/(b + l) - p F

whatever epsilon; the share that runs is (x* - theta + epsilon)/(2 epsilon), between 0 and 1,
x* = theta* + epsilon (2 l/(b + l) - 1). A believed backstop prevents runs without being used.
Here theta = 1 - herding - trust lost - dysfunction. Model document, section 3.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.types import Array, Given, Parameters


class Run(NamedTuple):
    """Par sold in the session and in all ($bn, 2025 size), and the pressure remembered."""

    sold_usdbn: Array
    ran_usdbn: Array
    herding: Array


def threshold(belief: Array, p: Parameters) -> Array:
    """theta* = l/(b + l) - p F."""
    return p.run_loss_share - belief * p.run_backstop


def share_running(theta: Array, belief: Array, p: Parameters) -> Array:
    """Share of the runnable holdings that runs at capacity `theta`."""
    signal = threshold(belief, p) + p.run_noise * (2.0 * p.run_loss_share - 1.0)
    return jnp.clip((signal - theta + p.run_noise) / (2.0 * p.run_noise), 0.0, 1.0)


def runs(given: Given) -> Run:
    """What runs in the session; who has sold stays out."""
    p, state, dt_days = given.p, given.state, given.inputs.dt_days
    keep = jnp.exp2(-dt_days / p.herding_half_life_days)
    herding = jnp.clip(state.reacting.herding * keep + given.inputs.pressed.herding, 0.0, 1.0)
    pressure = herding + p.run_trust_weight * state.trust_loss + p.run_dysfunction_weight * state.S
    share = share_running(1.0 - pressure, state.fed.belief, p)
    target = share * p.run_holding_share * state.open_holdings.foreign_private
    wanted = jnp.maximum(target - state.reacting.ran_usdbn, 0.0)
    sold = given.switches.foreign_private * wanted * (1.0 - jnp.exp(-dt_days / p.run_days))
    return Run(sold, state.reacting.ran_usdbn + sold, herding)
