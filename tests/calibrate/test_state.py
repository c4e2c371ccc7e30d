"""The state behind the curves: filter against inversion, Bayes, and the truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.calibrate.implied import stationary_covariance
from ustress.calibrate.state import (
    DAYS_A_YEAR,
    MATURITIES,
    Filtered,
    compare_states,
    kalman,
    zero_history,
)
from ustress.core.errors import BadInputError
from ustress.core.panel import Panel
from ustress.model.habitat import invert_state
from ustress.simulate.opening import FITTED_YEARS
from ustress.simulate.slow import discretise, equilibrium

Floats = NDArray[np.float64]
TAU = np.array(MATURITIES)


def _history(
    days: int, noise_bp: float, seed: int
) -> tuple[NDArray[np.datetime64], Floats, Floats]:
    """Dates (weekends left out), states and yields of the table's economy."""
    solved = equilibrium()
    G, V = solved.primitives.G, solved.primitives.V
    dates = np.busday_offset(np.datetime64("2001-01-01"), np.arange(days), roll="forward")
    rng = np.random.default_rng(seed)
    q = np.linalg.cholesky(stationary_covariance(G, V)) @ rng.standard_normal(3)
    states = [q]
    for gap in np.diff(dates).astype(int):
        F, Q = discretise(G, V, gap / DAYS_A_YEAR)
        q = F @ q + np.linalg.cholesky(Q) @ rng.standard_normal(3)
        states.append(q)
    path = np.array(states) + solved.steady_state()
    yields = solved.yields(path, TAU)
    return dates, path, yields + noise_bp / 1e4 * rng.standard_normal(yields.shape)


@pytest.fixture(scope="module")
def filtered(panel_on: Callable[[date], Panel]) -> tuple[Filtered, Floats]:
    dates, yields = zero_history(panel_on(date(2026, 2, 27)), "2018-01-02")
    return kalman(equilibrium(), dates, yields), yields


def test_three_exact_maturities_give_the_inversion_analytic_limit() -> None:
    """Analytic limit: as measurement errors vanish, the filter is the exact inversion."""
    dates, _, yields = _history(60, 5.0, 1)
    at = np.searchsorted(TAU, FITTED_YEARS)
    found = kalman(equilibrium(), dates, yields[:, at], TAU[at], measurement_bp=1e-4)
    exact = np.stack([invert_state(equilibrium(), FITTED_YEARS, y[at]) for y in yields])
    np.testing.assert_allclose(found.q, exact, atol=1e-6)


def test_one_day_is_bayes_rule_second_route() -> None:
    """Second route: the posterior of a Gaussian regression in information form."""
    dates, _, yields = _history(1, 8.0, 2)
    solved, s = equilibrium(), 8.0 / 1e4
    found = kalman(solved, dates, yields, measurement_bp=8.0)
    B = solved.A(TAU) / TAU[:, None]
    prior = np.linalg.inv(stationary_covariance(solved.primitives.G, solved.primitives.V))
    covariance = np.linalg.inv(prior + B.T @ B / s**2)
    gap = yields[0] - solved.yields(solved.steady_state(), TAU)
    mean = covariance @ B.T @ gap / s**2 + solved.steady_state()
    np.testing.assert_allclose(found.q[0], mean, rtol=1e-8)
    np.testing.assert_allclose(found.error[0], np.sqrt(np.diag(covariance)), rtol=1e-8)


def test_the_truth_lies_in_the_filters_error_bands_property() -> None:
    """Property: on simulated curves 95 % bands cover, and the noise is found."""
    dates, truth, yields = _history(800, 7.0, 3)
    found = kalman(equilibrium(), dates, yields)
    assert found.fit_error_bp.shape == yields.shape
    inside = np.abs(found.q - truth) < 1.96 * found.error
    assert 0.88 < inside[50:].mean() < 0.99
    assert found.measurement_bp == pytest.approx(np.full(TAU.size, 7.0), rel=0.1)
    at = np.searchsorted(TAU, FITTED_YEARS)
    solved = equilibrium()
    gap = yields[:, at] * TAU[at] - solved.C(TAU[at])
    naive = np.linalg.solve(solved.A(TAU[at]), gap.T).T
    assert np.std(found.q - truth) < 0.8 * np.std(naive - truth)


def test_missing_yields_are_left_out_property() -> None:
    """Property: a maturity never observed might as well not exist."""
    dates, _, yields = _history(40, 5.0, 4)
    gone = yields.copy()
    gone[:, 3] = np.nan
    keep = np.arange(TAU.size) != 3
    one = kalman(equilibrium(), dates, gone, measurement_bp=6.0)
    two = kalman(equilibrium(), dates, yields[:, keep], TAU[keep], measurement_bp=6.0)
    np.testing.assert_allclose(one.q, two.q, atol=1e-12)


@pytest.mark.parametrize("day", ["2019-09-17", "2020-03-09", "2020-03-18", "2025-04-11"])
def test_both_routes_tell_the_same_story_on_real_days(
    day: str, filtered: tuple[Filtered, Floats]
) -> None:
    """Second route: r and its target within 40 bp, the demand factor within .6 of each other."""
    found, yields = filtered
    both = compare_states(equilibrium(), found, yields, np.datetime64(day), FITTED_YEARS)
    assert str(both.date) == day
    assert np.all(np.abs(100 * both.difference[:2]) < 0.40)
    assert abs(both.difference[2]) < 0.6
    assert np.any(np.abs(both.difference) > 1e-6)
    fits = np.searchsorted(TAU, FITTED_YEARS)
    np.testing.assert_allclose(both.inverted_residual_bp[fits], 0.0, atol=1e-6)
    filtered_rms, inverted_rms = (
        np.sqrt(np.mean(x**2)) for x in (both.filtered_residual_bp, both.inverted_residual_bp)
    )
    assert filtered_rms < inverted_rms + 3.0


def test_bad_input_is_a_sentence(filtered: tuple[Filtered, Floats]) -> None:
    dates, _, yields = _history(3, 5.0, 5)
    with pytest.raises(BadInputError, match="shape"):
        kalman(equilibrium(), dates, yields[:, :3])
    with pytest.raises(BadInputError, match="rise"):
        kalman(equilibrium(), dates[::-1], yields)
    with pytest.raises(BadInputError, match="above zero"):
        kalman(equilibrium(), dates, yields, measurement_bp=0.0)
    found, real = filtered
    with pytest.raises(BadInputError, match="begins after"):
        compare_states(equilibrium(), found, real, np.datetime64("1990-01-01"), FITTED_YEARS)
    with pytest.raises(BadInputError, match="not all observed"):
        compare_states(equilibrium(), found, real, np.datetime64("2020-01-02"), (0.25, 2.0, 9.0))
