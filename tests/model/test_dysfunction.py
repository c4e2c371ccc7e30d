"""The index S on plain numbers, and its bounds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.worlds import STEADY
from ustress.core.status import PathStatus
from ustress.model.dysfunction import WEIGHTS, dysfunction, dysfunction_parts
from ustress.model.parameters import load_parameters
from ustress.model.session import WEDGE_RANGE_BP, judge
from ustress.model.types import status_code


def test_by_hand_analytic() -> None:
    """Analytic: each part at half its weight."""
    parts = dysfunction_parts(2.0, 30.0, 40.0, 110.0)
    assert tuple(parts) == pytest.approx(tuple(w / 2 for w in WEIGHTS), rel=1e-12)
    assert dysfunction(2.0, 30.0, 40.0, 110.0) == pytest.approx(0.5, rel=1e-12)


def test_a_calm_market_scores_exactly_zero_analytic() -> None:
    """Analytic: no rationing, no spread, a wedge the other way, cheap funding."""
    assert dysfunction(1.0, 0.0, -30.0, -7.0) == 0.0


def test_september_2019_on_measured_funding_alone_published() -> None:
    """Published: SOFR 5.25 on 17 September 2019 (New York Fed) against 2.10 paid on reserves.

    The funding part alone gives .075; the model document's prototype has .08 in all.
    """
    assert dysfunction(1.0, 0.0, 0.0, 315.0) == pytest.approx(0.10 * 305 / 405, rel=1e-12)
    assert round(dysfunction(1.0, 0.0, 0.0, 315.0), 2) == 0.08


@STEADY
@given(
    g=st.floats(1, 1e6),
    Lam=st.floats(0, 1e6),
    D=st.floats(-1e6, 1e6),
    r=st.floats(-1e3, 1e6),
    push=st.floats(0, 1e3),
)
def test_bounded_and_rising_in_every_argument_property(
    g: float, Lam: float, D: float, r: float, push: float
) -> None:
    """Property: within 0 and 1, no part above its weight, nothing falls when markets worsen."""
    S = dysfunction(g, Lam, D, r)
    assert 0.0 <= S <= 1.0
    assert all(
        p <= w + 1e-12 for p, w in zip(dysfunction_parts(g, Lam, D, r), WEIGHTS, strict=True)
    )
    pushed = ((push, 0, 0, 0), (0, push, 0, 0), (0, 0, push, 0), (0, 0, 0, push))
    for dg, dLam, dD, dr in pushed:
        assert dysfunction(g + dg, Lam + dLam, D + dD, r + dr) >= S - 1e-12


def test_arrays_of_either_kind_give_the_same_second_route() -> None:
    """Second route: NumPy and JAX arrays agree with plain numbers."""
    import jax.numpy as jnp

    g, Lam, D, r = np.array([1.0, 1.4]), np.array([0.0, 13.0]), np.array([-5.0, 38.0]), 12.0
    one = [dysfunction(float(a), float(b), float(c), r) for a, b, c in zip(g, Lam, D, strict=True)]
    np.testing.assert_allclose(dysfunction(g, Lam, D, r), one, rtol=1e-12)
    np.testing.assert_allclose(
        dysfunction(jnp.asarray(g), jnp.asarray(Lam), jnp.asarray(D), r), one, rtol=1e-6
    )


def test_no_crossing_hangs_on_a_wedge_out_of_range_analytic() -> None:
    """Analytic: at the edge of the range S exceeds every threshold by the wedge alone."""
    _, highest = load_parameters()["threshold"].bounds or (0.0, 1.0)
    assert dysfunction(1.0, 0.0, WEDGE_RANGE_BP, 0.0) > highest


@pytest.mark.parametrize(
    ("D_bp", "ten_bp", "ended"),
    [(499.0, 600.0, PathStatus.OK), (501.0, 600.0, PathStatus.EXPLOSIVE),
     (-501.0, 0.0, PathStatus.EXPLOSIVE), (1399.0, 1500.0, PathStatus.EXPLOSIVE),
     (np.nan, 0.0, PathStatus.EXPLOSIVE), (0.0, 2001.0, PathStatus.EXPLOSIVE)],
)  # fmt: skip
def test_a_wedge_out_of_range_is_a_named_break(
    D_bp: float, ten_bp: float, ended: PathStatus
) -> None:
    """By hand: refused rather than extrapolated; a break that came first stays."""
    seen: Any = SimpleNamespace(
        D_bp=np.array([D_bp] * 2), ten_year_change_bp=np.array([ten_bp] * 2)
    )
    before = np.array([status_code(PathStatus.OK), status_code(PathStatus.SPIRAL)])
    found = judge(before, np.ones(2), np.ones(2), np.zeros(2), seen)
    assert [int(code) for code in found] == [status_code(ended), status_code(PathStatus.SPIRAL)]
