"""The slow layer as the engine needs it: solved once, then matrices and responses per session."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from ustress.core.errors import CannotError
from ustress.model.fed.announced import LAST_LEAD_YEARS, LEAD_KNOTS_YEARS
from ustress.model.habitat import Equilibrium, lead_response, solve
from ustress.model.habitat.impact import supply_response
from ustress.model.habitat.profile import Profile, mix
from ustress.model.habitat.state_rmb import rmb_habitat
from ustress.model.habitat.wealth import WealthEquilibria, solve_wealth
from ustress.model.parameters import load_parameters
from ustress.model.types import BILL_YEARS, TENORS_YEARS, SlowLayer
from ustress.model.wealth import LOSSES
from ustress.simulate.cache import use_compilation_cache
from ustress.simulate.sessions import STEP_YEARS

Floats = NDArray[np.float64]

MEAN_SLOPE_PCT = 1.46
"""Ten-year less three-month par yield, mean of business days from 2 January 1990 to 27 February
2026 (US Treasury, daily par yields); the level of supply is set so that the steady state has it."""
SHORT, LONG = 0.25, 10.0
SELLERS_MIX: dict[float | tuple[float, float], float] = {
    2.0: 0.30,
    5.0: 0.35,
    9.0: 0.25,
    (20.0, 30.0): 0.10,
}
"""Maturities sold, shares of market value (model document, section 6)."""
LAGS_PER_YEAR = 8
_NAMES = {"kb_slow": "kb"}


@lru_cache(maxsize=1)
def equilibrium() -> Equilibrium:
    """The slow layer at the parameters' medians, supply's level set to the mean slope.

    Yields are linear in that level, so two solves give it.

    Raises:
        CannotError: if there is no equilibrium at these parameters.
    """
    use_compilation_cache()
    empty, some = _solved(0.0), _solved(0.1)
    low, high = mean_slope_pct(empty), mean_slope_pct(some)
    return _solved(0.1 * (MEAN_SLOPE_PCT - low) / (high - low))


def mean_slope_pct(solved: Equilibrium) -> float:
    """Ten-year less three-month zero yield in the steady state, percentage points."""
    y = solved.yields(solved.steady_state(), [SHORT, LONG])
    return float(100.0 * (y[1] - y[0]))


def _solved(level: float) -> Equilibrium:
    table = load_parameters()
    names = ("kr", "sr", "km", "sm", "kb_slow", "sigma_b", "a_theta", "a_alpha", "a", "rbar")
    given = {_NAMES.get(name, name): table.value(name) for name in names}
    found = solve(rmb_habitat(**given, theta0_level=level))
    if not found.ok:
        raise CannotError(f"the slow layer has no usable solution: {found.message}")
    return found


@lru_cache(maxsize=16)
def slow_layer(half_life_years: float) -> SlowLayer:
    """What a session needs; `half_life_years` is that of a temporary purchase's run-off."""
    solved = equilibrium()
    tau = np.asarray(TENORS_YEARS)
    G, V = solved.primitives.G, solved.primitives.V
    transition, covariance = discretise(G, V, STEP_YEARS)
    sold: Profile = mix(SELLERS_MIX)
    unit = np.eye(3)
    mean = solved.steady_state()
    base = solved.expected_short_rate(mean, tau)
    expected = np.stack([solved.expected_short_rate(mean + e, tau) - base for e in unit], axis=-1)
    return SlowLayer(
        A_over_tau=solved.A(tau) / tau[:, None],
        expected_over_tau=expected,
        bill_over_tau=solved.A([BILL_YEARS])[0] / BILL_YEARS,
        transition=transition,
        loading=np.linalg.cholesky(covariance),
        lasting_bp_per_100bn=supply_response(solved, sold, None, tau),
        lasting_temporary_bp_per_100bn=supply_response(solved, sold, half_life_years, tau),
        lead_share=lead_share(solved, sold, None),
        lead_share_temporary=lead_share(solved, sold, half_life_years),
        wealth_bp=wealth_table(),
    )


