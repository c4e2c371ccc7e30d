"""From critical values to the frontier: amount, errors, spread over parameters, what varies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.simulate.frontier.design import MEMBERS, REPLICATES, THRESHOLDS
from ustress.simulate.frontier.settle import quantile
from ustress.simulate.probability import wilson_error

Floats = NDArray[np.float64]
OVER_DRAWS = (0.10, 0.50, 0.90)


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the variance of the logarithm of paths' critical values: `total`, and shares of it.

    `parameters` is owed to the joint draws, `threshold` to b, `path_noise` to shocks (nested
    analysis of variance). `cut_share` of the paths lie outside the places tried and count as the
    nearest of them.
    """

    total: float
    parameters: float
    threshold: float
    path_noise: float
    cut_share: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The frontier over joint draws of the parameters; None where it is not among the places.

    Quantiles of each draw's own frontier; a draw that is past return with nothing sold counts as
    below all places (`already_share`), one that never gets there as above (`never_share`). They
    contain the noise of the twenty paths of a draw and are therefore a little wide.
    """

    q10: float | None
    q50: float | None
    q90: float | None
    never_share: float
    already_share: float


def chance(past: NDArray[np.bool_]) -> tuple[float, float]:
    """The share past return and its Monte Carlo error; draws of parameters are clusters."""
    groups = past.reshape(-1, MEMBERS).mean(axis=1)
    plain = float(wilson_error(past.mean(), past.size))
    if groups.size < 2:
        return float(past.mean()), plain
    clustered = float(groups.std(ddof=1) / np.sqrt(groups.size))
    return float(past.mean()), max(clustered, plain)


def spread(critical: Floats, level: float) -> Spread:
    """The frontier of each joint draw, and its quantiles over them."""
    rows = np.sort(critical.reshape(-1, MEMBERS), axis=1)
    own = quantile(rows, np.full(len(rows), level))
    q = np.quantile(own, OVER_DRAWS, method="higher")
    q10, q50, q90 = (float(v) if np.isfinite(v) else None for v in q)
    never, already = float(np.mean(own == np.inf)), float(np.mean(own == -np.inf))
    return Spread(q10, q50, q90, never, already)


def shares(critical: Floats, low: float, high: float) -> Shares:
    """Nested analysis of variance of log critical values, cut at `low` and `high`."""
    cut = float(np.mean((critical <= low) | (critical >= high)))
    logs = np.log(np.clip(critical, low, high)).reshape(-1, THRESHOLDS, REPLICATES)
    noise = float(logs.var(axis=2, ddof=1).mean())
    by_b = logs.mean(axis=2)
    between_b = max(float(by_b.var(axis=1, ddof=1).mean()) - noise / REPLICATES, 0.0)
    draws = by_b.mean(axis=1)
    inner = between_b / THRESHOLDS + noise / MEMBERS
    parameters = max(float(draws.var(ddof=1)) - inner, 0.0) if draws.size > 1 else 0.0
    total = parameters + between_b + noise
    if total <= 0.0:
        return Shares(0.0, 0.0, 0.0, 0.0, cut)
    return Shares(total, parameters / total, between_b / total, noise / total, cut)
