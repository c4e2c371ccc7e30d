"""The portfolio: limits known in closed form, the sums done again one by one, and its bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustress.core.panel import Values
from ustress.monitor.portfolio import DECAY, ESTABLISHED_WEEKS, aggregate


def uniform(families: int, weeks: int, seed: int = 1) -> Values:
    return np.random.default_rng(seed).uniform(size=(families, weeks))


def test_analytic_limit_families_that_move_as_one_give_the_squared_mean() -> None:
    one = uniform(1, 120)
    found = aggregate(np.repeat(one, 5, axis=0))
    late = np.isfinite(found.value)
    np.testing.assert_allclose(found.value[late], one[0, late] ** 2, atol=1e-12)
    np.testing.assert_allclose(found.correlation[late], 1.0, atol=1e-12)


def test_analytic_limit_opposed_families_cancel() -> None:
    """Two up and two down by as much: correlations of plus and minus one, x'Rx = 0 at 1/2."""
    one = uniform(1, 120)
    both = np.concatenate([one, one, 1.0 - one, 1.0 - one])
    found = aggregate(both)
    expected = (one[0] - 0.5) ** 2
    late = np.isfinite(found.value)
    np.testing.assert_allclose(found.value[late], expected[late], atol=1e-12)


def test_second_route_the_sums_one_by_one() -> None:
    scores = uniform(4, 60)
    found = aggregate(scores)
    week = 57
    away = scores[:, : week + 1] - 0.5
    weights = DECAY ** np.arange(week, -1, -1)
    cov = (away * weights) @ away.T
    R = cov / np.sqrt(np.outer(np.diag(cov), np.diag(cov)))
    x = scores[:, week] / 4
    assert found.value[week] == pytest.approx(x @ R @ x, abs=1e-12)
    np.testing.assert_allclose(found.pull[:, week], R @ x / 4, atol=1e-12)


def test_a_family_needs_half_a_year_of_scores_and_four_are_needed() -> None:
    scores = uniform(5, 80)
    scores[4, :30] = np.nan
    found = aggregate(scores)
    assert np.flatnonzero(np.isfinite(found.value))[0] == ESTABLISHED_WEEKS - 1
    enters = np.flatnonzero(np.isfinite(found.pull[4]))[0]
    assert enters == 30 + ESTABLISHED_WEEKS - 1
    assert not np.isfinite(aggregate(scores[:3]).value).any()


def test_a_family_that_stands_still_in_the_middle_breaks_nothing() -> None:
    scores = uniform(4, 60)
    scores[2] = 0.5
    found = aggregate(scores)
    assert np.isfinite(found.value[ESTABLISHED_WEEKS:]).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 7), st.floats(0.0, 0.4))
def test_property_bounded_adds_up_and_never_looks_ahead(
    seed: int, families: int, gone: float
) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.uniform(size=(families, 90))
    scores[rng.uniform(size=scores.shape) < gone] = np.nan
    found = aggregate(scores)
    there = np.isfinite(found.value)
    assert ((found.value[there] >= -1e-12) & (found.value[there] <= 1 + 1e-12)).all()
    parts = np.nansum(np.where(np.isfinite(found.pull), found.pull * scores, np.nan), axis=0)
    np.testing.assert_allclose(parts[there], found.value[there], atol=1e-12)
    np.testing.assert_array_equal(aggregate(scores[:, :60]).value, found.value[:60])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_property_the_order_of_families_does_not_matter(seed: int) -> None:
    scores = uniform(5, 60, seed)
    turned = np.random.default_rng(seed).permutation(5)
    first, second = aggregate(scores), aggregate(scores[turned])
    np.testing.assert_allclose(first.value, second.value, atol=1e-12)
    np.testing.assert_allclose(first.pull[turned], second.pull, atol=1e-12)