def lead_share(solved: Equilibrium, profile: Profile, half_life_years: float | None) -> Floats:
    """(knots, tenors): how the response to supply bends while it is still to arrive.

    The mean response to supply that arrives evenly over the next T years is, against that of
    supply already there, 1 + sum_k share_k (T - t_k)+: exact at the knots and at the last lead,
    linear between. Supply that runs off is a lasting unit less units that leave again with the
    half-life, each at its own lag.
    """
    tau = np.asarray(TENORS_YEARS)
    horizon = solved.mesh.horizon_years
    lags = np.arange(0.0, horizon + 1e-9, 1.0 / LAGS_PER_YEAR)
    unit = lead_response(solved, profile, lags, tau)
    ends = np.array([*LEAD_KNOTS_YEARS[1:], LAST_LEAD_YEARS])
    if half_life_years is not None:
        unit = _run_off(unit, lags, np.log(2.0) / half_life_years)
    steps = (unit[1:] + unit[:-1]) / 2.0 / LAGS_PER_YEAR
    total = np.concatenate([np.zeros((1, tau.size)), np.cumsum(steps, axis=0)])
    mean = total[np.rint(ends * LAGS_PER_YEAR).astype(int)] / ends[:, None] / unit[0]
    slope = np.diff(np.concatenate([np.ones((1, tau.size)), mean]), axis=0)
    slope = slope / np.diff([0.0, *ends])[:, None]
    return np.asarray(np.diff(slope, axis=0, prepend=0.0))


def _run_off(unit: Floats, lags: Floats, rate: float) -> Floats:
    """Response at each lag to supply that arrives then and decays: u(L) - int rate e^-rs u(L + s).

    Beyond the longest lag a unit moves nothing. Filon's weights: exact for a response that is
    linear between lags, however fast the decay.
    """
    h = lags[1] - lags[0]
    keep = np.exp(-rate * h)
    near = 1.0 - (1.0 - keep) / (rate * h)
    far = (1.0 - keep) / (rate * h) - keep
    left = np.zeros_like(unit)
    for i in range(len(lags) - 2, -1, -1):
        left[i] = near * unit[i] + far * unit[i + 1] + keep * left[i + 1]
    return unit - left


@lru_cache(maxsize=1)
def wealth_table() -> Floats:
    """(3, tenors): the cubic through zero in arbitrageurs' loss, by tenor, bp.

    Fitted to the interpolated equilibria at Chebyshev points of the losses solved, in the steady
    state; the tests hold it against them.
    """
    grid = wealth_equilibria()
    low, high = LOSSES
    loss = 0.5 * (low + high) + 0.5 * (high - low) * np.cos(np.pi * (np.arange(12) + 0.5) / 12)
    premium = wealth_premium_bp(grid, loss)
    powers = loss[:, None] ** np.arange(1, 4)
    return np.asarray(np.linalg.lstsq(powers, premium, rcond=None)[0])


def wealth_premium_bp(grid: WealthEquilibria, loss: Floats) -> Floats:
    """(losses, tenors): yields at a loss less those without, steady state, bp."""
    mean, tau = grid.grid[0].steady_state(), np.asarray(TENORS_YEARS)
    return np.asarray(1e4 * (grid.yields(mean, tau, loss) - grid.yields(mean, tau, 0.0)))


@lru_cache(maxsize=1)
def wealth_equilibria() -> WealthEquilibria:
    """Equilibria over the losses that the fast layer may meet."""
    use_compilation_cache()
    return solve_wealth(equilibrium().habitat, 1.0, LOSSES, points=5, tolerance_bp=0.1,
                        tolerance_share=1e-3)  # fmt: skip


def discretise(G: Floats, V: Floats, years: float) -> tuple[Floats, Floats]:
    """Exact transition and covariance of dq = -G q dt + S dB over `years` (Van Loan 1978)."""
    n = G.shape[0]
    block = np.zeros((2 * n, 2 * n))
    block[:n, :n], block[:n, n:], block[n:, n:] = G, V, -G.T
    grown = expm(block * years)
    transition = grown[n:, n:].T
    covariance = transition @ grown[:n, n:]
    return transition, (covariance + covariance.T) / 2.0
