"""The state behind the curves: a Kalman filter beside the exact inversion, and their differences.

Yields are affine and the state Gaussian, so the extended filter of the literature is the plain
one: with q measured from its steady state, F = e^{-G dt}, Q its covariance over dt,

    q_t = F q_{t-1} + u_t,   y_t = c + B q_t + e_t,   e_t ~ N(0, diag(s^2)),   B = A(tau)/tau.

The exact inversion fits as many maturities as there are states and sees no history; the filter
weighs all maturities and the past by how well the model fits them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.calibrate.implied import stationary_covariance
from ustress.core.errors import BadInputError, CannotError
from ustress.core.panel import Panel
from ustress.curves.zero import zero_curve
from ustress.model.habitat import Equilibrium, invert_state
from ustress.simulate.slow import discretise

Floats = NDArray[np.float64]

MATURITIES = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0)
TENORS = ("3m", "6m", "1y", "2y", "3y", "5y", "7y", "10y")
"""Up to ten years: beyond, the model misses the curve by a lasting amount, which is no noise."""
DAYS_A_YEAR = 365.25
START_BP = 10.0
SWEEPS = 5
"""Passes in which the measurement error is set to what the filter leaves."""


@dataclass(frozen=True, eq=False)
class Filtered:
    """States filtered from a history of curves.

    Attributes:
        dates: (days,).
        q: (days, n), the states (r, m, b) themselves, as in `invert_state`.
        error: (days, n), standard errors of the states.
        measurement_bp: (maturities,), the measurement errors used.
        fit_error_bp: (days, maturities), standard errors of the fitted yields.
        residual_bp: (days, maturities), observed less fitted, NaN where nothing was observed.
        log_likelihood: of the whole history.
    """

    dates: NDArray[np.datetime64]
    q: Floats
    error: Floats
    measurement_bp: Floats
    fit_error_bp: Floats
    residual_bp: Floats
    log_likelihood: float


@dataclass(frozen=True, eq=False)
class StateComparison:
    """The two routes on one day.

    Attributes:
        date: the day.
        inverted, filtered: (n,), the states.
        filter_error: (n,), the filter's standard errors.
        inverted_residual_bp, filtered_residual_bp: (maturities,), observed less fitted.
    """

    date: np.datetime64
    inverted: Floats
    filtered: Floats
    filter_error: Floats
    inverted_residual_bp: Floats
    filtered_residual_bp: Floats

    @property
    def difference(self) -> Floats:
        """Filtered less inverted (n,)."""
        return self.filtered - self.inverted


def zero_history(panel: Panel, first: str = "1990-01-02") -> tuple[NDArray[np.datetime64], Floats]:
    """Days and zero yields (days, maturities), decimal, of every curve known from `first` on.

    Raises:
        CannotError: if no full curve is known.
    """
    panel.preload(f"ust.par.{name}" for name in TENORS)
    series = [panel[f"ust.par.{name}"] for name in TENORS]
    days = series[0].dates
    for one in series[1:]:
        days = days[np.isin(days, one.dates)]
    days = days[days >= np.datetime64(first, "D")]
    if not days.size:
        raise CannotError(f"no curve with all of {', '.join(TENORS)} is known from {first} on")
    par = np.stack([s.values[np.searchsorted(s.dates, days)] for s in series], axis=1)
    tau = np.array(MATURITIES)
    return days, np.stack([zero_curve(tau, row).yields_cc(tau) for row in par]) / 100.0


def kalman(
    solved: Equilibrium,
    dates: NDArray[np.datetime64],
    yields: Floats,
    tau: ArrayLike = MATURITIES,
    measurement_bp: ArrayLike | None = None,
) -> Filtered:
    """Filter the states from a history of zero yields.

    Args:
        solved: an economy with an equilibrium that is not explosive.
        dates: (days,), rising; steps may be uneven.
        yields: (days, maturities), continuously compounded, decimal; NaN where missing.
        tau: maturities, years.
        measurement_bp: standard errors of measurement, one or (maturities,); None finds, by
            repeated passes, the one common error whose square is the mean of residual^2 +
            fit error^2 (the EM step with filtered for smoothed states). An error for each
            maturity would let as many as there are states fall to zero: inversion again.

    Raises:
        BadInputError: if shapes differ, dates do not rise or an error is not above zero.
    """
    grid = np.atleast_1d(np.asarray(tau, np.float64))
    _check(dates, yields, grid)
    if measurement_bp is not None:
        given = np.broadcast_to(np.asarray(measurement_bp, np.float64), grid.shape)
        if not np.all(given > 0):
            raise BadInputError("measurement_bp must be above zero at every maturity")
        return _filter(solved, dates, yields, grid, given)
    common = START_BP
    for _ in range(SWEEPS):
        found = _filter(solved, dates, yields, grid, np.full(grid.shape, common))
        common = float(np.sqrt(np.nanmean(found.residual_bp**2 + found.fit_error_bp**2)))
    return _filter(solved, dates, yields, grid, np.full(grid.shape, common))


def compare_states(
    solved: Equilibrium,
    filtered: Filtered,
    yields: Floats,
    day: np.datetime64,
    fitted_years: ArrayLike,
    tau: ArrayLike = MATURITIES,
) -> StateComparison:
    """Inversion at `fitted_years` against the filter on the last date up to `day`.

    Raises:
        BadInputError: if the history begins after `day` or a fitted maturity is not observed.
    """
    at = int(np.searchsorted(filtered.dates, day, side="right")) - 1
    if at < 0:
        raise BadInputError(f"the filtered history begins after {day}")
    grid = np.atleast_1d(np.asarray(tau, np.float64))
    fitted = np.atleast_1d(np.asarray(fitted_years, np.float64))
    if not np.all(np.isin(fitted, grid)):
        raise BadInputError(f"fitted maturities {fitted_years!r} are not all observed")
    y = yields[at]
    inverted = invert_state(solved, fitted, y[np.searchsorted(grid, fitted)])
    left = 1e4 * (y - solved.yields(inverted, grid))
    return StateComparison(
        filtered.dates[at], inverted, filtered.q[at], filtered.error[at], left,
        filtered.residual_bp[at],
    )  # fmt: skip


def _filter(
    solved: Equilibrium, dates: NDArray[np.datetime64], yields: Floats, tau: Floats, bp: Floats
) -> Filtered:
    mean = solved.steady_state()
    B, c = solved.A(tau) / tau[:, None], solved.yields(mean, tau)
    R = (bp / 1e4) ** 2
    days, n = dates.size, mean.size
    G, V = solved.primitives.G, solved.primitives.V
    moves = _Transitions(G, V)
    q, P = np.zeros(n), stationary_covariance(G, V)
    states, spread, total = np.empty((days, n)), np.empty((days, n, n)), 0.0
    steps = np.diff(dates.astype("datetime64[D]").astype(np.int64), prepend=0)
    for t in range(days):
        if t:
            F, Q = moves.over(int(steps[t]))
            q, P = F @ q, F @ P @ F.T + Q
        seen = np.isfinite(yields[t])
        q, P, more = _update(q, P, yields[t][seen] - c[seen], B[seen], R[seen])
        states[t], spread[t], total = q, P, total + more
    left = 1e4 * (yields - c - states @ B.T)
    fit = 1e4 * np.sqrt(((B @ spread) * B).sum(axis=-1))
    errors = np.sqrt(np.diagonal(spread, axis1=1, axis2=2))
    return Filtered(dates, states + mean, errors, bp, fit, left, total)


class _Transitions:
    """F and Q by number of days, each computed once."""

    def __init__(self, G: Floats, V: Floats) -> None:
        self._G, self._V = G, V
        self._known: dict[int, tuple[Floats, Floats]] = {}

    def over(self, days: int) -> tuple[Floats, Floats]:
        if days not in self._known:
            self._known[days] = discretise(self._G, self._V, days / DAYS_A_YEAR)
        return self._known[days]


def _update(q: Floats, P: Floats, y: Floats, B: Floats, R: Floats) -> tuple[Floats, Floats, float]:
    """The state after a day's yields, in Joseph's form, and the day's log-likelihood."""
    gap = y - B @ q
    S = B @ P @ B.T + np.diag(R)
    K = np.linalg.solve(S, B @ P).T
    keep = np.eye(q.size) - K @ B
    log_det = np.linalg.slogdet(2.0 * np.pi * S)[1]
    fit = -0.5 * (float(gap @ np.linalg.solve(S, gap)) + float(log_det))
    return q + K @ gap, keep @ P @ keep.T + (K * R) @ K.T, fit


def _check(dates: NDArray[np.datetime64], yields: Floats, tau: Floats) -> None:
    if yields.shape != (dates.size, tau.size):
        raise BadInputError(
            f"yields have shape {yields.shape}; dates and tau ask for {(dates.size, tau.size)}"
        )
    if dates.size == 0 or np.any(np.diff(dates.astype("datetime64[D]").astype(np.int64)) <= 0):
        raise BadInputError("dates must rise, one for each row of yields")
