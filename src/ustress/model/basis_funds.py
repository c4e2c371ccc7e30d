"""Hedge funds in the cash-futures basis: leverage that sells when the basis widens.

    loss   = N x .5 x 8.5e-4 x kb x dD+            $bn; the trade loses on the basis, kb D
    forced = min(N, (L - 1) loss)                   par sold in the next session; no duration
    gain   = (L - 1) N x .5 x 8.5e-4 x kb x dD/dB   from one forced sale to the next

(Model document, section 2.) .5 x 8.5 is the average duration of the notional, 1e-4 a basis
point. At a gain of one each sale causes one as large: the spiral.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.types import Array, Parameters

LOSS_PER_BP = 0.5 * 8.5e-4
"""Loss of one dollar of notional per basis point of basis."""


class Forced(NamedTuple):
    """What the funds must sell next ($bn par) and the spiral's gain."""

    par_usdbn: Array
    gain: Array


def forced_sale(
    basis_usdbn: Array, rise_bp: Array, D_per_par_bp: Array, present: Array, p: Parameters
) -> Forced:
    """The sale that a rise of the wedge by `rise_bp` forces, and the gain at this point.

    `D_per_par_bp`: dD per $bn of par, real money's response included.
    """
    par_per_bp = present * (p.leverage - 1.0) * basis_usdbn * LOSS_PER_BP * p.kb
    sale = jnp.minimum(basis_usdbn, par_per_bp * jnp.maximum(rise_bp, 0.0))
    return Forced(sale, par_per_bp * D_per_par_bp)
