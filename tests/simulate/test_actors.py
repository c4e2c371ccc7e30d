"""Nobody in the market is decoration: taking an actor out moves a stated output, as stated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ustress.scenario.schema import Actors
from ustress.simulate import Opening, simulate
from ustress.simulate.auctions import DatedAuction

SALE = "no-intervention"
CASES = {
    # actor: scenario, overrides, observable, day, sign of (with - without), why
    "slow_capital": (SALE, (), "dislocation", 20, -1, "it takes over what was sold"),
    "price_elastic": (SALE, (), "dislocation", 20, -1, "it buys when yields overshoot"),
    "dealers": (SALE, (), "dysfunction", 20, +1, "full balance sheets deepen the price of a sale"),
    "basis_funds": (SALE, (), "dysfunction", 20, +1, "their unwind fills balance sheets"),
    "repo": (
        SALE, ("funding.cash_drain_usdbn=1400",), "repo.spread", 10, +1, "a drain of cash tightens",
    ),
    "convenience": (
        SALE, ("shock.trust.loss_share=0.3",), "ust.10y", 20, +1, "lost trust raises yields",
    ),
    "fed": ("tactical-qe", (), "dislocation", 20, -1, "purchases repair functioning"),
    "foreign_officials": (
        SALE, ("tariff.intensity=0.8", "tariff.retaliation_share=0.3"), "held.china", 20, -1,
        "tariffs make officials sell",
    ),
    "japan": (SALE, ("yen.weakening_pct=10",), "held.japan", 20, -1, "it defends the yen"),
    "foreign_private": (
        SALE, ("herding.pressure=0.9",), "held.foreign_private", 20, -1, "herding ends in a run",
    ),
    "mutual_funds": (SALE, (), "held.mutual_funds", 20, -1, "outflows follow falling prices"),
    "banks": ("tactical-qe", (), "held.banks", 60, +1, "new reserves are put to use"),
    "auctions": (
        SALE, ("auctions.indirect_absent_share=0.8",), "auction.tail", 20, +1, "bids are absent",
    ),
    "local": (
        SALE, ("sale.china.maturity=10y",), "ust.10y", 20, +1, "the sector sold moves more",
    ),
}  # fmt: skip
AUCTION = DatedAuction(15, date(2025, 5, 2), "10y", 42.0, 0.94, 0.17, 0.68, 2.53)


def test_every_actor_has_its_case() -> None:
    assert set(CASES) == set(Actors.model_fields)


@pytest.mark.parametrize("actor", CASES)
def test_taking_an_actor_out_moves_a_stated_output(actor: str, april: Opening) -> None:
    """Property: by more than five Monte Carlo errors of the paired difference."""
    scenario, overrides, observable, day, sign, why = CASES[actor]
    april = replace(april, auctions=(AUCTION,))
    whole = simulate(april, scenario, 1000, 11, 60, overrides)
    without = simulate(april, scenario, 1000, 11, 60, (*overrides, f"actors.{actor}=false"))
    found = (whole - without).mean(observable, day)
    assert sign * found.value > 4 * found.error, why
