"""Economies the tests share; parameters as given with the exact cases of the model."""

from __future__ import annotations

from typing import Any

import numpy as np

from ustress.model.habitat import Habitat, rmb_habitat

RMB: dict[str, float] = {
    "kr": 1.08, "sr": 0.011, "km": 0.13, "sm": 0.015, "kb": 0.135, "sigma_b": 1.0,
    "a_theta": 3.27, "a_alpha": 3.0, "a": 40.0, "rbar": 0.03, "theta0_level": 0.2,
}  # fmt: skip


def one_factor(a: float = 35.3, horizon_years: float = 30.0, **other: Any) -> Habitat:
    """kappa .125, s .0146, alpha = e^{-.297 tau}: the literature's one-factor case."""
    given: dict[str, Any] = {
        "reversion": [0.125], "volatility": [0.0146], "slope": lambda t: np.exp(-0.297 * t),
        "loadings": [], "intercept": 0.0, "risk_aversion": a, "mean_rate": 0.03,
        "horizon_years": horizon_years,
    }  # fmt: skip
    return Habitat(**{**given, **other})


def greenwood_vayanos(**other: Any) -> Habitat:
    """No demand slope, supply factor with kappa_b .2, s_b 1 and theta = 1 on [0, 20]."""
    given: dict[str, Any] = {
        "reversion": [0.125, 0.2], "volatility": [0.0146, 1.0], "slope": 0.0, "loadings": [1.0],
        "intercept": 0.0, "risk_aversion": 0.02, "mean_rate": 0.03, "horizon_years": 20.0,
        "panels": 30,
    }  # fmt: skip
    return Habitat(**{**given, **other})


def rmb(**other: float) -> Habitat:
    """The state (r, m, b) at its starting values."""
    return rmb_habitat(**{**RMB, **other})
