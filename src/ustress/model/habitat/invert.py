"""The state behind a curve: exact inversion at as many maturities as there are states."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError, CannotError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.curves import Curves


def invert_state(equilibrium: Curves, tau_obs: ArrayLike, zero_yields_cc: ArrayLike) -> Floats:
    """The states (..., n) at which the model's yields equal those observed, exactly.

    Args:
        equilibrium: one economy or a stack of draws.
        tau_obs: n maturities, years.
        zero_yields_cc: zero-coupon yields there, continuously compounded, decimal; (n,) or (D, n).

    Raises:
        BadInputError: if the numbers of maturities, yields and states differ, or two maturities
            are the same.
        CannotError: if yields there do not tell the states apart.
    """
    n = equilibrium.M.shape[-1]
    tau = equilibrium.maturities(tau_obs)
    y = np.asarray(zero_yields_cc, np.float64)
    if tau.size != n or y.shape[-1:] != (n,) or not np.all(np.isfinite(y)):
        raise BadInputError(
            f"inversion needs {n} maturities and finite yields; got {tau.size} and shape {y.shape}"
        )
    if np.unique(tau).size != n:
        raise BadInputError("tau_obs repeats a maturity; expected distinct ones")
    gap = y * tau - equilibrium.C(tau)
    try:
        q = np.linalg.solve(equilibrium.A(tau), gap[..., None])[..., 0]
    except np.linalg.LinAlgError:
        raise CannotError(
            "yields do not tell the states apart (some state moves none of them); "
            "expected a risk aversion above zero and loadings that differ"
        ) from None
    return np.asarray(q, np.float64)
