"""The primitives of two countries, validated, and sampled on a mesh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.problem import Curve, Habitat, Primitives
from ustress.model.habitat.quadrature import Mesh


@dataclass(frozen=True, eq=False)
class BondMarket:
    """Habitat demand in one country's bonds: Z(tau) = -alpha log P - theta0 - sum_k theta_k b_k.

    Z is the value of bonds in home currency, per unit of maturity, as a share of home GDP.

    Attributes:
        slope: alpha(tau), not negative.
        loadings: theta_k(tau), one for each state after the two short rates.
        intercept: theta0(tau).
    """

    slope: Curve
    loadings: Sequence[Curve]
    intercept: Curve = 0.0


@dataclass(frozen=True, eq=False)
class Currency:
    """Currency traders' demand for foreign currency: Z_e = -alpha_e log e - theta_e0 - Theta_e'b.

    Z_e is in home currency, as a share of home GDP.

    Attributes:
        slope: alpha_e, not negative; levels exist only above zero.
        loadings: one number for each state after the two short rates.
        intercept: theta_e0.
    """

    slope: float
    loadings: Sequence[float]
    intercept: float = 0.0


class World(NamedTuple):
    """Arrays the equations read: primitives of both bond markets and of the currency.

    `home` and `foreign` share G, V and a; qbar (n,), alpha_e, theta_e (n,), theta_e0.
    """

    home: Primitives
    foreign: Primitives
    qbar: Floats
    alpha_e: Floats
    theta_e: Floats
    theta_e0: Floats


@dataclass(frozen=True, eq=False)
class TwoCountries:
    """Two countries that share arbitrageurs; states q = (r_H, r_F, then factors as b_H, b_F, g).

    dq = -G (q - qbar) dt + S dB, qbar = (mean rates, 0 ..); arbitrageurs count wealth in home
    currency and trade both countries' bonds and foreign currency (Gourinchas, Ray and Vayanos).

    Attributes:
        reversion: G (n, n), per year; a vector (n,) stands for a diagonal matrix.
        volatility: S (n, m), per square root of a year; a vector (n,) for a diagonal matrix.
        home: demand for home bonds.
        foreign: demand for foreign bonds.
        currency: demand for foreign currency.
        risk_aversion: a, per share of home GDP.
        mean_rates: means of the two short rates, decimal per year.
        horizon_years: T, the longest maturity, of both countries.
        panels: panels of the quadrature; None gives one a year.

    Raises:
        BadInputError: naming the field, if shapes do not match or a number is not allowed.
    """

    reversion: ArrayLike
    volatility: ArrayLike
    home: BondMarket
    foreign: BondMarket
    currency: Currency
    risk_aversion: float
    mean_rates: tuple[float, float] = (0.03, 0.03)
    horizon_years: float = 30.0
    panels: int | None = None
    habitats: tuple[Habitat, Habitat] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if np.shape(self.mean_rates) != (2,) or not np.all(np.isfinite(self.mean_rates)):
            raise BadInputError(f"mean_rates is {self.mean_rates!r}; expected two finite numbers")
        pairs = (("home", self.home), ("foreign", self.foreign))
        both = [self._habitat(name, market) for name, market in pairs]
        object.__setattr__(self, "habitats", (both[0], both[1]))
        self._check_currency(both[0].primitives.G.shape[0])

    def _habitat(self, name: str, market: BondMarket) -> Habitat:
        """One bond market as an economy in all states, the two short rates without loadings."""
        n = np.shape(self.reversion)[0] if np.ndim(self.reversion) else 0
        if n < 2:
            raise BadInputError("reversion must hold at least the two short rates")
        if len(market.loadings) != n - 2:
            raise BadInputError(
                f"{name}.loadings has {len(market.loadings)} curves; expected {n - 2}, one for "
                "each state of reversion after the two short rates"
            )
        try:
            return Habitat(
                self.reversion, self.volatility, market.slope, [0.0, *market.loadings],
                market.intercept, self.risk_aversion, 0.0, self.horizon_years, self.panels,
            )  # fmt: skip
        except BadInputError as error:
            raise BadInputError(f"{name}: {error}") from None

    def _check_currency(self, n: int) -> None:
        given = self.currency
        try:
            numbers = np.array([given.slope, given.intercept, *given.loadings], np.float64)
        except (TypeError, ValueError):
            raise BadInputError("currency holds something that is not a number") from None
        if len(given.loadings) != n - 2 or not np.all(np.isfinite(numbers)):
            raise BadInputError(f"currency needs finite numbers and {n - 2} loadings")
        if given.slope < 0:
            raise BadInputError(f"currency.slope is {given.slope:g}; expected zero or more")

    @property
    def mesh(self) -> Mesh:
        """The quadrature on (0, T] of both countries."""
        return self.habitats[0].mesh

    def on(self, target: Mesh) -> World:
        """The arrays sampled on a mesh."""
        home, foreign = (h.on(target) for h in self.habitats)
        qbar = np.zeros(home.G.shape[0])
        qbar[:2] = self.mean_rates
        theta_e = np.array([0.0, 0.0, *self.currency.loadings], np.float64)
        slope, intercept = (
            np.array(x, np.float64) for x in (self.currency.slope, self.currency.intercept)
        )
        return World(home, foreign, qbar, slope, theta_e, intercept)
