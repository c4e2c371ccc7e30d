"""The Federal Reserve: a ladder of rungs, belief in the backstop, and what both do.

    from ustress.model import fed
    fed.operate(...); fed.decide(...); fed.policy_bp(...)

Decisions fall at the New York close, operations run from the next session on. Each rung moves
named states: demand created (ten-year equivalents), balance sheet freed (par), duration
withdrawn, reserves added, dealers' capacity, the cap on repo rates, belief. Model document,
section 3.
"""

from ustress.model.fed.announced import policy_bp
from ustress.model.fed.belief import calm, leverage, next_belief
from ustress.model.fed.decide import decide
from ustress.model.fed.operate import (
    Operations,
    accrue,
    at_rest,
    capacity_ratio,
    facility_cap_bp,
    operate,
    spread_kept,
    with_prior,
)
from ustress.model.fed.rungs import COUNT, FIRST_OUTRIGHT, OUTRIGHT, RUNGS, ladder

__all__ = [
    "COUNT",
    "FIRST_OUTRIGHT",
    "OUTRIGHT",
    "RUNGS",
    "Operations",
    "accrue",
    "at_rest",
    "calm",
    "capacity_ratio",
    "decide",
    "facility_cap_bp",
    "ladder",
    "leverage",
    "next_belief",
    "operate",
    "policy_bp",
    "spread_kept",
    "with_prior",
]
