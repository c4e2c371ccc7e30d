"""Counter-based shocks: standard normal, independent, a function of seed, path and session."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest

from ustress.core.errors import BadInputError
from ustress.model.precision import FAST
from ustress.simulate.shocks import base_key, check_seed, path_keys, session_shocks


def drawn(seed: int, first: int, count: int, session: int) -> np.ndarray:
    keys = path_keys(base_key(seed), np.uint32(first), count)
    return np.stack(session_shocks(keys, np.uint32(session), FAST))


def test_they_are_standard_normal_and_unrelated() -> None:
    """Analytic: Kolmogorov-Smirnov, and correlations within four standard errors of zero."""
    z = drawn(5, 0, 20_000, 3)
    assert all(kstest(row, "norm").pvalue > 1e-4 for row in z)
    others = np.vstack([z, drawn(5, 0, 20_000, 4), drawn(6, 0, 20_000, 3)])
    off = np.corrcoef(others) - np.eye(len(others))
    assert np.abs(off).max() < 4.5 / np.sqrt(20_000)


def test_a_path_has_its_numbers_wherever_it_stands() -> None:
    """Property: the first path of a block does not matter."""
    assert np.array_equal(drawn(5, 0, 50, 7)[:, 20:30], drawn(5, 20, 10, 7))


def test_a_large_seed_is_a_seed_of_its_own() -> None:
    assert not np.array_equal(drawn(2**40 + 5, 0, 10, 0), drawn(5, 0, 10, 0))


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_seeds_out_of_range_are_refused(seed: int) -> None:
    with pytest.raises(BadInputError, match="expected a whole number from 0"):
        check_seed(seed)
