"""The simulated slow layer against its exact Gaussian law."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import expm, solve_continuous_lyapunov

from ustress.data.store import Store
from ustress.model.habitat.impact import supply_response
from ustress.model.habitat.profile import mix
from ustress.simulate import Ensemble, Opening
from ustress.simulate.sessions import STEP_YEARS
from ustress.simulate.slow import SELLERS_MIX, discretise, equilibrium, slow_layer

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


@pytest.mark.parametrize("day", [1, 20, 60])
def test_the_bill_follows_the_exact_law(day: int, april: Opening, calm: Ensemble) -> None:
    """Second route: its mean and variance are those of q through the equilibrium's own yields."""
    at, unit = equilibrium().steady_state(), np.eye(3)
    base = equilibrium().yields(at, [0.25])[0]
    load = np.array([100.0 * (equilibrium().yields(at + e, [0.25])[0] - base) for e in unit])
    seen = calm.paths("ust.3m").astype(np.float64)[:, [0, day]]
    change = seen[:, 1] - seen[:, 0]
    mean, covariance = law(april, day / 252)
    exact, variance = load @ (mean - np.asarray(april.market.q)), load @ covariance @ load
    n = change.size
    assert change.mean() == pytest.approx(exact, abs=4 * np.sqrt(variance / n))
    assert change.var(ddof=1) == pytest.approx(variance, abs=4 * variance * np.sqrt(2 / n))


def test_the_bill_is_the_same_in_every_scenario(tactical: Ensemble, untouched: Ensemble) -> None:
    """Property: sales and purchases leave it alone, so on common shocks it is equal to the byte."""
    assert np.array_equal(tactical.paths("ust.3m"), untouched.paths("ust.3m"))
    assert not np.array_equal(tactical.paths("ust.2y"), untouched.paths("ust.2y"))


def test_the_bill_moves_as_much_as_it_did() -> None:
    """Published: the three-month par yield's changes since 1990 (US Treasury, daily); over 20 and
    60 business days the law's deviation is within a third of theirs. Over a year the record has
    half as much again: its cycles are longer than the law's."""
    record = Store().panel(date(2026, 2, 27))["ust.par.3m"].values
    p, load = equilibrium().primitives, np.asarray(slow_layer(7.0).bill_over_tau)
    ratios = []
    for days in (20, 60, 252):
        _, covariance = discretise(p.G, p.V, days / 252)
        ratios.append(100.0 * np.sqrt(load @ covariance @ load) / np.std(np.diff(record[::days])))
    assert np.all(np.abs(np.log(ratios[:2])) < np.log(4 / 3))
    assert 0.5 < ratios[2] < 0.8


def expected_loads(tau: Floats) -> Floats:
    """(tenors, 2): (1/tau) E int_0^tau r per unit of r and m, in closed form."""
    G = equilibrium().primitives.G
    kr, km = G[0, 0], G[1, 1]
    own, slow = ((1.0 - np.exp(-k * tau)) / (k * tau) for k in (kr, km))
    return np.stack([own, kr / (kr - km) * (slow - own)], axis=1)


def test_short_yields_tend_to_the_short_rate() -> None:
    """Analytic limit: A(tau)/tau goes to (1, 0, 0); expected rates by tenor in closed form, which
    at three months, two and ten years are those of the solver."""
    solved = equilibrium()
    for tau in (1e-3, 1e-4):
        load = solved.A([tau])[0] / tau
        assert load == pytest.approx(np.array([1.0, 0.0, 0.0]), abs=0.6 * tau)
    mean, years = solved.steady_state(), np.array([0.25, 2.0, 10.0])
    base = solved.expected_short_rate(mean, years)
    for i, e in enumerate(np.eye(3)[:2]):
        found = solved.expected_short_rate(mean + e, years) - base
        assert found == pytest.approx(expected_loads(years)[:, i], rel=1e-9)


def test_the_bill_is_expected_short_rates_but_for_a_basis_point() -> None:
    """Property: at three months the equilibrium's loads are the closed form of expected rates, to
    .05 bp per point of r and m and 2 bp per stationary deviation of the demand factor; what a
    bill is spared of lasting sales is under a tenth of a basis point per $100bn."""
    slow, solved = slow_layer(7.0), equilibrium()
    bill = np.asarray(slow.bill_over_tau)
    gap = 100.0 * np.abs(bill[:2] - expected_loads(np.array([0.25]))[0])
    assert np.all(gap < 0.05)
    deviation = np.sqrt(solve_continuous_lyapunov(solved.primitives.G, solved.primitives.V)[2, 2])
    assert 0.0 < 1e4 * bill[2] * deviation < 2.0
    assert 0.0 < supply_response(solved, mix(SELLERS_MIX), None, np.array([0.25]))[0] < 0.1


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
