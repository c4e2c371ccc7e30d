"""The slow layer as the engine needs it: solved once, then matrices and responses per session."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from ustress.core.errors import CannotError
from ustress.model.habitat import Equilibrium, solve
from ustress.model.habitat.impact import supply_response
from ustress.model.habitat.profile import Profile, mix
from ustress.model.habitat.state_rmb import rmb_habitat
from ustress.model.parameters import load_parameters
from ustress.model.types import TENORS_YEARS, SlowLayer
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
        transition=transition,
        loading=np.linalg.cholesky(covariance),
        lasting_bp_per_100bn=supply_response(solved, sold, None, tau),
        lasting_temporary_bp_per_100bn=supply_response(solved, sold, half_life_years, tau),
    )


def discretise(G: Floats, V: Floats, years: float) -> tuple[Floats, Floats]:
    """Exact transition and covariance of dq = -G q dt + S dB over `years` (Van Loan 1978)."""
    n = G.shape[0]
    block = np.zeros((2 * n, 2 * n))
    block[:n, :n], block[:n, n:], block[n:, n:] = G, V, -G.T
    grown = expm(block * years)
    transition = grown[n:, n:].T
    covariance = transition @ grown[:n, n:]
    return transition, (covariance + covariance.T) / 2.0
