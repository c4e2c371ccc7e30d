"""What a holder who sells on the way loses: on what is sold that day, and on what is left.

    realised_T   = sum_t s_t L_t
    unrealised_T = (H - sum_t s_t) L_T + sum_t b_t (L_T - L_t)

H held at the opening, s_t sold and b_t bought on day t ($bn of opening value), L_t the loss since
the opening as a share of it. Together they are what the position lost, whatever was sold when.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Lost(NamedTuple):
    """(paths,) $bn each; a loss is positive."""

    realised_usdbn: Floats
    unrealised_usdbn: Floats

    @property
    def whole_usdbn(self) -> Floats:
        """Both together."""
        return self.realised_usdbn + self.unrealised_usdbn


def lost(held_usdbn: float, bought_usdbn: Floats | None, loss_pct: Floats) -> Lost:
    """Loss of a holder between the opening and the last day given.

    Args:
        held_usdbn: on the opening day.
        bought_usdbn: (paths, days) net purchases since the opening, falling where he sells; None:
            he holds throughout.
        loss_pct: (paths, days) loss on his bonds since the opening, per cent of their value then.

    What is sold comes from the opening's holdings and never exceeds them.
    """
    last = loss_pct[:, -1] / 100.0
    if bought_usdbn is None:
        return Lost(np.zeros_like(last), held_usdbn * last)
    moved = np.diff(bought_usdbn, axis=1)
    sold, bought = np.maximum(-moved, 0.0), np.maximum(moved, 0.0)
    then = loss_pct[:, 1:] / 100.0
    left = np.maximum(held_usdbn - sold.sum(axis=1), 0.0)
    since = (bought * (last[:, None] - then)).sum(axis=1)
    return Lost((sold * then).sum(axis=1), left * last + since)
