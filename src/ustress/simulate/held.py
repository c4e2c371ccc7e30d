"""What each seller can sell at most on a date, and the refusal of scenarios that sell more.

Known from the measured inputs alone, so that a question can be refused before anything that
simulates is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ustress.core.errors import BadInputError
from ustress.scenario.schema import FOREIGN, Scenario
from ustress.simulate.readings import Input

HOLDINGS_PER_GDP = {"mutual_funds": 0.05, "banks": 0.057, "households": 0.097}
"""Holdings of Treasuries over GDP where no series is carried: $1.5, 1.7 and 2.9tn of 30tn in 2025
(Board, Z.1 and H.8, from memory; households with other real money)."""


@dataclass(frozen=True, slots=True)
class Held:
    """The most each seller can sell, $bn of par, as known on `as_of`.

    `month` is the newest month of the foreign holdings that was known.
    """

    as_of: date
    month: date | None
    usdbn: dict[str, float]

    @property
    def foreign_usdbn(self) -> float:
        """What all foreign holders together can sell."""
        return sum(self.usdbn[name] for name in FOREIGN)

    def check_scenario(self, scenario: Scenario) -> None:
        """Refuse a scenario in which somebody sells more than is held.

        Raises:
            BadInputError: naming seller, amount, holding and month.
        """
        for seller, sale in scenario.sale.items():
            if sale.amount_usdbn > self.usdbn[seller]:
                raise BadInputError(self._too_much(seller, sale.amount_usdbn))

    def check_amount(self, amount_usdbn: float) -> None:
        """Refuse an amount that is more than all foreign holders together held.

        Raises:
            BadInputError: naming amount, holding and month.
        """
        if amount_usdbn > self.foreign_usdbn:
            raise BadInputError(
                f"amount {amount_usdbn:g} is more than foreigners held: "
                f"${self.foreign_usdbn:,.0f}bn, {self._month}"
            )

    @property
    def _month(self) -> str:
        month = "no month" if self.month is None else f"{self.month:%B %Y}"
        return f"in {month}, the newest month known on {self.as_of}"

    def _too_much(self, seller: str, amount_usdbn: float) -> str:
        words, held = seller.replace("_", " "), self.usdbn[seller]
        said = f"sale.{seller}.amount_usdbn is {amount_usdbn:g}, more than {words}"
        if seller in FOREIGN:
            return f"{said} held: ${held:,.1f}bn {self._month}"
        share = HOLDINGS_PER_GDP[seller]
        return f"{said} are assumed to hold on {self.as_of}: ${held:,.1f}bn ({share:g} of GDP)"


def holdings(inputs: Sequence[Input], as_of: date) -> Held:
    """By custody, as TIC counts: China and Japan as a whole, the rest of officials, all others.

    Domestic holders have no series here: assumed shares of GDP.
    """
    value = {one.name: one.value for one in inputs}
    china, japan = value["holdings.china"], value["holdings.japan"]
    official, total = value["holdings.official"], value["holdings.total"]
    usdbn = {
        "china": china,
        "japan": japan,
        "other_official": max(official - china - japan, 0.0),
        "foreign_private": max(total - official, 0.0),
        **{name: share * value["macro.gdp"] for name, share in HOLDINGS_PER_GDP.items()},
    }
    return Held(as_of, next(one.day for one in inputs if one.name == "holdings.total"), usdbn)
