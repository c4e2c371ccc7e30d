"""What the re-estimation found: posterior against prior, fit by datum, the threshold, the draws."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.fast.bases import FITTED
from ustress.calibrate.fast.likelihood import evaluate
from ustress.calibrate.fast.priors import PRIORS, STORED, Prior, values
from ustress.calibrate.fast.record import FastRecord
from ustress.calibrate.fast.smc import Particles, Stage, sample
from ustress.calibrate.fast.targets import LOG, ONE_SIDED, THRESHOLDS, Target
from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent

Floats = NDArray[np.float64]
Three = tuple[float, float, float]

PARTICLES = 1024
LEAST_PARTICLES = 64
STORED_DRAWS = 500
_PRIOR_DRAWS = 20_000


@dataclass(frozen=True, slots=True)
class Marginal:
    """A parameter's 10, 50 and 90 % before and after, and how much of its spread the data took.

    `contraction` is 1 less the posterior over the prior standard deviation of z; `error` the
    standard error of the posterior median (batches of particles).
    """

    prior: Prior
    before: Three
    after: Three
    contraction: float
    error: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A datum beside the model's 10, 50 and 90 % over the posterior."""

    target: Target
    ours: Three

    @property
    def inside(self) -> bool:
        """Whether the datum within 1.28 of its errors touches our 10 to 90 % over parameters."""
        y, reach = self.target.value, 1.2816 * self.target.s
        low, high = (y - reach, y + reach)
        if self.target.form == LOG:
            low, high = y * np.exp(-reach), y * np.exp(reach)
        if self.target.form == ONE_SIDED:
            high = np.inf
        return bool(low <= self.ours[2] and high >= self.ours[0])


@dataclass(frozen=True, eq=False)
class FastEstimate:
    """The posterior: marginals, fits, the threshold on its grid, the sampler's stages, draws.

    `values` maps every parameter to its particles; `quiet_chance` is the posterior mean chance of
    a crossing in a quiet year at a threshold drawn from the whole bracket.
    """

    marginals: tuple[Marginal, ...]
    fits: tuple[Fit, ...]
    threshold: Floats
    quiet_chance: float
    occasions: int
    stages: tuple[Stage, ...]
    values: dict[str, Floats]
    log_evidence: float
    job: str

    @property
    def fitted(self) -> int:
        """How many data were fitted: every fitted target and every occasion to buy."""
        return sum(fit.target.basis == FITTED for fit in self.fits) + self.occasions

    @property
    def parameters(self) -> int:
        """How many parameters were free, those that only the fit needs included."""
        return len(self.marginals)

    def threshold_mean(self) -> float:
        """The threshold's posterior mean."""
        return float(self.threshold @ THRESHOLDS)


def estimate_fast(
    record: FastRecord,
    particles: int = PARTICLES,
    seed: int = 1,
    state: Path | None = None,
    progress: Progress = silent,
    observed: dict[str, float] | None = None,
) -> FastEstimate:
    """The posterior of the fast layer's parameters.

    Args:
        record: the figures (`fast_record`).
        particles: at least 64; a thousand for a result to keep.
        seed: same seed, same particles, to the bit.
        state: a file to go on from and to keep after each temperature.
        progress: told per cent of the way.
        observed: values by datum in place of the record's, for a test on simulated data.

    Raises:
        BadInputError: for too few particles, or a state of another job.
        CannotError: if the state cannot be written.
    """
    if particles < LEAST_PARTICLES:
        raise BadInputError(f"{particles} particles; expected at least {LEAST_PARTICLES}")
    key = f"{record.fingerprint} {particles} {seed} {[vars_of(p) for p in PRIORS]} {observed}"
    job = hashlib.sha256(key.encode()).hexdigest()[:16]

    def log_likelihood(z: Floats) -> Floats:
        return evaluate(z, record, observed).log_likelihood

    found = sample(log_likelihood, particles, len(PRIORS), seed, job, state, progress)
    return read_off(found, record, observed)


def vars_of(prior: Prior) -> tuple[object, ...]:
    """What of a prior an answer hangs on."""
    return (prior.name, prior.kind, prior.middle, prior.spread, prior.top)


def read_off(
    found: Particles, record: FastRecord, observed: dict[str, float] | None = None
) -> FastEstimate:
    """The tables of a finished sampler."""
    after = values(found.z, record.march.use)
    z = np.random.default_rng(0).standard_normal((_PRIOR_DRAWS, len(PRIORS)))
    before = values(z, record.march.use)
    marginals = tuple(
        Marginal(p, _three(before[p.name]), _three(after[p.name]),
                 1.0 - float(found.z[:, i].std()), _median_error(after[p.name]))
        for i, p in enumerate(PRIORS)
    )  # fmt: skip
    at = evaluate(found.z, record, observed)
    fits = tuple(Fit(one, _three(one.answer)) for one in at.targets)
    chance = at.one_threshold()
    weight = np.exp(chance - chance.max(axis=0))
    threshold = (weight / weight.sum(axis=0)).mean(axis=1)
    quiet = np.mean([1.0 - np.exp(one.log_chance).mean() for one in at.occasions
                     if one.key.startswith("quiet")])  # fmt: skip
    return FastEstimate(
        marginals,
        fits,
        threshold,
        float(quiet),
        len(at.occasions),
        found.stages,
        after,
        found.log_evidence,
        found.job,
    )


def _three(x: Floats) -> Three:
    low, middle, high = (float(q) for q in np.quantile(x, [0.1, 0.5, 0.9]))
    return low, middle, high


def _median_error(x: Floats, batches: int = 16) -> float:
    """Standard error of the median from medians of interleaved batches of particles."""
    medians = [np.median(x[i::batches]) for i in range(batches)]
    return float(np.std(medians, ddof=1) / np.sqrt(batches))


def draws_csv(found: FastEstimate, header: str) -> str:
    """The stored joint draws: every second or so of the particles, in their order, five digits."""
    n = next(iter(found.values.values())).size
    if n < STORED_DRAWS:
        raise BadInputError(f"{n} particles cannot give {STORED_DRAWS} draws")
    rows = np.floor(np.arange(STORED_DRAWS) * n / STORED_DRAWS).astype(int)
    names = [prior.column for prior in STORED]
    # The file's order is older than the priors': readers go by name.
    table = np.column_stack([found.values[prior.name][rows] for prior in STORED])
    lines = [f"# {line}" for line in header.splitlines()]
    lines += [",".join(names)]
    lines += [",".join(f"{x:.5g}" for x in row) for row in table]
    return "\n".join(lines) + "\n"
