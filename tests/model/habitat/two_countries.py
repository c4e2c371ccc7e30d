"""Two countries the tests share; parameters assumed, of the size of the one-country cases."""

from __future__ import annotations

from typing import Any

import numpy as np

from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.dollar import BondMarket, Currency, TwoCountries
from ustress.model.habitat.state_rmb import supply_shape

SWAP = [1, 0, 3, 2, 4]
"""States (r_H, r_F, b_H, b_F, g) with the countries exchanged; g changes sign besides."""
SIGN = np.array([1.0, 1.0, 1.0, 1.0, -1.0])


def slope(tau: Floats) -> Floats:
    return np.asarray(np.exp(-0.297 * tau))


def loading(tau: Floats) -> Floats:
    return np.asarray(0.08 * supply_shape(tau))


def intercept(tau: Floats) -> Floats:
    return np.asarray(0.2 * supply_shape(tau))


def symmetric(**other: Any) -> TwoCountries:
    """Equal countries with independent short rates, states (r_H, r_F, b_H, b_F, g)."""
    given: dict[str, Any] = {
        "reversion": [0.125, 0.125, 0.2, 0.2, 0.3],
        "volatility": [0.0146, 0.0146, 1.0, 1.0, 1.0],
        "home": BondMarket(slope, [loading, 0.0, 0.0], intercept),
        "foreign": BondMarket(slope, [0.0, loading, 0.0], intercept),
        "currency": Currency(0.2, [0.0, 0.0, 0.02]),
        "risk_aversion": 35.3,
    }
    return TwoCountries(**{**given, **other})


def uneven(**other: Any) -> TwoCountries:
    """Countries that differ in everything, with correlated short rates."""
    S = np.diag([0.0146, 0.011, 1.0, 0.8, 1.2])
    S[1, 0], S[4, 0] = 0.004, 0.1
    G = np.diag([0.125, 0.2, 0.2, 0.25, 0.3])
    G[1, 0] = -0.03
    given: dict[str, Any] = {
        "reversion": G,
        "volatility": S,
        "foreign": BondMarket(lambda t: 0.6 * np.exp(-0.2 * t), [0.0, loading, 0.0], intercept),
        "currency": Currency(0.3, [0.01, -0.02, 0.02], 0.05),
        "mean_rates": (0.03, 0.015),
    }
    return symmetric(**{**given, **other})
