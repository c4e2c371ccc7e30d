"""The same moments in the model, exactly: second moments of a sampled Ornstein-Uhlenbeck state.

With P the stationary covariance (G P + P G' = V), F = e^{-G d} over a week d and b = A(tau)/tau:
changes over h weeks have E (dx)^2 = b'(2 P - F^h P - P F'^h) b, and the variance about the mean of
n weeks is b'(P - P_n) b with P_n = n^-2 [n P + S P + P S'], S = sum_{k<n} (n - k) F^k.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.moments import MATURITIES, MOMENTS, WEEKS_A_YEAR, Moment
from ustress.model.habitat.curves import Curves

Floats = NDArray[np.float64]

PER_CENT = 100.0


def implied_moments(solved: Curves, weeks: int) -> Floats:
    """Moments (..., moments) of a sample of so many weeks; draws keep their leading axis.

    Levels and slopes are the expectation of the variance about the sample's own mean.
    """
    tau = np.array(MATURITIES)
    loading = PER_CENT * solved.A(tau) / tau[:, None]
    G, V = solved.primitives.G, solved.primitives.V
    if G.ndim == 2:
        return _moments(loading, G, V, weeks)
    each = [_moments(b, g, v, weeks) for b, g, v in zip(loading, G, V, strict=True)]
    return np.stack(each)


def stationary_covariance(G: Floats, V: Floats) -> Floats:
    """P (n, n) with G P + P G' = V."""
    from scipy.linalg import solve_continuous_lyapunov

    return np.asarray(solve_continuous_lyapunov(G, V), np.float64)


def weekly_transition(G: Floats) -> Floats:
    """F = e^{-G d} over one week."""
    from scipy.linalg import expm

    return np.asarray(expm(-G / WEEKS_A_YEAR), np.float64)


def mean_covariance(P: Floats, F: Floats, weeks: int) -> Floats:
    """Covariance P_n (n, n) of the mean of `weeks` states a week apart."""
    eye = np.eye(P.shape[0])
    inverse = np.linalg.inv(eye - F)
    S = weeks * F @ inverse - F @ (eye - np.linalg.matrix_power(F, weeks)) @ inverse @ inverse
    return np.asarray((weeks * P + S @ P + P @ S.T) / weeks**2)


def _moments(b: Floats, G: Floats, V: Floats, weeks: int) -> Floats:
    P, F = stationary_covariance(G, V), weekly_transition(G)
    about_mean = P - mean_covariance(P, F, weeks)
    over = {h: _change_covariance(P, F, h) for h in {m.weeks for m in MOMENTS if m.weeks}}
    return np.array([_one(m, b, over.get(m.weeks, about_mean)) for m in MOMENTS])


def _change_covariance(P: Floats, F: Floats, weeks: int) -> Floats:
    ahead = np.linalg.matrix_power(F, weeks) @ P
    return np.asarray(2.0 * P - ahead - ahead.T)


def _one(moment: Moment, b: Floats, covariance: Floats) -> float:
    x = b[MATURITIES.index(moment.tau)]
    z = b[MATURITIES.index(moment.other)] if moment.other else x
    if moment.kind == "correlation":
        return float(x @ covariance @ z / np.sqrt(x @ covariance @ x * (z @ covariance @ z)))
    if moment.kind.startswith("slope"):
        x = x - z
    return float(np.log(x @ covariance @ x))
