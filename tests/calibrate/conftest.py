"""Draws of the slow layer, simulated yields and the record, shared by the tests of calibrate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.calibrate.auction_cost import AuctionsHeld, auctions_held
from ustress.calibrate.economies import Economy
from ustress.calibrate.fast.record import FastRecord, fast_record
from ustress.calibrate.implied import PER_CENT, stationary_covariance
from ustress.calibrate.moments import MATURITIES, WEEKS_A_YEAR
from ustress.calibrate.slow_draws import SlowDraws, slow_draws
from ustress.core.panel import Panel
from ustress.data.store import Store
from ustress.model.habitat import solve
from ustress.simulate.slow import discretise

Floats = NDArray[np.float64]
Simulated = Callable[[Economy, int, int], Floats]


@pytest.fixture(scope="session")
def few_draws() -> SlowDraws:
    return slow_draws(50)


@lru_cache(maxsize=4)
def _panel(day: date) -> Panel:
    return Store().panel(day)


@pytest.fixture(scope="session")
def panel_on() -> Callable[[date], Panel]:
    return _panel


@pytest.fixture(scope="session")
def dated() -> FastRecord:
    """The figures of the dated episodes, as known on the last full day."""
    return fast_record(_panel(date(2026, 2, 27)))


@pytest.fixture(scope="session")
def held() -> AuctionsHeld:
    """The auctions of notes that the study of their cost saw, of those on record."""
    return auctions_held(_panel(date(2026, 2, 27)))


def simulated_yields(economy: Economy, weeks: int, seed: int) -> Floats:
    """Weekly zero yields, per cent, of the economy at the parameter table's values."""
    solved = solve(economy.habitat(economy.start()))
    G, V = solved.primitives.G, solved.primitives.V
    F, Q = discretise(G, V, 1.0 / WEEKS_A_YEAR)
    rng = np.random.default_rng(seed)
    n = G.shape[0]
    q = np.linalg.cholesky(stationary_covariance(G, V)) @ rng.standard_normal(n)
    shocks = rng.standard_normal((weeks, n)) @ np.linalg.cholesky(Q).T
    path = np.empty((weeks, n))
    for t in range(weeks):
        q = F @ q + shocks[t]
        path[t] = q
    tau = np.array(MATURITIES)
    return np.asarray(PER_CENT * path @ (solved.A(tau) / tau[:, None]).T)


@pytest.fixture(scope="session")
def simulated() -> Simulated:
    return simulated_yields
