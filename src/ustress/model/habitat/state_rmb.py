"""The state (r, m, b): short rate, its moving target, and one demand factor.

    dr = -kr (r - rbar - m) dt + sr dB1,   dm = -km m dt + sm dB2,   db = -kb b dt + sigma_b dB3
    a theta_b(tau) = a_theta w(tau),  a alpha(tau) = a_alpha e^{-.3 tau},  w = .09 tau e^{-.3 tau}

The shapes' decay of .3 a year is assumed (prices identify only a few integrals of them); w
integrates to one over all maturities, so theta0's level is a share of GDP.
"""

from __future__ import annotations

import numpy as np

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Array
from ustress.model.habitat.problem import Habitat

SHAPE_DECAY = 0.3


def supply_shape(tau: Array) -> Array:
    """w(tau) = .09 tau e^{-.3 tau}, per year of maturity; peaks at 3.3 years."""
    return SHAPE_DECAY**2 * tau * np.exp(-SHAPE_DECAY * tau)


def slope_shape(tau: Array) -> Array:
    """e^{-.3 tau}: demand answers prices of short bonds more."""
    return np.exp(-SHAPE_DECAY * tau)


def rmb_habitat(
    kr: float, sr: float, km: float, sm: float, kb: float, sigma_b: float,
    a_theta: float, a_alpha: float, a: float, rbar: float, theta0_level: float = 0.0,
    horizon_years: float = 30.0,
) -> Habitat:  # fmt: skip
    """The economy with state q = (r, m, b).

    Args:
        kr: reversion of the short rate to its target, per year.
        sr: its volatility, decimal per square root of a year.
        km: reversion of the target to zero.
        sm: the target's volatility.
        kb: reversion of the demand factor.
        sigma_b: its volatility; 1 fixes its unit.
        a_theta: a times theta's size.
        a_alpha: a times alpha(0).
        a: risk aversion per share of GDP, above zero; only supply's level depends on it alone.
        rbar: mean short rate, decimal.
        theta0_level: mean supply to arbitrageurs, share of GDP.
        horizon_years: longest maturity.

    Raises:
        BadInputError: naming the parameter.
    """
    if not (np.isfinite(a) and a > 0):
        raise BadInputError(f"a is {a}; expected a number above zero")
    return Habitat(
        reversion=[[kr, -kr, 0.0], [0.0, km, 0.0], [0.0, 0.0, kb]],
        volatility=[sr, sm, sigma_b],
        slope=lambda tau: a_alpha / a * slope_shape(tau),
        loadings=[0.0, lambda tau: a_theta / a * supply_shape(tau)],
        intercept=lambda tau: theta0_level * supply_shape(tau),
        risk_aversion=a,
        mean_rate=rbar,
        horizon_years=horizon_years,
    )
