"""Output and inflation: what a path of rates and of the lasting term premium does to both.

    x_t  = .92 x_{t-1} - 1.3 L_{t-1},   L_t = (1/40) E sum_{j<40} i_{t+j} + .48 tp_t
    pi_t = .10 x_{t-1};                 i_t = .91 i_{t-1} + .09 (1.5 pi_t + 1.0 x_t) + e_t

Quarters; percentage points at annual rates, all as deviations from what would have been (model
document, section 7). Expectations are the model's own: the path of `e` and `tp` is known from the
first quarter on, so the whole is one linear system. `tp` is the quarter's mean of the lasting term
premium (slow layer and convenience yield), never of the dislocation D.

An exogenous rise contracts; a fiscal one comes with demand: the driver decides, and this block
says only what the former does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.errors import BadInputError

Floats = NDArray[np.float64]

PERSISTENCE, RATE_EFFECT = 0.92, 1.3
HORIZON_QUARTERS = 40
"""Quarters over which the expected policy rate counts: a ten-year rate."""
PREMIUM_WEIGHT = 0.48
"""Effect of the term premium per unit, against that of the expected ten-year rate."""
PHILLIPS = 0.10
SMOOTHING, TO_INFLATION, TO_OUTPUT = 0.91, 1.5, 1.0
TAIL_QUARTERS = 160
"""Quarters solved after the last one given, in which everything returns to zero."""


@dataclass(frozen=True, eq=False)
class MacroPath:
    """Deviations by quarter, (..., quarters), percentage points at annual rates.

    Attributes:
        output_gap_pp: x.
        inflation_pp: pi.
        policy_rate_pp: i, the rule's answer included.
    """

    output_gap_pp: Floats
    inflation_pp: Floats
    policy_rate_pp: Floats


def macro_path(
    rate_shock_pp: ArrayLike, term_premium_pp: ArrayLike, quarters: int | None = None
) -> MacroPath:
    """Output, inflation and the policy rate that follow.

    Args:
        rate_shock_pp: e (..., q), what the policy rate is moved by in each quarter besides its
            rule; it stays with the rule's smoothing.
        term_premium_pp: tp (..., q), the lasting term premium's deviation; zero after the last.
        quarters: how many to return; None returns as many as were given.

    Raises:
        BadInputError: if the two differ in shape, are empty or not finite, or `quarters` is out
            of range.
    """
    e, tp = (np.asarray(a, np.float64) for a in (rate_shock_pp, term_premium_pp))
    if e.shape != tp.shape or e.ndim < 1 or e.shape[-1] < 1:
        raise BadInputError(f"macro: paths have shapes {e.shape} and {tp.shape}; expected one")
    if not (np.isfinite(e).all() and np.isfinite(tp).all()):
        raise BadInputError("macro: a path holds a number that is not finite")
    given = e.shape[-1]
    wanted = given if quarters is None else quarters
    if not 1 <= wanted <= given + TAIL_QUARTERS // 2:
        raise BadInputError(
            f"macro: quarters is {wanted}; expected 1 to {given + TAIL_QUARTERS // 2}"
        )
    to_e, to_tp = _responses(given)
    moved = e @ to_e.T + tp @ to_tp.T
    n = given + TAIL_QUARTERS
    x, i = moved[..., :wanted], moved[..., n : n + wanted]
    lagged = np.concatenate([np.zeros_like(x[..., :1]), x[..., :-1]], axis=-1)
    return MacroPath(x, PHILLIPS * lagged, i)


@lru_cache(maxsize=8)
def _responses(given: int) -> tuple[Floats, Floats]:
    """(2n, given): the answer of (x, i) to one unit of e and of tp in each quarter given."""
    n = given + TAIL_QUARTERS
    back, eye = np.eye(n, k=-1), np.eye(n)
    mean = sum(np.eye(n, k=j) for j in range(HORIZON_QUARTERS)) / HORIZON_QUARTERS
    system = np.block(
        [
            [eye - PERSISTENCE * back, RATE_EFFECT * back @ mean],
            [
                -(1 - SMOOTHING) * (TO_OUTPUT * eye + TO_INFLATION * PHILLIPS * back),
                eye - SMOOTHING * back,
            ],
        ]
    )
    unit = np.eye(n)[:, :given]
    force_e = np.concatenate([np.zeros_like(unit), unit])
    force_tp = np.concatenate([-RATE_EFFECT * PREMIUM_WEIGHT * back @ unit, np.zeros_like(unit)])
    solved = np.linalg.solve(system, np.concatenate([force_e, force_tp], axis=1))
    return solved[:, :given], solved[:, given:]
