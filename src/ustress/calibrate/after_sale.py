"""The dislocation at the end of a sale: the fast layer by itself, draw by draw, without shocks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from ustress.model.draws import draw
from ustress.model.market import initial_state, step
from ustress.model.precision import FLOAT
from ustress.model.quiet import NO_PURCHASES, no_shocks, quiet_inputs
from ustress.model.types import IMPOSED_ONLY, TENORS_YEARS, Array, Inputs, Opening, Parameters
from ustress.simulate.cache import use_compilation_cache
from ustress.simulate.slow import slow_layer

Floats = NDArray[np.float64]

LONGEST_DAYS = 252
VOLATILITY_BP = 5.0
"""The ten-year's daily volatility at which lam0 stands (model document, section 2)."""


def wedge_bp(sales: Sequence[tuple[float, int]], draws: int, tau: float = 10.0) -> Floats:
    """Dislocation of the yield at `tau` on the last day of each sale, bp (sales, draws).

    Args:
        sales: par ($bn, 2025 size, the sellers' mix) and business days over which it is sold.
        draws: joint draws of the fast layer, from the first path on.
        tau: a maturity among the model's tenors, years.

    The market opens at rest with the dealers' use of April 2025 and 5 bp of daily volatility;
    nothing is bought by the Fed. Real money and slow capital respond; lasting effects are left
    out (they are the slow layer's).
    """
    whole = _wedges(tuple(sales), draws)
    h = np.interp(tau, TENORS_YEARS, np.asarray(sellers_parameters(draws).h, np.float64))
    return h * whole


@lru_cache(maxsize=4)
def _wedges(sales: tuple[tuple[float, int], ...], draws: int) -> Floats:
    use_compilation_cache()
    p = sellers_parameters(draws)
    start = initial_state(_OPENING, p)
    D = np.empty((len(sales), draws))
    for row, (par, days) in enumerate(sales):
        D[row] = np.asarray(_fold(start, p, par / days, float(days)))[days - 1]
    return D


@lru_cache(maxsize=2)
def sellers_parameters(draws: int) -> Parameters:
    """The parameters the simulator's first paths live with, the heavy tail included."""
    drawn = draw(np.arange(draws), slow_layer(1.0))
    made: Parameters = jax.tree.map(lambda leaf: jnp.asarray(leaf, FLOAT), drawn)
    return made


_OPENING = Opening(
    yields_pct=np.full(len(TENORS_YEARS), 4.0),
    bill_pct=4.0,
    q=np.zeros(3),
    sigma_bp=VOLATILITY_BP,
    reserves_usdbn=3300.0,
    gdp_usdbn=30_500.0,
    sofr_iorb_bp=0.0,
)
"""Levels of yields and funding do not enter the wedge; volatility does."""


# Runs once, in a blink: unoptimised machine code comes in half the time.
@partial(jax.jit, compiler_options={"xla_backend_optimization_level": 0})
def _fold(start: Array, p: Parameters, par_a_day: Array, days: Array) -> Array:
    """(LONGEST_DAYS, draws): the ten-year's dislocation at every close."""
    quiet = quiet_inputs()
    shocks = no_shocks(p.lam0_bp_per_100bn)

    def one(state: Array, day: Array) -> tuple[Array, Array]:
        par = jnp.where(day <= days, par_a_day, 0.0)
        now: Inputs = quiet._replace(
            day=day, sale_par_usdbn=par, sale_x_usdbn=par * p.x_per_par_sellers
        )
        after, seen = step(state, shocks, now, NO_PURCHASES, IMPOSED_ONLY, p)
        return after, seen.D_bp

    return jax.lax.scan(one, start, jnp.arange(1.0, LONGEST_DAYS + 1.0))[1]
