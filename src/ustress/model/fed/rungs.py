"""The rungs of the ladder, in order, and policies as numbers by rung.

talk (an announcement without an operation); repo (a standing facility that lends at a rate);
relief (Treasuries and reserves leave the leverage ratio); buybacks (by the Treasury); hedged
(purchases against futures: balance sheet, no duration); temporary (outright, with a stated exit);
open_ended (outright, held). Only the last two are outright purchases.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ustress.model.types import Array, Policy

RUNGS = ("talk", "repo", "relief", "buybacks", "hedged", "temporary", "open_ended")
COUNT = len(RUNGS)
OUTRIGHT = (RUNGS.index("temporary"), RUNGS.index("open_ended"))
FIRST_OUTRIGHT = OUTRIGHT[0]
FIRST_BUYING = RUNGS.index("buybacks")
"""Rungs before it buy nothing."""
NEVER = 1e9
"""A trigger, cap or maximum that is never reached; a disabled rung has no other."""

IDLE: dict[str, float] = {
    "enabled": 0.0,
    "trigger_ratio": NEVER,
    "trigger_dysfunction": NEVER,
    "announce_day": NEVER,
    "decision_lag_days": 0.0,
    "pace_usdbn_per_day": 0.0,
    "announced_usdbn": 0.0,
    "max_usdbn": NEVER,
    "exit_dysfunction": 0.0,
    "minimum_days": 0.0,
    "temporary": 0.0,
    "half_life_years": 1.0,
    "x_ratio": 1.0,
    "reserves_ratio": 1.0,
    "mbs_ratio": 0.0,
    "capacity_rise": 0.0,
    "facility_cap_bp": NEVER,
    "spread_cut": 0.0,
    "belief": 0.0,
}
"""A rung that does nothing."""


def ladder(
    rungs: dict[str, dict[str, float]], prior_belief: float = 0.0, moral_hazard: float = 0.0
) -> Policy:
    """The policy with the rungs given, each as the numbers in which it differs from `IDLE`."""
    columns: dict[str, Any] = {k: np.full(COUNT, v) for k, v in IDLE.items()}
    for name, numbers in rungs.items():
        for key, value in numbers.items():
            columns[key][RUNGS.index(name)] = value
    return Policy(**columns, prior_belief=prior_belief, moral_hazard=moral_hazard)


def column(leaf: Array) -> Array:
    """(rungs, 1): a policy's leaf, whether it was given by rung or as one number."""
    return jnp.broadcast_to(jnp.asarray(leaf), (COUNT,))[:, None]
