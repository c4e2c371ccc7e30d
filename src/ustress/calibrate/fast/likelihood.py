"""The likelihood of the fast layer's parameters: every fitted datum, and the threshold's evidence.

log y = log f + e, e ~ t4(0, s^2 + tau^2), with one tau for studies and one for episodes, each
half-normal(.8) (model document, section 6). As in the simulator, the threshold is drawn from its
bracket on every occasion: each quiet year, each episode has its own, and it is averaged out there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

from ustress.calibrate.fast.bases import FITTED
from ustress.calibrate.fast.experiments import run_quiet, run_short
from ustress.calibrate.fast.priors import values
from ustress.calibrate.fast.record import FastRecord
from ustress.calibrate.fast.targets import (
    EPISODE,
    FLOOR_BP,
    LEVEL,
    LOG,
    STUDY,
    Occasion,
    Target,
    occasions,
    targets,
)

Floats = NDArray[np.float64]

DEGREES = 4.0
_T4 = float(gammaln((DEGREES + 1) / 2) - gammaln(DEGREES / 2) - 0.5 * np.log(DEGREES * np.pi))


@dataclass(frozen=True, eq=False)
class Evaluated:
    """Particles evaluated: log likelihood (particles,), the data, and what was (not) bought."""

    log_likelihood: Floats
    targets: tuple[Target, ...]
    occasions: tuple[Occasion, ...]

    def one_threshold(self) -> Floats:
        """(thresholds, particles): the log chance of all occasions if b were one number."""
        return np.asarray(np.sum([one.log_chance for one in self.occasions], axis=0))


def evaluate(z: Floats, record: FastRecord, observed: dict[str, float] | None = None) -> Evaluated:
    """The likelihood at z (particles, parameters); a particle that leaves numbers gets -inf.

    `observed` replaces values of data by their keys.
    """
    theta = values(z, record.march.use)
    short, quiet = run_short(theta, record), run_quiet(theta, record)
    data = tuple(
        replace(one, value=(observed or {}).get(one.key, one.value))
        for one in targets(short, theta, record)
    )
    bought = occasions(short, quiet, record)
    total = sum((log_density(one, theta) for one in data if one.basis == FITTED), np.zeros(len(z)))
    for one in bought:
        total = total + logsumexp(one.log_chance, axis=0) - np.log(one.log_chance.shape[0])
    return Evaluated(np.where(np.isfinite(total), total, -np.inf), data, bought)


def log_density(target: Target, theta: dict[str, Floats]) -> Floats:
    """The log density of one datum given each particle, (particles,)."""
    if target.form == LOG:
        gap = np.log(target.value) - np.log(np.maximum(target.answer, FLOOR_BP))
        return log_t4(gap, np.hypot(target.s, spread(target, theta)))
    gap = target.value - target.answer
    if target.form == LEVEL:
        return log_t4(gap, np.full_like(target.answer, target.s))
    return np.asarray(-0.5 * (np.maximum(gap, 0.0) / target.s) ** 2)


def spread(target: Target, theta: dict[str, Floats]) -> Floats:
    """The tau of the datum's group, zero where it has none."""
    name = {STUDY: "tau_study", EPISODE: "tau_episode"}.get(target.group)
    return np.zeros_like(target.answer) if name is None else theta[name]


def log_t4(gap: Floats, scale: Floats) -> Floats:
    """Log density of Student's t with four degrees of freedom."""
    scale = np.maximum(scale, 1e-3)
    return np.asarray(
        _T4 - np.log(scale) - (DEGREES + 1) / 2 * np.log1p((gap / scale) ** 2 / DEGREES)
    )
