"""The level of mean supply at which the steady-state curve has a given slope.

Debt outstanding overstates what arbitrageurs are paid to hold (it would give six percentage
points of term premium), so theta0 keeps its shape and takes its level from the mean slope.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from ustress.core.errors import CannotError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.constants import supply_premium
from ustress.model.habitat.curves import Curves

AnyCurves = TypeVar("AnyCurves", bound=Curves)


def factor_for_slope(
    equilibrium: Curves, mean_slope: float, long: float = 10.0, short: float = 0.25
) -> Floats:
    """The factor (...) on theta0 at which mean y(long) - y(short) equals `mean_slope`, decimal.

    Exact: M does not depend on theta0 and C is linear in it.

    Raises:
        CannotError: if the intercept moves the slope nowhere (it is zero, or nobody is averse).
    """
    tau = np.array([short, long])
    bare = _without_supply(equilibrium)
    with_level, without = (_mean_slope(e, tau) for e in (equilibrium, bare))
    gain = with_level - without
    if np.any(gain == 0):
        raise CannotError(
            "intercept does not move the mean slope, so no level of it gives the slope asked for; "
            "expected an intercept and a risk aversion above zero"
        )
    return np.asarray((mean_slope - without) / gain)


def with_mean_slope(
    equilibrium: AnyCurves, mean_slope: float, long: float = 10.0, short: float = 0.25
) -> AnyCurves:
    """The same economy, or draws, with theta0 scaled so that the mean slope is as asked.

    Only k and `primitives.theta0` change; a `habitat` keeps the curve it was given.
    """
    factor = factor_for_slope(equilibrium, mean_slope, long, short)
    bare = _without_supply(equilibrium)
    p = equilibrium.primitives
    return replace(
        equilibrium,
        k=bare.k + factor[..., None] * (equilibrium.k - bare.k),
        primitives=p._replace(theta0=factor[..., None] * p.theta0),
    )


def _without_supply(equilibrium: AnyCurves) -> AnyCurves:
    p = equilibrium.primitives._replace(theta0=0.0 * equilibrium.primitives.theta0)
    return replace(equilibrium, k=supply_premium(equilibrium.M, p, equilibrium.mesh), primitives=p)


def _mean_slope(equilibrium: Curves, tau: Floats) -> Floats:
    y = equilibrium.yields(equilibrium.steady_state(), tau)
    return np.asarray(y[..., 1] - y[..., 0])
