"""Dealers' balance sheets: bounds and slopes that hold for every parameter."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.worlds import STEADY, medians
from ustress.model import dealers


def _tightness(u: float, ubar: float, w: float = 0.05) -> float:
    p = medians(ubar=ubar, w=w, u0=u)
    return float(dealers.use(jnp.zeros(1), dealers.capacity(jnp.ones(1), 1.0, p.u0, p), p).z[0])


@STEADY
@given(ubar=st.floats(0.3, 0.99), w=st.floats(0.01, 0.3))
def test_a_full_balance_sheet_has_tightness_one_property(ubar: float, w: float) -> None:
    """Analytic: z = 1 at u = 1, whatever ubar and w are."""
    assert _tightness(1.0, ubar, w) == pytest.approx(1.0, abs=1e-12)


@STEADY
@given(u=st.floats(0.0, 1e4), ubar=st.floats(0.3, 0.99))
def test_tightness_is_finite_and_rises_property(u: float, ubar: float) -> None:
    """Property: defined beyond a full balance sheet, where (u - ubar)/(1 - u) is not."""
    here, further = _tightness(u, ubar), _tightness(u + 0.1, ubar)
    assert np.isfinite(further)
    assert 0.0 <= here < further or further < 1e-12


def test_far_beyond_full_tightness_is_linear_analytic_limit() -> None:
    """Analytic limit: softplus(x) -> x, so z's slope in u tends to 1/(w softplus((1-ubar)/w))."""
    slope = (_tightness(40.0, 0.83) - _tightness(20.0, 0.83)) / 20.0
    assert slope == pytest.approx(1 / (0.05 * np.log1p(np.exp(0.17 / 0.05))), rel=1e-9)


def test_slope_of_g_second_route() -> None:
    """Second route: the slope written out agrees with automatic differentiation."""
    p = medians()
    cap = dealers.capacity(jnp.ones(1), 1.0, p.u0, p)
    for held in (10.0, 150.0, 400.0, 900.0):
        at = jnp.full(1, held)
        slope = jax.grad(lambda b: dealers.use(b, cap, p).g.sum())(at)
        assert float(dealers.use(at, cap, p).g_slope[0]) == pytest.approx(
            float(slope[0]), rel=1e-10
        )


def test_short_inventories_leave_use_at_its_floor_property() -> None:
    """Property: dealers who are short need no more balance sheet than before."""
    p = medians()
    cap = dealers.capacity(jnp.ones(1), 1.0, p.u0, p)
    assert float(dealers.use(jnp.full(1, -300.0), cap, p).u[0]) == float(p.u0[0])


def test_use_fades_towards_its_mean_with_its_half_life() -> None:
    """Analytic: half of the distance after a half-life, none left in the limit; still undated."""
    p = medians()._replace(u0=0.8, use_mean=0.5, use_half_life_days=100.0)
    days = jnp.array([0.0, 100.0, 1e5])
    assert np.asarray(dealers.underlying_use(days, p)) == pytest.approx([0.8, 0.6, 0.4])
    still = p._replace(use_mean=1.0)
    assert np.asarray(dealers.underlying_use(days, still)) == pytest.approx([0.8] * 3)
