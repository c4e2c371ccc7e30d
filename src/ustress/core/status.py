"""Named outcomes of a computation. The members' values are the messages a user reads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class SolveStatus(Enum):
    """How an equilibrium solve ended; the value says what it means and what to do."""

    OK = "equilibrium found"
    EXPLOSIVE = (
        "the equilibrium is explosive (an eigenvalue of M has a real part at or below zero): "
        "lower the risk aversion or the demand loadings"
    )
    NO_EQUILIBRIUM = (
        "no equilibrium at this risk aversion: demand risk feeds on itself; lower the risk "
        "aversion, the demand volatility or the loadings, or raise the demand slope"
    )
    NOT_CONVERGED = (
        "the residual stayed above its tolerance: refine the quadrature or shorten the horizon"
    )


class PathStatus(Enum):
    """How a simulated path ended; only `OK` paths enter averages, the others are counted."""

    OK = "ran to its end"
    LIQUIDATED = "the cash-futures basis trade was sold out completely"
    SPIRAL = "one forced sale caused the next without end: the leverage spiral's gain reached one"
    EXPLOSIVE = "a state left the range in which the equations mean anything"


def breaks(counts: Mapping[PathStatus, int]) -> str:
    """How many paths broke and how, in words: `in 82 one forced sale caused the next ...`."""
    return "; ".join(f"in {n:,} {s.value}" for s, n in counts.items() if s is not PathStatus.OK)
