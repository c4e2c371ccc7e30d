"""Percentile ranks on expanding windows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ustress.monitor import percentile
from ustress.monitor.percentile import expanding_percentiles, percentile_of_last


@given(st.lists(st.integers(0, 20), min_size=1, max_size=80), st.integers(1, 40))
def test_property_expanding_ranks_agree_with_a_plain_count(values: list[int], block: int) -> None:
    """Second route: the definition, prefix by prefix, for any size of block."""
    kept, percentile._BLOCK = percentile._BLOCK, block
    try:
        x = np.array(values, float)
        found = expanding_percentiles(x, np.arange(x.size))
    finally:
        percentile._BLOCK = kept
    for i, rank in enumerate(found):
        past = x[: i + 1]
        plain = 100 * ((past < x[i]).sum() + 0.5 * (past == x[i]).sum()) / (i + 1)
        assert rank == plain


@given(st.lists(st.integers(-9, 9), min_size=24, max_size=60), st.integers(1, 5))
def test_property_the_rank_lies_in_range_and_survives_rescaling(
    values: list[int], factor: int
) -> None:
    x = np.array(values, float)
    rank = percentile_of_last(x)
    assert rank is not None
    assert 0 < rank < 100
    assert percentile_of_last(factor * x + 3) == rank
    mirrored = percentile_of_last(-x)
    assert mirrored is not None
    assert abs(mirrored - (100 - rank)) < 1e-9


def test_constant_extreme_and_short_series() -> None:
    """Analytic: mid-rank 50 for a constant, 100 (1 - 1/2n) for a new extreme among n."""
    assert percentile_of_last(np.ones(30)) == 50.0
    assert percentile_of_last(np.arange(40.0)) == 100 * (1 - 1 / 80)
    assert percentile_of_last(np.arange(23.0)) is None
