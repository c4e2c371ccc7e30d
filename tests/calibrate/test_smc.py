"""The sampler against conjugate posteriors, its resampling, and going on after an interruption."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.calibrate.fast.smc import next_temperature, sample, systematic
from ustress.core.errors import BadInputError

Floats = NDArray[np.float64]
Y, S = np.array([1.5, -0.5]), np.array([0.25, 0.5])


def conjugate(z: Floats) -> Floats:
    """Two observations of the first two of three standard normals, with errors S."""
    gap = (Y - z[:, :2]) / S
    return np.asarray((-0.5 * gap**2 - np.log(S) - 0.5 * np.log(2 * np.pi)).sum(axis=1))


def test_conjugate_posterior_and_evidence() -> None:
    # Analytic limit: normal prior and errors; bounds are four standard errors at 1000 particles.
    found = sample(conjugate, 1000, 3, 3, "job")
    kept = 1.0 / (1.0 + S**2)
    bound = 4.0 / np.sqrt(1000)
    assert np.all(np.abs(found.z[:, :2].mean(axis=0) - kept * Y) < bound * S * np.sqrt(kept))
    assert found.z[:, :2].std(axis=0) == pytest.approx(S * np.sqrt(kept), rel=0.1)
    assert abs(found.z[:, 2].mean()) < bound
    assert found.z[:, 2].std() == pytest.approx(1.0, rel=0.1)
    exact = (-0.5 * Y**2 / (1 + S**2) - 0.5 * np.log(2 * np.pi * (1 + S**2))).sum()
    assert found.log_evidence == pytest.approx(exact, abs=0.3)
    assert found.stages[-1].temperature == 1.0
    assert all(stage.ess > 499 for stage in found.stages)


def test_an_interrupted_job_ends_where_the_whole_one_ends(tmp_path: Path) -> None:
    whole = sample(conjugate, 200, 3, 5, "job")
    calls = 0

    def stops(z: Floats) -> Floats:
        nonlocal calls
        calls += 1
        if calls == 10:
            raise KeyboardInterrupt
        return conjugate(z)

    state = tmp_path / "state.npz"
    with pytest.raises(KeyboardInterrupt):
        sample(stops, 200, 3, 5, "job", state)
    assert state.exists()
    resumed = sample(conjugate, 200, 3, 5, "job", state)
    assert resumed.z.tobytes() == whole.z.tobytes()
    assert resumed.stages == whole.stages
    assert sample(stops, 200, 3, 5, "job", state).z.tobytes() == whole.z.tobytes()  # done: no calls


def test_states_of_another_job_are_refused(tmp_path: Path) -> None:
    state = tmp_path / "state.npz"
    sample(conjugate, 100, 3, 5, "job", state)
    with pytest.raises(BadInputError, match="belongs to another estimation"):
        sample(conjugate, 100, 3, 5, "other", state)
    state.write_bytes(b"nothing")
    with pytest.raises(BadInputError, match="is not the state"):
        sample(conjugate, 100, 3, 5, "job", state)


@pytest.mark.parametrize("u", [0.0, 0.37, 0.999])
def test_systematic_resampling_keeps_each_its_share(u: float) -> None:
    # Property: counts are n times the weight, rounded up or down.
    weights = np.array([0.5, 0.21, 0.0, 0.04, 0.25])
    counts = np.bincount(systematic(weights, u), minlength=5)
    assert counts.sum() == 5
    assert np.all(np.abs(counts - 5 * weights) < 1.0)


def test_the_next_temperature_halves_the_effective_size() -> None:
    # Property: at the temperature found the effective size is half, or the temperature is one.
    log_l = 40.0 * np.random.default_rng(0).standard_normal(400)
    t = next_temperature(log_l, 0.0)
    weights = np.exp(t * (log_l - log_l.max()))
    assert weights.sum() ** 2 / (weights**2).sum() == pytest.approx(200.0, rel=1e-3)
    assert next_temperature(log_l * 1e-3, 0.2) == 1.0
