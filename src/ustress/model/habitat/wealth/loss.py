"""What arbitrageurs lose on what they hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError
from ustress.model.habitat.curves import Curves


def revaluation_loss(
    curves: Curves, q: ArrayLike, moved_q: ArrayLike, wealth_share_of_gdp: float
) -> float:
    """The share of wealth arbitrageurs lose when states jump from q to moved_q.

    They hold X = alpha log P + theta0 + Theta'q at q; log P changes by -A'(moved_q - q).

    Args:
        curves: one economy.
        q: states (n,) before.
        moved_q: states (n,) after.
        wealth_share_of_gdp: w0, above zero; positions are shares of GDP too.

    Raises:
        BadInputError: for wealth not above zero.
    """
    if not wealth_share_of_gdp > 0:
        raise BadInputError(f"wealth_share_of_gdp is {wealth_share_of_gdp}; expected above zero")
    p, nodes = curves.primitives, curves.mesh.nodes
    before = np.asarray(q, np.float64)
    A = curves.A(nodes)
    held = p.theta0 + p.theta @ before - p.alpha * (A @ before + curves.C(nodes))
    fall = A @ (np.asarray(moved_q, np.float64) - before)
    return float((p.weights * held) @ -np.expm1(-fall)) / wealth_share_of_gdp
