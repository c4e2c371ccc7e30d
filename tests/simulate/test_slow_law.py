"""The simulated slow layer against its exact Gaussian law."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import expm, solve_continuous_lyapunov

from ustress.simulate import Ensemble, Opening
from ustress.simulate.sessions import STEP_YEARS
from ustress.simulate.slow import discretise, equilibrium, slow_layer

Floats = NDArray[np.float64]


def law(opening: Opening, years: float) -> tuple[Floats, Floats]:
    """Mean and covariance of q, by the Lyapunov equation: S - F S F' with S the stationary one."""
    p = equilibrium().primitives
    stationary = solve_continuous_lyapunov(p.G, p.V)
    grown = expm(-p.G * years)
    mean = grown @ np.asarray(opening.market.q)
    return np.asarray(mean, float), np.asarray(stationary - grown @ stationary @ grown.T, float)


def parts(opening: Opening) -> Floats:
    """(2, 3): expected rates and premium of the ten-year per unit of q, bp."""
    slow, ten = slow_layer(1.0), 4
    expected = 1e4 * np.asarray(slow.expected_over_tau)[ten]
    return np.stack([expected, 1e4 * np.asarray(slow.A_over_tau)[ten] - expected])


@pytest.mark.parametrize("day", [1, 5, 60])
def test_moments_match_the_exact_law(day: int, april: Opening, calm: Ensemble) -> None:
    """Second route: mean, variance and covariance at daily closes within four standard errors."""
    premium = calm.paths("move.premium")
    seen = np.stack([calm.paths("move.expected")[:, day], premium[:, day]]).astype(np.float64)
    mean, covariance = law(april, day / 252)
    load = parts(april)
    n = seen.shape[1]
    exact_mean = load @ (mean - np.asarray(april.market.q))
    exact = load @ covariance @ load.T
    error = np.sqrt(np.diag(exact) / n)
    assert np.all(np.abs(seen.mean(axis=1) - exact_mean) < 4 * error)
    found, spread = np.cov(seen), np.sqrt((np.outer(np.diag(exact), np.diag(exact)) + exact**2) / n)
    assert np.all(np.abs(found - exact) < 4 * spread)


def test_the_discretisation_is_exact() -> None:
    """Second route: covariance by Lyapunov; property: three sessions are one day."""
    p = equilibrium().primitives
    one, cov_one = discretise(p.G, p.V, STEP_YEARS)
    day, cov_day = discretise(p.G, p.V, 3 * STEP_YEARS)
    stationary = solve_continuous_lyapunov(p.G, p.V)
    exact = stationary - day @ stationary @ day.T
    assert cov_day == pytest.approx(exact, rel=1e-8, abs=1e-14)
    assert one @ one @ one == pytest.approx(day, rel=1e-12)
    stepped = one @ (one @ cov_one @ one.T + cov_one) @ one.T + cov_one
    assert stepped == pytest.approx(cov_day, rel=1e-10, abs=1e-18)


def test_the_lasting_effect_is_of_the_published_size() -> None:
    """Published: within the ladder of the long-run rows, 1 to 7 bp per $100bn, start 2.5."""
    slow = slow_layer(7.0)
    ten = np.asarray(slow.lasting_bp_per_100bn)[4]
    fading = np.asarray(slow.lasting_temporary_bp_per_100bn)[4]
    assert 1.0 < fading < ten < 7.0
    assert fading / ten == pytest.approx(0.75, abs=0.05)
