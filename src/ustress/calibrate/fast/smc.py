"""Sequential Monte Carlo: from a standard normal prior to the posterior through temperatures.

Particles carry the likelihood to the power t; the next t keeps the effective sample size at a
half (Del Moral, Doucet and Jasra 2006; Jasra and others 2011). After each systematic resampling
they move by an autoregressive proposal about their own mean m and covariance S,

    z' = m + sqrt(1 - rho^2) (z - m) + rho e,   e ~ N(0, S),

which leaves N(m, S) unchanged, so that only the posterior over N(m, S) is accepted or refused.
Random numbers come from a counter keyed by seed, temperature and move: a job that goes on from a
file ends where the whole one ends, to the bit. The state is written whole after each temperature.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.core.files import write_atomically
from ustress.core.progress import Progress, silent

Floats = NDArray[np.float64]
LogLikelihood = Callable[[Floats], Floats]

ESS_SHARE = 0.5
MOVES = 6
"""Moves after each resampling."""
LAST_MOVES = 4
"""Times as many at the last temperature."""
RHO_START, RHO_LEAST, RHO_MOST = 0.6, 0.05, 0.95
ACCEPT_LOW, ACCEPT_HIGH = 0.2, 0.4
LABEL = "particles"


@dataclass(frozen=True, slots=True)
class Stage:
    """One temperature: its power t, the effective sample size before resampling, acceptance."""

    temperature: float
    ess: float
    acceptance: float
    rho: float
    distinct: int


@dataclass(frozen=True, eq=False)
class Particles:
    """Where the sampler stands: z (particles, parameters) and their log likelihood."""

    job: str
    z: Floats
    log_likelihood: Floats
    temperature: float
    rho: float
    log_evidence: float
    stages: tuple[Stage, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the posterior is reached."""
        return self.temperature >= 1.0


def sample(
    log_likelihood: LogLikelihood,
    particles: int,
    parameters: int,
    seed: int,
    job: str,
    state: Path | None = None,
    progress: Progress = silent,
) -> Particles:
    """Particles from the posterior; the prior is standard normal in every direction.

    Args:
        log_likelihood: (particles, parameters) to (particles,).
        particles: how many.
        parameters: dimension of z.
        seed: of all random numbers.
        job: fingerprint of everything the answer hangs on.
        state: a file to go on from and to keep; None keeps nothing.
        progress: told per cent of the way in temperature.

    Raises:
        BadInputError: if the file is no state, or that of another job.
        CannotError: if the file cannot be written.
    """
    now = _load(state, job) or _begin(log_likelihood, particles, parameters, seed, job)
    progress(LABEL, round(100 * now.temperature), 100)
    while not now.done:
        now = _advance(now, log_likelihood, seed)
        _save(state, now)
        progress(LABEL, round(100 * now.temperature), 100)
    return now


def _begin(log_likelihood: LogLikelihood, n: int, d: int, seed: int, job: str) -> Particles:
    z = _rng(seed, 0, 0).standard_normal((n, d))
    return Particles(job, z, log_likelihood(z), 0.0, RHO_START, 0.0)


def _advance(now: Particles, log_likelihood: LogLikelihood, seed: int) -> Particles:
    stage = len(now.stages) + 1
    t = next_temperature(now.log_likelihood, now.temperature)
    weights, mean = _weights(now.log_likelihood, t - now.temperature)
    ess = 1.0 / float(np.sum(weights**2))
    kept = systematic(weights, _rng(seed, stage, 0).random())
    z, log_l = now.z[kept], now.log_likelihood[kept]
    accepted, rho = [], now.rho
    centre, root = _normal(now.z, weights)
    for move in range(1, MOVES * (LAST_MOVES if t >= 1.0 else 1) + 1):
        rng = _rng(seed, stage, move)
        z, log_l, share = _move(z, log_l, t, centre, root, rho, log_likelihood, rng)
        accepted.append(share)
        rho = _tuned(rho, share)
    distinct = int(np.unique(z, axis=0).shape[0])
    done = Stage(t, ess, float(np.mean(accepted)), rho, distinct)
    return Particles(now.job, z, log_l, t, rho, now.log_evidence + mean, (*now.stages, done))


