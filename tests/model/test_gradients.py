"""Derivatives through whole sessions: exact, and finite where the equations have kinks."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from model.worlds import OPENING, cast, medians
from ustress.model.market import initial_state, step
from ustress.model.quiet import NO_PURCHASES, no_shocks, quiet_inputs
from ustress.model.types import IMPOSED_ONLY, Parameters

NAMES = ("lam0_bp_per_100bn", "eta", "u0", "ubar", "chi", "e_usdbn_per_day_per_bp", "leverage")


def _ten_year(p: Parameters) -> jax.Array:
    """The ten-year's move after four days of $100bn each, bp."""
    par = jnp.full(4, 100.0)
    start = initial_state(cast(OPENING), p)

    def day(state, par_today):  # type: ignore[no-untyped-def]
        inputs = quiet_inputs()._replace(sale_par_usdbn=par_today, sale_x_usdbn=0.56 * par_today)
        after, seen = step(state, no_shocks(state.D_bp), inputs, NO_PURCHASES, IMPOSED_ONLY, p)
        return after, seen.ten_year_change_bp[0]

    return jnp.asarray(jax.lax.scan(day, start, par)[1][-1])


def test_gradients_against_differences_second_route() -> None:
    """Second route: reverse mode through four sessions against central differences."""
    p = medians()
    both = jax.jit(jax.value_and_grad(_ten_year))
    slopes = both(p)[1]
    for name in NAMES:
        leaf = getattr(p, name)
        h = 1e-5 * float(jnp.max(leaf))
        up, down = (float(both(p._replace(**{name: leaf + s * h}))[0]) for s in (1, -1))
        exact = float(jnp.sum(getattr(slopes, name)))
        assert np.isfinite(exact)
        assert exact == pytest.approx((up - down) / (2 * h), rel=1e-5, abs=1e-6)
