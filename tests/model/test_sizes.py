"""Par, ten-year equivalents, DV01."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.worlds import STEADY
from ustress.model import sizes


@STEADY
@given(par=st.floats(-1e4, 1e4), duration=st.floats(0.1, 30))
def test_there_and_back_property(par: float, duration: float) -> None:
    """Property: par to equivalents to par; equal DV01 for the same equivalents."""
    x = sizes.ten_year_equivalents(par, duration)
    assert sizes.par_from_ten_year_equivalents(x, duration) == pytest.approx(par, abs=1e-9)
    assert sizes.dv01_usdmn_per_bp(par, duration) == pytest.approx(
        sizes.dv01_usdmn_per_bp(x, sizes.TEN_YEAR_DURATION_YEARS), abs=1e-6
    )


def test_by_hand_analytic() -> None:
    """Analytic: $100bn of ten-years is its own equivalent and has a DV01 of $85mn."""
    assert sizes.ten_year_equivalents(100.0, 8.5) == 100.0
    assert sizes.dv01_usdmn_per_bp(100.0, 8.5) == pytest.approx(85.0)
    assert sizes.scale_to_2025(30_500.0) == 1.0
