"""Random economies: a residual that an independent integration confirms, or a named status."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from ustress.core.errors import CannotError
from ustress.core.status import SolveStatus
from ustress.model.habitat import Equilibrium, Habitat, solve
from ustress.model.habitat.arrays import Floats

# Simpson's rule on a uniform grid: nothing of the solver's mesh.
GRID = np.linspace(0.0, 30.0, 6001)
SIMPSON = np.full(GRID.size, 2.0)
SIMPSON[1::2], SIMPSON[[0, -1]] = 4.0, 1.0
SIMPSON *= (GRID[1] - GRID[0]) / 3


@st.composite
def economies(draw: st.DrawFn) -> Habitat:
    """Up to six states with volatilities of one per cent, mildly coupled."""
    n = draw(st.integers(1, 6))

    def number(lo: float, hi: float) -> float:
        return draw(st.floats(lo, hi, allow_subnormal=False))

    G = np.eye(n) * [number(0.05, 1.5) for _ in range(n)]
    G[0, 1:] = [-number(0.0, 0.5) for _ in range(n - 1)]
    S = np.eye(n) * [number(0.002, 0.02) for _ in range(n)]
    S[-1, 0] += number(-0.005, 0.005) if n > 1 else 0.0
    loadings = [hump(number(-40.0, 40.0), number(0.1, 0.8)) for _ in range(n - 1)]
    slope, fall = number(0.0, 1.0), number(0.1, 0.8)
    return Habitat(
        G, S, lambda t: slope * np.exp(-fall * t), loadings, lambda t: 0.01 * np.exp(-0.1 * t),
        number(0.0, 60.0), 0.03,
    )  # fmt: skip


def hump(size: float, decay: float) -> Callable[[Floats], Floats]:
    """A loading that rises and falls with maturity."""
    return lambda t: size * t * np.exp(-decay * t)


def independent_residual(found: Equilibrium) -> float:
    """The largest entry of M - G' + a W V, with scipy's exponential and Simpson's rule."""
    n, economy = found.M.shape[0], found.habitat
    generator = np.zeros((n + 1, n + 1))
    generator[:n, :n], generator[0, n] = -found.M, 1.0
    step, z = expm(generator * (GRID[1] - GRID[0])), np.zeros((GRID.size, n + 1))
    z[0, n] = 1.0
    for i in range(1, GRID.size):
        z[i] = step @ z[i - 1]
    A = z[:, :n]
    curves = [economy.slope, *economy.loadings]
    alpha, *theta = (np.asarray(c(GRID)) for c in curves if callable(c))
    held = np.stack([0 * GRID, *theta], axis=-1) - alpha[:, None] * A
    S = np.asarray(economy.volatility)
    risk = economy.risk_aversion * (held * SIMPSON[:, None]).T @ A @ S @ S.T
    return float(np.abs(found.M - np.asarray(economy.reversion).T + risk).max())


@settings(max_examples=40, deadline=None, derandomize=True)
@given(economies())
def test_a_confirmed_residual_or_a_named_status(economy: Habitat) -> None:
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
    with pytest.raises(CannotError) as refused:
        found.yields(np.full(found.M.shape[0], 0.01), [10.0])
    assert str(refused.value) == found.message
