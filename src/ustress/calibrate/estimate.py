"""Minimum distance: the parameters at which the model's moments are nearest to the measured ones.

minimise  sum_i [(m_i(theta) - mhat_i) / s_i]^2  over log theta, by Levenberg and Marquardt from
several starts. s_i are bootstrap errors; parameters' errors are the sandwich
(D'WD)^-1 D'W Omega W D (D'WD)^-1 with the whole bootstrap covariance Omega, W = diag(1/s^2). The
weights are diagonal because a few independent blocks cannot give the inverse of Omega. Every step
is written to a file, from which an interrupted job goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.economies import Economy
from ustress.calibrate.implied import implied_moments
from ustress.calibrate.moments import MOMENTS, Measured
from ustress.calibrate.search import Search, load_search, save_search
from ustress.core.errors import CannotError
from ustress.core.progress import Progress, silent
from ustress.model.habitat import solve_many
from ustress.simulate.cache import use_compilation_cache

Floats = NDArray[np.float64]

STEP = 1e-4
REFUSED = 1e3
"""Distance given to an economy without equilibrium: the search turns back."""
MOST_STEPS, CONVERGED, JITTER = 40, 1e-4, 0.5
STIFFEST = 1e6
"""Damping at which a search that finds nothing lower gives up."""
CHANCE_DRAWS = 20_000


@dataclass(frozen=True, eq=False)
class Estimate:
    """An economy fitted to moments.

    Attributes:
        economy: which one.
        log_parameters: (p,).
        log_errors: (p,), standard errors of the logarithms.
        chi2: the sum of squared z.
        p_value: chance of a larger chi2 if the economy were true (`chi2_chance`).
        z: (moments,), model less measured over its error.
        measured: what it was fitted to.
        starts: chi2 reached from each start, for a look at other optima.
    """

    economy: Economy
    log_parameters: Floats
    log_errors: Floats
    chi2: float
    p_value: float
    z: Floats
    measured: Measured
    starts: tuple[float, ...]

    @property
    def parameters(self) -> dict[str, float]:
        """The estimates by name."""
        values = np.exp(self.log_parameters).tolist()
        return dict(zip(self.economy.parameters, values, strict=True))

    @property
    def errors(self) -> dict[str, float]:
        """Standard errors of the logarithms by name."""
        return dict(zip(self.economy.parameters, self.log_errors.tolist(), strict=True))

    @property
    def degrees(self) -> int:
        """Moments less parameters; moments are correlated, so chi2 need not be near it."""
        return len(MOMENTS) - len(self.economy.parameters)

    def worst(self, count: int = 5) -> list[tuple[str, float]]:
        """The moments that fit worst, by name, with their z."""
        order = np.argsort(-np.abs(self.z))[:count]
        return [(MOMENTS[i].name, float(self.z[i])) for i in order]


@dataclass(frozen=True, eq=False)
class Distance:
    """z and its derivatives for one economy and one sample."""

    economy: Economy
    measured: Measured
    calls: list[int] = field(default_factory=lambda: [0])

    def at(self, points: Floats) -> Floats:
        """Distances z (points, moments) at vectors (points, p); `REFUSED` without equilibrium."""
        self.calls[0] += 1
        solved = solve_many([self.economy.habitat(x) for x in points])
        z = np.full((len(points), len(MOMENTS)), REFUSED)
        if (there := solved.ok).any():
            model = implied_moments(solved.choose(there), self.measured.weeks)
            z[there] = (model - self.measured.value) / self.measured.error
        return z

    def slopes(self, x: Floats, z: Floats) -> Floats:
        """Slopes dz (moments, p), one-sided, to the side on which there is equilibrium."""
        eye = np.eye(x.size)
        both = self.at(np.concatenate([x + STEP * eye, x - STEP * eye]))
        up, down = both[: x.size], both[x.size :]
        forward = np.asarray((np.abs(up) < REFUSED).all(axis=1))
        return np.asarray(np.where(forward[:, None], (up - z) / STEP, (z - down) / STEP).T)


def estimate(
    economy: Economy,
    measured: Measured,
    starts: int = 4,
    seed: int = 1,
    state: Path | None = None,
    progress: Progress = silent,
) -> Estimate:
    """Fit an economy to moments.

    Args:
        economy: from `economy`.
        measured: from `measure`.
        starts: the parameter table's values, then jittered ones.
        seed: of the jitter.
        state: a file in which every step is kept; an existing one of the same job is continued.
        progress: told as steps are done.

    Raises:
        BadInputError: if the state file belongs to another job.
        CannotError: if no start has an equilibrium, or the file cannot be written.
    """
    use_compilation_cache()
    distance = Distance(economy, measured)
    first = Search.begin(economy, measured, starts, seed, _starting_points(economy, starts, seed))
    search = load_search(state, first) or first
    label = f"fit {economy.name}"
    while not search.done:
        search = advance(search, distance)
        save_search(state, search)
        progress(label, search.steps_done(MOST_STEPS), starts * MOST_STEPS)
    return _conclude(search, distance)


def advance(search: Search, distance: Distance) -> Search:
    """One Levenberg-Marquardt step of the current start, or the move to the next one."""
    x = np.array(search.x)
    z = distance.at(x[None])[0]
    D = distance.slopes(x, z)
    chi2, damping = float(z @ z), search.damping
    found = _best_step(x, z, D, damping, distance)
    if found is None and damping >= STIFFEST:
        return search.next_start(chi2)
    if found is None:  # every step tried was too long, or led to where there is no equilibrium
        return replace(search, damping=damping * 1e5, step=search.step + 1)
    trial, lower, damping = found
    moved = replace(search, x=tuple(trial.tolist()), damping=damping, step=search.step + 1)
    settled = chi2 - lower < CONVERGED * max(lower, 1.0)
    return moved.next_start(lower) if settled or moved.step >= MOST_STEPS else moved


def _best_step(
    x: Floats, z: Floats, D: Floats, damping: float, distance: Distance
) -> tuple[Floats, float, float] | None:
    """The best of several damped steps tried at once, or None if none is lower."""
    H, g = D.T @ D, D.T @ z
    tried = damping * 10.0 ** np.arange(-2.0, 4.0)
    scale = np.diag(np.diag(H) + 1e-12)
    steps = np.stack([np.linalg.solve(H + lam * scale, -g) for lam in tried])
    points = x + np.clip(steps, -1.0, 1.0)
    chi2 = (distance.at(points) ** 2).sum(axis=1)
    best = int(np.argmin(chi2))
    if not chi2[best] < float(z @ z):
        return None
    return points[best], float(chi2[best]), float(np.clip(tried[best], 1e-8, 1e8))


def _starting_points(economy: Economy, starts: int, seed: int) -> list[list[float]]:
    rng = np.random.default_rng(seed)
    centre = economy.start()
    jitter = JITTER * rng.standard_normal((max(starts - 1, 0), centre.size))
    return [centre.tolist(), *(centre + jitter).tolist()]


def _conclude(search: Search, distance: Distance) -> Estimate:
    ends = [(chi2, x) for chi2, x in zip(search.reached, search.ends, strict=True)]
    chi2, best = min(ends)
    if chi2 >= REFUSED**2:
        raise CannotError(f"no start of {distance.economy.name} has an equilibrium")
    x = np.array(best)
    z = distance.at(x[None])[0]
    D = distance.slopes(x, z)
    chance = chi2_chance(float(z @ z), D, distance.measured)
    return Estimate(
        distance.economy, x, sandwich(D, distance.measured), float(z @ z), chance, z,
        distance.measured, tuple(search.reached),
    )  # fmt: skip


def sandwich(D: Floats, measured: Measured) -> Floats:
    """Standard errors (p,) of the logarithms from the slopes of z and the whole covariance."""
    bread = np.linalg.pinv(D.T @ D)
    return np.asarray(np.sqrt(np.diag(bread @ D.T @ measured.correlation @ D @ bread)))


def chi2_chance(chi2: float, D: Floats, measured: Measured, seed: int = 9) -> float:
    """P(a larger chi2), to first order: u'Mu with u ~ N(0, correlation), M = I - D (D'D)^-1 D'.

    A weighted sum of squares, because the weights are not the inverse covariance; by simulation.
    """
    M = np.eye(D.shape[0]) - D @ np.linalg.pinv(D)
    lam = np.linalg.eigvals(M @ measured.correlation).real.clip(0.0)
    u = np.random.default_rng(seed).standard_normal((CHANCE_DRAWS, lam.size))
    return float(((u**2) @ lam > chi2).mean())
