"""The dysfunction index S: how badly the market functions, not how high or fast yields are.

S = .35 (1 - 1/g) + .25 Lam/(Lam + 30) + .30 D+/(D+ + 40) + .10 r/(r + 100), r = (SOFR - IORB
- 10)+ (model document, section 3). Every part is bounded by its weight, so no single market
decides. Plain arithmetic only: works on numbers, NumPy and JAX arrays alike, hence for measured
values of past episodes as well as in the simulation.
"""

from __future__ import annotations

from typing import NamedTuple

from ustress.model.types import Array

WEIGHTS = (0.35, 0.25, 0.30, 0.10)
"""Depth, dealers' spread, wedge, funding: they add up to one."""
SPREAD_HALF_BP, WEDGE_HALF_BP, FUNDING_HALF_BP = 30.0, 40.0, 100.0
"""Sizes at which the bounded parts reach half their weight."""
FUNDING_FREE_BP = 10.0
"""SOFR less IORB up to which funding counts as calm."""


class Parts(NamedTuple):
    """The four contributions to S, in the order of `WEIGHTS`; their sum is S."""

    depth: Array
    spread: Array
    wedge: Array
    funding: Array


def _positive(x: Array) -> Array:
    return (x + abs(x)) / 2


def dysfunction_parts(g: Array, Lam_bp: Array, D_bp: Array, sofr_iorb_bp: Array) -> Parts:
    """The contributions to S.

    Args:
        g: the dealers' factor on price pressure, at least 1.
        Lam_bp: the dealers' spread (GCF less tri-party above its normal), bp.
        D_bp: the ten-year's wedge, bp.
        sofr_iorb_bp: SOFR less IORB, bp.
    """
    D, r = _positive(D_bp), _positive(sofr_iorb_bp - FUNDING_FREE_BP)
    Lam = _positive(Lam_bp)
    return Parts(
        WEIGHTS[0] * (1.0 - 1.0 / g),
        WEIGHTS[1] * Lam / (Lam + SPREAD_HALF_BP),
        WEIGHTS[2] * D / (D + WEDGE_HALF_BP),
        WEIGHTS[3] * r / (r + FUNDING_HALF_BP),
    )


def dysfunction(g: Array, Lam_bp: Array, D_bp: Array, sofr_iorb_bp: Array) -> Array:
    """S, between 0 and 1; arguments as in `dysfunction_parts`."""
    parts = dysfunction_parts(g, Lam_bp, D_bp, sofr_iorb_bp)
    return parts.depth + parts.spread + parts.wedge + parts.funding
