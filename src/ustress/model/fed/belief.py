"""Belief p in the backstop: raised by words and by operations that work, worn by those that fail.

    start of a rung        1 - p falls by the rung's share                  (`decide`)
    while the Fed operates 1 - p falls by gain x (fall of D, bp), p falls by wear x (rise of D, bp)
    doubt                  p falls by the factor e^{-shock}
    nothing in force       p returns to its prior with a time constant

What it does: theta* = l/(b + l) - p F in the run game (model document, section 3); announced
purchases count in the slow layer by p; volatility falls when p rises; and, as a knob that nobody
has calibrated, the basis trade runs deeper leverage.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.types import Array, FedState, Inputs, Parameters, Policy


def next_belief(
    fed: FedState, rise_bp: Array, inputs: Inputs, policy: Policy, p: Parameters
) -> Array:
    """P after a session in which the wedge rose by `rise_bp`, before any new announcement."""
    buying = (fed.active * (fed.remaining_usdbn > 0)).max(axis=0)
    doubt_left = jnp.exp(-buying * p.belief_gain_per_bp * jnp.maximum(-rise_bp, 0.0))
    worn = buying * p.belief_wear_per_bp * jnp.maximum(rise_bp, 0.0) + inputs.doubt_shock
    believed = (1.0 - (1.0 - fed.belief) * doubt_left) * jnp.exp(-worn)
    fading = (1.0 - fed.active.max(axis=0)) * inputs.dt_days / p.belief_fade_days
    return policy.prior_belief + (believed - policy.prior_belief) * jnp.exp(-fading)


def calm(before: Array, after: Array, p: Parameters) -> Array:
    """Change of log sigma when belief rises; a fall of belief leaves volatility to the market."""
    return -p.belief_calm * jnp.maximum(after - before, 0.0)


def leverage(p: Parameters, policy: Policy, belief: Array) -> Array:
    """Leverage of the basis trade with a backstop believed to the degree `belief`."""
    return p.leverage * (1.0 + policy.moral_hazard * belief)