def next_temperature(log_likelihood: Floats, t: float) -> float:
    """The largest power up to 1 at which the effective sample size is still half."""

    def short(step: float) -> bool:
        weights, _ = _weights(log_likelihood, step)
        return bool(1.0 / np.sum(weights**2) < ESS_SHARE * weights.size)

    if not short(1.0 - t):
        return 1.0
    low, high = 0.0, 1.0 - t
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if short(middle) else (middle, high)
    return t + max(low, 1e-9)


def _weights(log_likelihood: Floats, step: float) -> tuple[Floats, float]:
    """Normalised weights l^step, and the log of their mean."""
    powered = step * np.maximum(log_likelihood, -1e12)
    top = float(powered.max())
    raw = np.exp(powered - top)
    return raw / raw.sum(), top + float(np.log(raw.mean()))


def systematic(weights: Floats, u: float) -> NDArray[np.int64]:
    """Positions resampled with one uniform: each is kept its weight times n, rounded up or down."""
    n = weights.size
    steps = np.cumsum(weights)
    steps[-1] = 1.0
    return np.searchsorted(steps, (np.arange(n) + u) / n).astype(np.int64)


def _normal(z: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Mean and Cholesky factor of the weighted particles' covariance."""
    mean = weights @ z
    apart = z - mean
    covariance = (apart * weights[:, None]).T @ apart
    root: Floats = np.linalg.cholesky(covariance + 1e-6 * np.eye(z.shape[1])).astype(np.float64)
    return mean, root


def _move(
    z: Floats, log_l: Floats, t: float, centre: Floats, root: Floats, rho: float,
    log_likelihood: LogLikelihood, rng: np.random.Generator,
) -> tuple[Floats, Floats, float]:  # fmt: skip
    """One proposal for every particle, accepted or not."""
    noise = rng.standard_normal(z.shape) @ root.T
    new = centre + np.sqrt(1.0 - rho * rho) * (z - centre) + rho * noise
    new_l = log_likelihood(new)

    def over_reference(at: Floats, log_at: Floats) -> Floats:
        apart = np.linalg.solve(root, (at - centre).T)
        return np.asarray(
            t * np.maximum(log_at, -1e12) - 0.5 * (at**2).sum(axis=1) + 0.5 * (apart**2).sum(axis=0)
        )

    gain = over_reference(new, new_l) - over_reference(z, log_l)
    yes = np.log(rng.random(len(z))) < gain
    return np.where(yes[:, None], new, z), np.where(yes, new_l, log_l), float(yes.mean())


def _tuned(rho: float, share: float) -> float:
    factor = 1.15 if share > ACCEPT_HIGH else 1.0 / 1.15 if share < ACCEPT_LOW else 1.0
    return float(np.clip(rho * factor, RHO_LEAST, RHO_MOST))


def _rng(seed: int, stage: int, move: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, stage, move]))


def _save(state: Path | None, now: Particles) -> None:
    if state is None:
        return
    stages = [[s.temperature, s.ess, s.acceptance, s.rho, s.distinct] for s in now.stages]
    told = {
        "job": now.job, "temperature": now.temperature, "rho": now.rho,
        "log_evidence": now.log_evidence, "stages": stages,
    }  # fmt: skip
    buffer = io.BytesIO()
    np.savez(buffer, z=now.z, log_likelihood=now.log_likelihood, told=json.dumps(told))
    write_atomically(state, buffer.getvalue())


def _load(state: Path | None, job: str) -> Particles | None:
    if state is None or not state.exists():
        return None
    try:
        with np.load(state, allow_pickle=False) as file:
            z, log_l, told = file["z"], file["log_likelihood"], json.loads(str(file["told"]))
        stages = tuple(Stage(*row) for row in told["stages"])
        found = Particles(
            told["job"], z, log_l, told["temperature"], told["rho"], told["log_evidence"], stages
        )
    except (ValueError, KeyError, TypeError, OSError):
        raise BadInputError(f"{state} is not the state of a particle sampler") from None
    if found.job != job:
        raise BadInputError(f"{state} belongs to another estimation; expected job {job}")
    return found
