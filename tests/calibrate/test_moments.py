"""Moments of yields in the record, in samples and in the model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from calibrate.conftest import Simulated
from ustress.calibrate.economies import economy
from ustress.calibrate.implied import (
    implied_moments,
    mean_covariance,
    stationary_covariance,
    weekly_transition,
)
from ustress.calibrate.moments import (
    BLOCK_WEEKS,
    MATURITIES,
    MOMENTS,
    WEEKS_A_YEAR,
    measure,
    weekly_zero_yields,
)
from ustress.core.errors import BadInputError, CannotError
from ustress.core.panel import Panel
from ustress.model.habitat import solve

RMB = economy("rmb")
G = np.array([[1.0, -1.0, 0.0], [0.0, 0.2, 0.0], [0.0, 0.0, 0.5]])
V = np.diag([0.4, 0.9, 1.6])


def test_there_are_46_moments_and_each_has_a_name() -> None:
    assert len(MOMENTS) == 46
    assert len({moment.name for moment in MOMENTS}) == 46


def test_stationary_covariance_of_one_factor_analytic() -> None:
    """Analytic: s^2 / (2 kappa)."""
    P = stationary_covariance(np.array([[0.25]]), np.array([[0.04]]))
    assert P[0, 0] == pytest.approx(0.04 / 0.5)


def test_covariance_of_the_mean_second_route() -> None:
    """Second route: the double sum over all pairs of weeks."""
    P, F, n = stationary_covariance(G, V), weekly_transition(G), 40
    ahead = [np.linalg.matrix_power(F, k) @ P for k in range(n)]
    total = sum(ahead[s - t] if s >= t else ahead[t - s].T for s in range(n) for t in range(n))
    np.testing.assert_allclose(mean_covariance(P, F, n), total / n**2, rtol=1e-10)


def test_short_changes_grow_with_the_diffusion_analytic_limit() -> None:
    """Analytic limit: over a week E dx^2 is b'V b times a week, to first order."""
    solved = solve(RMB.habitat(RMB.start()))
    b = 100.0 * solved.A(10.0) / 10.0
    at = next(
        i
        for i, m in enumerate(MOMENTS)
        if m.name.startswith("log variance of the change of y(10) over 1 w")
    )
    first_order = b @ solved.primitives.V @ b / WEEKS_A_YEAR
    assert np.exp(implied_moments(solved, 1000)[at]) == pytest.approx(first_order, rel=0.02)


def test_model_moments_are_those_of_simulated_samples_second_route(simulated: Simulated) -> None:
    """Second route: a sample of 600 years lies within its bootstrap errors of the exact moments."""
    weeks = 31_200
    sample = measure(simulated(RMB, weeks, 4), resamples=200)
    exact = implied_moments(solve(RMB.habitat(RMB.start())), weeks)
    z = (sample.value - exact) / sample.error
    assert np.abs(z).max() < 4.0
    assert np.sqrt(np.mean(z**2)) < 1.7
    assert sample.error.max() < 0.12


def test_bootstrap_errors_are_those_of_repeated_samples_second_route(simulated: Simulated) -> None:
    """Second route: the scatter of changes' moments over 60 samples of 36 years."""
    short = [i for i, m in enumerate(MOMENTS) if m.kind == "change" and m.weeks <= 13]
    samples = [measure(simulated(RMB, 1878, seed), resamples=100) for seed in range(60)]
    scatter = np.std([s.value[short] for s in samples], axis=0)
    claimed = np.mean([s.error[short] for s in samples], axis=0)
    ratio = claimed / scatter
    assert 0.6 < np.exp(np.mean(np.log(ratio))) < 1.3


def test_the_record_has_the_known_shape_of_volatility_published_table(
    panel_on: Callable[[date], Panel],
) -> None:
    """Published table: par yields themselves: changes of the ten-year over a week, about 12 bp."""
    panel = panel_on(date(2026, 2, 27))
    weeks, yields = weekly_zero_yields(panel)
    assert str(weeks[0]) == "1990-01-10"
    assert np.all((weeks.astype("datetime64[D]").astype(int) + 4) % 7 == 3)
    ten = panel["ust.par.10y"]
    par = ten.values[np.searchsorted(ten.dates, weeks, side="right") - 1]
    changes = np.diff(par)
    at = next(i for i, m in enumerate(MOMENTS) if m == ("change", 10.0, 0.0, 1))
    got = np.sqrt(np.exp(measure(yields, resamples=20).value[at]))
    assert got == pytest.approx(np.sqrt(np.mean(changes**2)), rel=0.1)


def test_bad_samples_are_refused(panel_on: Callable[[date], Panel]) -> None:
    with pytest.raises(BadInputError, match="finite"):
        measure(np.full((600, len(MATURITIES)), np.nan))
    with pytest.raises(BadInputError, match="at least"):
        measure(np.ones((BLOCK_WEEKS, len(MATURITIES))))
    with pytest.raises(BadInputError, match="shape"):
        measure(np.ones((600, 3)))
    with pytest.raises(CannotError, match="weeks of full curves"):
        weekly_zero_yields(panel_on(date(1995, 6, 1)))
