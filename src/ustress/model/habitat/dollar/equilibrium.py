"""Two countries solved: the frozen result with its curves, and the exchange rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError, CannotError
from ustress.core.status import SolveStatus
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.dollar.equations import FOREIGN, HOME, flow
from ustress.model.habitat.dollar.levels import constants
from ustress.model.habitat.dollar.problem import TwoCountries, World
from ustress.model.habitat.exponential import at
from ustress.model.habitat.verdict import Verdict

NO_LEVELS = (
    "the level of the exchange rate, and with it the constants, are not determined: expected "
    "currency.slope and risk_aversion above zero (slopes A stand without them)"
)


@dataclass(frozen=True, eq=False)
class DollarEquilibrium:
    """Two countries solved; only an `ok` one gives curves.

    log e = -(A_e'q + C_e) is the logarithm of the price of foreign currency in home currency.

    Attributes:
        countries: the economy.
        world: its arrays on the mesh.
        M: (n, n), per year.
        A_e: loadings of -log e on the states (n,).
        k: premium that supply adds to the drift of the states (n,); NaN without levels.
        C_e: mean of -log e at q = 0; NaN without levels.
        verdict: status, residual and the words for them.
    """

    countries: TwoCountries
    world: World
    M: Floats
    A_e: Floats
    k: Floats
    C_e: float
    verdict: Verdict

    @property
    def status(self) -> SolveStatus:
        """How the solve ended."""
        return self.verdict.status

    @property
    def ok(self) -> bool:
        """Whether the solution may be used."""
        return self.status is SolveStatus.OK

    @property
    def message(self) -> str:
        """What the status means here, and what to do."""
        return self.verdict.message

    @property
    def has_levels(self) -> bool:
        """Whether constants exist: they need currency demand that answers the exchange rate."""
        return bool(np.isfinite(self.C_e))

    def check_usable(self, levels: bool = False) -> None:
        """Refuse what does not exist.

        Raises:
            CannotError: with the message of the status, or for missing levels.
        """
        if not self.ok:
            raise CannotError(self.message)
        if levels and not self.has_levels:
            raise CannotError(NO_LEVELS)

    def A_home(self, tau: ArrayLike) -> Floats:  # noqa: N802 - symbol of the literature
        """Loadings of -log P of home bonds (t, n), 0 < tau <= T years."""
        return self._slopes(HOME, tau)

    def A_foreign(self, tau: ArrayLike) -> Floats:  # noqa: N802
        """Loadings of -log P of foreign bonds, in foreign currency (t, n)."""
        return self._slopes(FOREIGN, tau)

    def C_home(self, tau: ArrayLike) -> Floats:  # noqa: N802
        """Constant of -log P of home bonds (t,)."""
        return self._constants(HOME, tau)

    def C_foreign(self, tau: ArrayLike) -> Floats:  # noqa: N802
        """Constant of -log P of foreign bonds (t,)."""
        return self._constants(FOREIGN, tau)

    def yields_home(self, q: ArrayLike, tau: ArrayLike) -> Floats:
        """Home zero-coupon yields (t,), continuously compounded, decimal, at states q (n,)."""
        log_price = self.A_home(tau) @ self.states(q) + self.C_home(tau)
        return np.asarray(log_price / np.asarray(tau))

    def yields_foreign(self, q: ArrayLike, tau: ArrayLike) -> Floats:
        """Foreign zero-coupon yields (t,), in foreign currency; as `yields_home`."""
        log_price = self.A_foreign(tau) @ self.states(q) + self.C_foreign(tau)
        return np.asarray(log_price / np.asarray(tau))

    def log_exchange_rate(self, q: ArrayLike) -> float:
        """The logarithm of e at states q (n,): a rise is a depreciation of the home currency."""
        self.check_usable(levels=True)
        return float(-(self.A_e @ self.states(q) + self.C_e))

    def currency_premium(self, q: ArrayLike) -> float:
        """Expected return of foreign bills over home bills, in home currency, decimal a year."""
        self.check_usable()
        states, p = self.states(q), self.world.home
        drift = self.A_e @ p.G @ (states - self.world.qbar) + 0.5 * self.A_e @ p.V @ self.A_e
        return float(drift + states[FOREIGN] - states[HOME])

    def steady_state(self) -> Floats:
        """The states' mean (n,): the mean rates, and factors at zero."""
        return self.world.qbar

    def states(self, q: ArrayLike) -> Floats:
        """States as an array (n,).

        Raises:
            BadInputError: if their number differs.
        """
        states = np.asarray(q, np.float64)
        if states.shape != (self.M.shape[0],):
            raise BadInputError(f"q has shape {states.shape}; expected {self.M.shape[0]} states")
        return states

    def maturities(self, tau: ArrayLike) -> Floats:
        """Maturities as an array (t,).

        Raises:
            BadInputError: if one is outside (0, T].
        """
        return checked(tau, self.countries.horizon_years)

    def _slopes(self, country: int, tau: ArrayLike) -> Floats:
        self.check_usable()
        found = np.asarray(at(flow(self.M, country), self.maturities(tau)))
        return np.asarray(found[0] if np.ndim(tau) == 0 else found)

    def _constants(self, country: int, tau: ArrayLike) -> Floats:
        self.check_usable(levels=True)
        found = constants(self.M, self.k, country, self.world, self.maturities(tau))
        return np.asarray(found[0] if np.ndim(tau) == 0 else found)


def checked(tau: ArrayLike, horizon_years: float) -> Floats:
    """Maturities as an array (t,).

    Raises:
        BadInputError: if one is outside (0, T].
    """
    grid = np.atleast_1d(np.asarray(tau, np.float64))
    if grid.ndim != 1 or not np.all((grid > 0) & (grid <= horizon_years * (1 + 1e-12))):
        raise BadInputError(
            f"tau is {tau!r}; expected maturities above 0 and at most {horizon_years:g} years"
        )
    return grid
