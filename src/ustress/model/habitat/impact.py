"""What a lasting or a decaying change of supply does to yields.

Supply that arbitrageurs must hold moves C alone (A depends on demand's risk, not its level). A
change dtheta0(tau) e^{-eta t}, known from time 0 on, gives dC = J(tau)'kappa e^{-eta t} with
J(tau) = int_0^tau A(u) e^{-eta (tau - u)} du and

    (I + a V int alpha A J' du) kappa = a V int A dtheta0 du        (linear in dtheta0).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.constants import feedback
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.exponential import at, decayed, slopes
from ustress.model.habitat.profile import Profile

GDP_2025_USDBN = 30_500.0
"""The year's size of the economy to which amounts are scaled (model, section 2)."""

AMOUNT_USDBN = 100.0
BP = 1e4


def supply_response(
    equilibrium: Curves,
    profile: Profile,
    half_life_years: float | None = None,
    tau: ArrayLike = 10.0,
    gdp_usdbn: float = GDP_2025_USDBN,
) -> Floats:
    """Change of zero-coupon yields, in bp per $100bn more supply to private holders.

    Linear in the amount; a purchase is negative supply. Amounts are market values of zero-coupon
    bonds at the profile's maturities, as shares of GDP.

    Args:
        equilibrium: one economy or a stack of draws.
        profile: where along the maturities the supply lies.
        half_life_years: with which the supply runs off, in proportion; None if it stays.
        tau: maturities of the yields, years.
        gdp_usdbn: $bn.

    Returns:
        (tau,) or, for draws, (D, tau); no axis for a single maturity.

    Raises:
        BadInputError: for a half-life not above zero or a maturity outside (0, T].
        CannotError: if the economy has no usable equilibrium.
    """
    decay = decay_rate(half_life_years)
    grid = equilibrium.maturities(tau)
    kappa = impulse(equilibrium, profile, decay)
    n = kappa.shape[-1]
    J = at(decayed(equilibrium.M, decay), grid)[..., :n]
    move = (J * kappa[..., None, :]).sum(-1) / grid * (BP * AMOUNT_USDBN / gdp_usdbn)
    return np.asarray(move[..., 0] if np.ndim(tau) == 0 else move)


def impulse(equilibrium: Curves, profile: Profile, decay: float = 0.0) -> Floats:
    """The vector kappa (..., n) for one unit (a whole GDP) of supply on `profile`."""
    force = exposure(equilibrium, profile)
    lean = feedback(equilibrium.M, equilibrium.primitives, equilibrium.mesh, decay)
    return np.asarray(np.linalg.solve(lean, force[..., None])[..., 0], np.float64)


def exposure(equilibrium: Curves, profile: Profile) -> Floats:
    """The premium a V int A dmu (..., n) for one unit of supply, before habitats respond."""
    equilibrium.check_usable()
    A = at(slopes(equilibrium.M), equilibrium.maturities(profile.tau))
    held = (profile.weight[:, None] * A).sum(-2)
    p = equilibrium.primitives
    return np.asarray(p.a[..., None] * (p.V * held[..., None, :]).sum(-1))


def decay_rate(half_life_years: float | None) -> float:
    """Rate per year of a half-life; 0 for None, which means it never decays."""
    if half_life_years is None:
        return 0.0
    if not half_life_years > 0:
        raise BadInputError(f"half_life_years is {half_life_years}; expected a number above zero")
    return float(np.log(2.0) / half_life_years)
