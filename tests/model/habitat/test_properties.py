"""Random economies: a residual that an independent integration confirms, or a named status."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from ustress.core.errors import CannotError
from ustress.core.status import SolveStatus
from ustress.model.habitat import Habitat, solve

# Simpson's rule on a uniform grid: nothing of the solver's mesh.
GRID = np.linspace(0.0, 30.0, 6001)
SIMPSON = np.full(GRID.size, 2.0)
SIMPSON[1::2], SIMPSON[[0, -1]] = 4.0, 1.0
SIMPSON *= (GRID[1] - GRID[0]) / 3


@st.composite
def economies(draw):
    """Up to four states with volatilities of one per cent, mildly coupled."""
    n = draw(st.integers(1, 4))
    number = lambda lo, hi: draw(st.floats(lo, hi, allow_subnormal=False))  # noqa: E731
    G = np.diag([number(0.05, 1.5) for _ in range(n)])
    G[0, 1:] = [-number(0.0, 0.5) for _ in range(n - 1)]
    S = np.diag([number(0.002, 0.02) for _ in range(n)])
    S[-1, 0] += number(-0.005, 0.005) if n > 1 else 0.0
    sizes = [number(-40.0, 40.0) for _ in range(n - 1)]
    decays = [number(0.1, 0.8) for _ in range(n - 1)]
    slope, fall = number(0.0, 1.0), number(0.1, 0.8)
    loadings = [
        lambda t, c=c, d=d: c * t * np.exp(-d * t) for c, d in zip(sizes, decays, strict=True)
    ]
    return Habitat(
        G, S, lambda t: slope * np.exp(-fall * t), loadings, lambda t: 0.01 * np.exp(-0.1 * t),
        number(0.0, 60.0), 0.03,
    )  # fmt: skip


def independent_residual(found) -> float:
    n, economy = found.M.shape[0], found.habitat
    generator = np.zeros((n + 1, n + 1))
    generator[:n, :n], generator[0, n] = -found.M, 1.0
    step, z = expm(generator * (GRID[1] - GRID[0])), np.zeros((GRID.size, n + 1))
    z[0, n] = 1.0
    for i in range(1, GRID.size):
        z[i] = step @ z[i - 1]
    A = z[:, :n]
    theta = np.stack([0 * GRID, *(c(GRID) for c in economy.loadings)], axis=-1)
    held = theta - np.asarray(economy.slope(GRID))[:, None] * A
    S = np.asarray(economy.volatility)
    W = (held * SIMPSON[:, None]).T @ A
    return np.abs(
        found.M - np.asarray(economy.reversion).T + economy.risk_aversion * W @ S @ S.T
    ).max()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(economies())
def test_a_confirmed_residual_or_a_named_status(economy):
    """Property."""
    found = solve(economy)
    if found.ok:
        assert found.status is SolveStatus.OK
        assert independent_residual(found) < 2e-9
        assert np.linalg.eigvals(found.M).real.min() > 0
        assert np.all(np.isfinite(found.yields(np.full(found.M.shape[0], 0.01), [0.1, 30.0])))
        return
    assert found.message.startswith(found.status.value)
    if found.status is SolveStatus.EXPLOSIVE:
        assert independent_residual(found) < 2e-9 * max(1.0, np.abs(found.M).max())
        assert np.linalg.eigvals(found.M).real.min() <= 0
        return
    assert np.all(np.isnan(found.M))
    try:
        found.yields(np.full(found.M.shape[0], 0.01), [10.0])
    except CannotError as refused:
        assert str(refused) == found.message
    else:
        raise AssertionError("a solution that is none gave yields")
