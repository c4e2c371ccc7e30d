"""Sales given as shares of holdings become amounts once the opening date is known."""

from __future__ import annotations

from ustress.scenario.schema import Scenario
from ustress.simulate.opening import Opening


def in_dollars(opening: Opening, scenario: Scenario) -> Scenario:
    """The scenario with every share of a holding turned into $bn of par, as known on the date."""
    turned = {
        name: sale.model_copy(update={
            "amount_usdbn": sale.amount_share_of_holding * opening.holdings_usdbn[name],
            "amount_share_of_holding": 0.0,
        })
        for name, sale in scenario.sale.items()
        if sale.amount_share_of_holding
    }  # fmt: skip
    if not turned:
        return scenario
    return scenario.model_copy(update={"sale": scenario.sale.model_copy(update=turned)})
