"""What supply of bonds, or of foreign currency, does to both curves and the exchange rate.

Supply dtheta e^{-eta t} moves the constants alone: dC_j = J_j'kappa e^{-eta t} and
dC_e = c_e e^{-eta t}, with kappa and c_e from the system of `levels` and

    force = a V [int A_j dtheta_j du + A_e dtheta_e],   A_e'kappa = eta c_e.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError, CannotError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.dollar.equations import FOREIGN, HOME, flow, integrated
from ustress.model.habitat.dollar.equilibrium import NO_LEVELS, DollarEquilibrium
from ustress.model.habitat.dollar.levels import solve_system
from ustress.model.habitat.exponential import at
from ustress.model.habitat.impact import AMOUNT_USDBN, BP, GDP_2025_USDBN, decay_rate
from ustress.model.habitat.profile import Profile

COUNTRIES = {"home": HOME, "foreign": FOREIGN}
PERCENT = 100.0


@dataclass(frozen=True, eq=False)
class DollarResponse:
    """Moves on impact for $100bn more supply to arbitrageurs; purchases have the other sign.

    Attributes:
        home_bp: home yields (t,).
        foreign_bp: foreign yields, in foreign currency (t,).
        home_currency_pct: value of the home currency, per cent of log e with its sign turned:
            above zero it appreciates.
    """

    home_bp: Floats
    foreign_bp: Floats
    home_currency_pct: float


def bond_response(
    equilibrium: DollarEquilibrium,
    profile: Profile,
    country: str = "home",
    half_life_years: float | None = None,
    tau: ArrayLike = 10.0,
    gdp_usdbn: float = GDP_2025_USDBN,
) -> DollarResponse:
    """Moves for $100bn more bonds of one country in arbitrageurs' and habitats' hands.

    Args:
        equilibrium: two countries solved.
        profile: where along the maturities the supply lies.
        country: "home" or "foreign".
        half_life_years: with which the supply runs off; None if it stays, which needs levels.
        tau: maturities of the yields, years.
        gdp_usdbn: home GDP, $bn.

    Raises:
        BadInputError: for another country, a half-life not above zero, a maturity outside (0, T].
        CannotError: without a usable equilibrium, or without levels where they are needed.
    """
    if country not in COUNTRIES:
        raise BadInputError(f"country is {country!r}; expected 'home' or 'foreign'")
    equilibrium.check_usable()
    loadings = at(flow(equilibrium.M, COUNTRIES[country]), equilibrium.maturities(profile.tau))
    return _moves(equilibrium, profile.weight @ loadings, half_life_years, tau, gdp_usdbn)


def currency_response(
    equilibrium: DollarEquilibrium,
    half_life_years: float | None = None,
    tau: ArrayLike = 10.0,
    gdp_usdbn: float = GDP_2025_USDBN,
) -> DollarResponse:
    """Moves for $100bn more foreign currency that arbitrageurs must hold; as `bond_response`.

    A central bank that sells foreign reserves for home currency supplies foreign currency.
    """
    equilibrium.check_usable()
    return _moves(equilibrium, equilibrium.A_e, half_life_years, tau, gdp_usdbn)


def _moves(
    eq: DollarEquilibrium, held: Floats, half_life: float | None, tau: ArrayLike, gdp: float
) -> DollarResponse:
    decay = decay_rate(half_life)
    if decay == 0.0 and not eq.has_levels:
        raise CannotError(NO_LEVELS)
    p, n, grid = eq.world.home, eq.M.shape[0], eq.maturities(tau)
    force = p.a * (p.V @ held)
    moved = solve_system(eq.M, eq.world, eq.countries.mesh, force, 0.0, decay)
    amount = AMOUNT_USDBN / gdp
    home, foreign = (
        at(integrated(eq.M, j, decay), grid)[:, :n] @ moved.k / grid * (BP * amount)
        for j in (HOME, FOREIGN)
    )
    if np.ndim(tau) == 0:
        home, foreign = home[0], foreign[0]
    return DollarResponse(np.asarray(home), np.asarray(foreign), PERCENT * amount * moved.C_e)
