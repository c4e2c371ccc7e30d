"""Counter-based shocks: standard normal, independent, a function of seed, path and session."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import chi2, kstest

from ustress.core.errors import BadInputError
from ustress.model.precision import FAST
from ustress.simulate.normal import standard_normal
from ustress.simulate.shocks import base_key, check_seed, path_keys, session_shocks, word

MANY = 100_000


def drawn(seed: int, first: int, count: int, session: int) -> NDArray[np.float32]:
    keys = path_keys(base_key(seed), np.arange(first, first + count))
    return np.stack(session_shocks(keys, np.uint32(session), FAST))


def words(seed: int, counters: range, count: int = MANY) -> NDArray[np.uint32]:
    """(counters, paths)"""
    keys = path_keys(base_key(seed), np.arange(count))
    return np.stack([np.asarray(word(keys, np.uint32(c))) for c in counters])


def test_they_are_standard_normal_and_unrelated() -> None:
    """Analytic: Kolmogorov-Smirnov, and correlations within four standard errors of zero."""
    z = drawn(5, 0, MANY, 3)
    assert all(kstest(row, "norm").pvalue > 1e-4 for row in z)
    others = np.vstack([z, drawn(5, 0, MANY, 4), drawn(6, 0, MANY, 3)])
    off = np.corrcoef(others) - np.eye(len(others))
    assert np.abs(off).max() < 4.5 / np.sqrt(MANY)
    squares = np.corrcoef(others**2) - np.eye(len(others))
    assert np.abs(squares).max() < 4.5 / np.sqrt(MANY)


def test_the_normal_is_the_quantile_of_its_bits() -> None:
    """Second route: scipy's quantile function, at random words and at both ends and the middle."""
    ends = np.array([0, 1, 2, 3, 2**31, 2**31 - 1, 2**32 - 2, 2**32 - 1], np.uint32)
    some = np.concatenate([ends, words(1, range(1))[0]])
    half = ((some >> 1).astype(np.float64) + 0.5) * 2.0**-32
    exact = np.where(some & 1, 1.0, -1.0) * ndtri(half)
    found = np.asarray(standard_normal(some))
    assert np.abs(found - exact).max() < 3e-5
    assert np.abs(found).max() == pytest.approx(-ndtri(2.0**-33), abs=3e-5)


def test_neighbours_share_nothing() -> None:
    """Analytic: between neighbouring paths, sessions, fields and seeds half of all bits differ,
    each bit alone, and the lowest and highest bytes are uniform (chi-square)."""
    one, two = words(9, range(64, 68)), words(9, range(128, 132))
    pairs = {
        "path": (one[:, :-1], one[:, 1:]),
        "field": (one[:-1], one[1:]),
        "session": (one, two),
        "seed": (one, words(10, range(64, 68))),
    }
    for name, (a, b) in pairs.items():
        bits = np.unpackbits((a ^ b).reshape(-1).view(np.uint8).reshape(-1, 4), axis=1)
        off = np.abs(bits.mean(axis=0) - 0.5)
        assert off.max() < 4.5 * 0.5 / np.sqrt(len(bits)), name
    for shift in (0, 8, 24):
        counts = np.bincount(((one >> shift) & 255).reshape(-1), minlength=256)
        stat = ((counts - one.size / 256) ** 2).sum() / (one.size / 256)
        assert 1e-5 < chi2.sf(stat, 255) < 1 - 1e-5


def test_pairs_of_successive_sessions_fill_the_square() -> None:
    """Analytic: chi-square on 64 x 64 cells of two sessions' leading bits, path by path."""
    a, b = (words(3, range(64 * s, 64 * s + 1))[0] >> 26 for s in (7, 8))
    counts = np.bincount(a * 64 + b, minlength=4096)
    stat = ((counts - MANY / 4096) ** 2).sum() / (MANY / 4096)
    assert 1e-5 < chi2.sf(stat, 4095) < 1 - 1e-5


def test_a_path_has_its_numbers_wherever_it_stands() -> None:
    """Property: the first path of a block does not matter."""
    assert np.array_equal(drawn(5, 0, 50, 7)[:, 20:30], drawn(5, 20, 10, 7))


def test_no_two_paths_share_a_key() -> None:
    """Property: Threefry is a bijection of the path's number, so keys differ."""
    keys = np.asarray(path_keys(base_key(5), np.arange(200_000))).astype(np.uint64)
    assert np.unique(keys[0] << np.uint64(32) | keys[1]).size == 200_000


def test_a_large_seed_is_a_seed_of_its_own() -> None:
    assert not np.array_equal(drawn(2**40 + 5, 0, 10, 0), drawn(5, 0, 10, 0))


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_seeds_out_of_range_are_refused(seed: int) -> None:
    with pytest.raises(BadInputError, match="expected a whole number from 0"):
        check_seed(seed)
