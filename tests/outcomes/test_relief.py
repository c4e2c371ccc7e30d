import numpy as np
import pytest

from ustress.outcomes.relief import relief


def test_by_hand() -> None:
    """Analytic: bought on day 2 at 100; a rise of 5 within 3 days, then below 100 within 4."""
    price = np.array([
        [100, 100, 100, 103, 105, 104, 99, 99, 99, 99, 99],   # rally on day 4, falls on day 6
        [100, 100, 100, 103, 104, 104, 99, 99, 99, 99, 99],   # no rally
        [100, 100, 100, 103, 105, 104, 101, 101, 101, 99, 99],  # falls a day too late
        [100, 100, 100, 103, 105, 104, 103, 103, 103, 103, 103],
    ], float)  # fmt: skip
    bought = np.broadcast_to(np.arange(11) >= 2, price.shape)
    found = relief(price, bought, 5.0, 3, 4)
    np.testing.assert_array_equal(found.rallied, [True, False, True, True])
    np.testing.assert_array_equal(found.judged, [True] * 4)
    np.testing.assert_array_equal(found.fell_back, [True, False, False, False])
    np.testing.assert_array_equal(found.judged_after, [True, False, True, True])


def test_what_the_end_cuts_off_is_not_judged() -> None:
    price = np.array([[100.0, 100.0, 101.0, 102.0], [100.0, 100.0, 106.0, 104.0]])
    bought = np.broadcast_to(np.arange(4) >= 1, price.shape)
    found = relief(price, bought, 5.0, 5, 5)
    np.testing.assert_array_equal(found.judged, [False, True])
    np.testing.assert_array_equal(found.judged_after, [False, False])
    none = relief(price, np.zeros_like(bought), 5.0, 1, 1)
    assert not none.judged.any()


@pytest.mark.parametrize("seed", range(4))
def test_against_plain_loops(seed: int) -> None:
    """Second route: the definition, path by path and day by day."""
    rng = np.random.default_rng(np.random.Philox(seed))
    price = 100.0 * np.exp(np.cumsum(0.03 * rng.standard_normal((60, 40)), axis=1))
    start = rng.integers(0, 60, 60)
    bought = np.arange(40) >= start[:, None]
    found = relief(price, bought, 4.0, 6, 9)
    for i, first in enumerate(start):
        if first >= 40:
            assert not found.judged[i]
            continue
        base = price[i, first]
        days = [d for d in range(first + 1, min(first + 7, 40)) if price[i, d] >= 1.04 * base]
        assert found.rallied[i] == bool(days)
        fell = bool(days) and any(
            price[i, d] < base for d in range(days[0] + 1, min(days[0] + 10, 40))
        )
        assert found.fell_back[i] == fell
