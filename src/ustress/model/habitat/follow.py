"""Continuation in risk aversion for demand risk of any form, on NumPy, without compiling.

The path starts at s = 0, where M = G' is the only solution of M - G' + s R(M) = 0, and follows it
to s = 1 by tangent prediction and Newton's correction; R is evaluated for a whole stack of M at
once, so that one call gives the differenced Jacobian. The compiled solver of `continuation` does
the same for the plain economy; this one serves its extensions, whose R differ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ustress.model.habitat.arrays import Floats

Risk = Callable[[Floats], Floats]
"""R: from a stack of M (m, n, n) to the demand risk (m, n, n)."""

SMALLEST_STEP = 2.0**-12
NUDGE = 1e-7  # of the differenced Jacobian, factors in ten-year-yield units
CORRECTIONS = 8
TIGHT = 1e-12  # a correction this small, relative to M, ends Newton's method
FLOOR = 1e-9  # and one this small does once rounding stops it from shrinking further
CURVATURE, AIM = 0.35, 0.2  # largest and wanted ratio of the first correction to the step made


class Followed(NamedTuple):
    """M (n, n) at the end of the path and the s reached (1 if it arrived)."""

    M: Floats
    reached: float


class _Corrected(NamedTuple):
    M: Floats
    tangent: Floats
    fine: bool
    bent: float


def follow(risk: Risk, start: Floats) -> Followed:
    """The M (n, n) that continues `start` = G' to full risk aversion, as far as the path goes."""
    M, s = start.copy(), 0.0
    tangent = -_newton(risk, M, start, 0.0)[1]
    step = 1.0
    while s < 1.0:
        trial = min(1.0, s + step)
        made = _correct(risk, M + (trial - s) * tangent, M, start, trial)
        tried = trial - s
        if made.fine:
            M, s, tangent = made.M, trial, made.tangent
            step = tried * float(np.clip(np.sqrt(AIM / max(made.bent, 1e-9)), 0.5, 4.0))
        else:
            step = 0.25 * tried
        if step < SMALLEST_STEP:
            break
    return Followed(M, s)


def _newton(risk: Risk, M: Floats, start: Floats, s: float) -> tuple[Floats, Floats]:
    """Newton's correction at (M, s) and minus the tangent dM/ds, (n, n) each."""
    n = M.shape[0]
    directions = np.concatenate([np.zeros((1, n, n)), np.eye(n * n).reshape(-1, n, n)])
    value = risk(M + NUDGE * directions).reshape(-1, n * n)
    jacobian = np.eye(n * n) + s * (value[1:] - value[0]).T / NUDGE
    gap = (M - start).ravel() + s * value[0]
    if not (np.all(np.isfinite(jacobian)) and np.all(np.isfinite(gap))):
        return np.full_like(M, np.nan), np.full_like(M, np.nan)
    try:
        moves = np.linalg.solve(jacobian, np.stack([gap, value[0]], axis=-1))
    except np.linalg.LinAlgError:
        return np.full_like(M, np.nan), np.full_like(M, np.nan)
    return moves[:, 0].reshape(n, n), moves[:, 1].reshape(n, n)


def _correct(risk: Risk, guess: Floats, origin: Floats, start: Floats, s: float) -> _Corrected:
    """Newton's method at s; `fine` only if the first correction is short and all shrink."""
    ahead = float(np.abs(guess - origin).max())
    bent, last = np.inf, np.inf
    tangent = np.full_like(guess, np.nan)
    for count in range(CORRECTIONS):
        move, slope = _newton(risk, guess, start, s)
        size = float(np.abs(move).max()) / (1.0 + float(np.abs(guess).max()))
        if count == 0:
            bent = size / (ahead + FLOOR)
        if not np.isfinite(size) or (count == 0 and bent > CURVATURE):
            break
        if size > 0.5 * last:
            return _Corrected(guess, tangent, last <= FLOOR, bent)
        guess, tangent, last = guess - move, -slope, size
        if size <= TIGHT:
            return _Corrected(guess, tangent, True, bent)
    return _Corrected(guess, tangent, last <= FLOOR, bent)
