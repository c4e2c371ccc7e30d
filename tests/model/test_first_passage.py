"""The exact law of first passage, the discrete walk that misses, the bridge that repairs it."""

from __future__ import annotations

import numpy as np
import pytest

from ustress.core.errors import BadInputError
from ustress.model.first_passage import bridge_crossing, crossing_probability


def test_reference_value_analytic() -> None:
    """Analytic: without drift, twice the normal tail (reflection principle)."""
    assert float(crossing_probability(1, 0, 1, 1)) == pytest.approx(0.3173105079, abs=1e-10)


def test_limits_analytic() -> None:
    """Analytic: sure in the end with upward drift, e^{2 mu b / s^2} in the end with downward."""
    assert float(crossing_probability(1.0, 0.5, 1.0, 1e4)) == pytest.approx(1.0, abs=1e-12)
    assert float(crossing_probability(1.0, -0.5, 1.0, 1e4)) == pytest.approx(np.exp(-1), rel=1e-9)
    assert np.isfinite(crossing_probability(5.0, 400.0, 1.0, 1.0))


@pytest.mark.parametrize("drift", [0.0, -0.8, 1.1])
def test_walk_misses_and_bridge_repairs_second_route(drift: float) -> None:
    """Second route: 60 steps on 80,000 paths, within four standard errors (.0017).

    Without drift the walk gives about .282, as the shifted barrier b + .5826 s sqrt(dt) of
    Broadie, Glasserman and Kou (1997) has it.
    """
    rng = np.random.default_rng(20250411)
    n, steps = 80_000, 60
    dt = 1 / steps
    x = np.cumsum(rng.normal(drift * dt, np.sqrt(dt), (n, steps)), axis=1)
    x = np.concatenate([np.zeros((n, 1)), x], axis=1)
    walk = float((x.max(axis=1) >= 1.0).mean())
    missed = 1 - bridge_crossing(x[:, :-1], x[:, 1:], 1.0, 1.0, dt)
    repaired = float((1 - missed.prod(axis=1)).mean())
    error = 4 * np.sqrt(0.25 / n)
    shifted = float(crossing_probability(1 + 0.5826 * np.sqrt(dt), drift, 1, 1))
    assert repaired == pytest.approx(float(crossing_probability(1, drift, 1, 1)), abs=error)
    assert walk == pytest.approx(shifted, abs=error)
    assert walk < repaired - 0.02
    if drift == 0:
        assert walk == pytest.approx(0.282, abs=error)


def test_bridge_is_sure_where_an_end_is_above_analytic() -> None:
    """Analytic: a path that ends above the level has crossed it."""
    assert float(bridge_crossing(0.0, 1.2, 1.0, 1.0, 0.1)) == 1.0
    assert float(bridge_crossing(0.0, 0.0, 1.0, 1.0, 0.5)) == pytest.approx(np.exp(-4.0))


def test_bad_arguments_are_refused() -> None:
    """A level, volatility or horizon at or below zero has no first passage."""
    with pytest.raises(BadInputError, match="above zero"):
        crossing_probability(0.0, 0.0, 1.0, 1.0)
