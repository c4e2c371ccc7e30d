"""Axes of a frontier: an amount sold on top of a scenario, or any numeric key of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.model.sectors import each
from ustress.scenario.load import apply_overrides
from ustress.scenario.schema import FOREIGN, Sale, Scenario, Spell
from ustress.simulate.auctions import DatedAuction
from ustress.simulate.opening import Opening
from ustress.simulate.schedule import Schedule, schedule

Floats = NDArray[np.float64]
AFTER_LAST_SALE_DAYS = 20
SLOWEST_DAYS = 250
PLACES = 20
SMALLEST_USDBN = 10.0
"""Amounts below are not told apart: between nothing and this the chance is interpolated."""
_SALE = ("sale_par_usdbn", "sale_x_usdbn")


class Axis(NamedTuple):
    """Places at which paths are tried, the schedule at each, and how many days count."""

    places: Floats
    schedule: Callable[[float], Schedule]
    days: int


def last_sale_day(scenario: Scenario) -> int:
    """The business day of the last imposed sale, 0 if nothing is sold."""
    return max((_last(s) for _, s in scenario.sale.items() if s.amount_usdbn), default=0)


def last_imposed_day(scenario: Scenario) -> int:
    """The business day on which the last thing imposed ends, 0 if nothing is imposed."""
    shock = scenario.shock
    others = (
        (scenario.basis, scenario.basis.unwind_usdbn),
        (shock.trust, shock.trust.loss_share),
        (shock.swap_spread, shock.swap_spread.wedge_bp),
        (shock.haven, shock.haven.rise_bp),
        (shock.volatility, shock.volatility.rise_pct),
        (scenario.funding, scenario.funding.cash_drain_usdbn),
        (scenario.tariff, scenario.tariff.intensity),
        (scenario.yen, scenario.yen.weakening_pct or scenario.yen.jgb_rise_bp),
        (scenario.herding, scenario.herding.pressure),
        (scenario.auctions, scenario.auctions.indirect_absent_share),
    )
    return max([last_sale_day(scenario), *(_last(spell) for spell, size in others if size)])


def _last(spell: Spell) -> int:
    return spell.start_day + spell.business_days - 1


def amounts(most_usdbn: float) -> Floats:
    """Nothing, then from `SMALLEST_USDBN` on in equal ratios to all that can be sold."""
    return np.concatenate([[0.0], np.geomspace(SMALLEST_USDBN, most_usdbn, PLACES - 1)])


def sale_axis(opening: Opening, scenario: Scenario, business_days: int, most_usdbn: float) -> Axis:
    """An amount sold by all foreign holders in proportion to what they hold, evenly over days.

    It comes on top of what the scenario itself sells.

    Args:
        opening: decides who holds what.
        scenario: what else happens; its policy must be one without purchases.
        business_days: over which the amount is sold, from the first day on.
        most_usdbn: the most that can be sold.
    """
    days = max(business_days, last_sale_day(scenario)) + AFTER_LAST_SALE_DAYS
    long = max(days, SLOWEST_DAYS + AFTER_LAST_SALE_DAYS)
    base = schedule(scenario, long, opening.auctions)
    unit = schedule(_only(_pro_rata(opening, business_days), scenario), long).inputs

    def at(value: float) -> Schedule:
        before, sold = base.inputs.sale_par_usdbn, value * unit.sale_par_usdbn
        whole = before + sold
        safe = np.where(whole == 0.0, 1.0, whole)

        def share(a: Floats, b: Floats) -> Floats:
            return np.where(whole == 0.0, 0.0, (a * before + b * sold) / safe)

        inputs = base.inputs._replace(
            sale_par_usdbn=whole,
            sale_x_usdbn=whole,
            lasting_share=share(base.inputs.lasting_share, unit.lasting_share),
            sellers=each(share, base.inputs.sellers, unit.sellers),
            sale_local=each(share, base.inputs.sale_local, unit.sale_local),
        )
        return base._replace(inputs=inputs)

    return Axis(amounts(most_usdbn), at, days)


def _pro_rata(opening: Opening, business_days: int) -> dict[str, Sale]:
    """One dollar in all, each seller's part of it that of its holding."""
    held_abroad = {name: opening.holdings_usdbn[name] for name in FOREIGN}
    total = sum(held_abroad.values())
    return {
        name: Sale(amount_usdbn=held / total, business_days=business_days)
        for name, held in held_abroad.items()
        if held > 0
    }


def _only(sales: dict[str, Sale], like: Scenario) -> Scenario:
    """Nothing but these sales, under the policy and the actors of another scenario."""
    plain = {name: sales.get(name, Sale(amount_usdbn=0.0)) for name, _ in like.sale.items()}
    return Scenario(
        title="sale alone", description="nothing else", horizon_days=1, policy=like.policy,
        actors=like.actors, sale=like.sale.model_copy(update=plain),
    )  # fmt: skip


def key_axis(
    scenario: Scenario,
    key: str,
    places: Floats,
    whole: bool,
    auctions: tuple[DatedAuction, ...] = (),
) -> Axis:
    """The scenario along one of its numeric keys; days after the last sale at any place.

    Without any sale, days after the last thing imposed. `auctions` are the opening's to come.
    """

    def declared(value: float) -> Scenario:
        shown = str(round(value)) if whole else repr(float(value))
        return apply_overrides(scenario, [f"{key}={shown}"])

    ends = [declared(float(v)) for v in (places[0], places[-1])]
    last = max(last_sale_day(one) for one in ends) or max(last_imposed_day(one) for one in ends)
    days = last + AFTER_LAST_SALE_DAYS
    long = max(days, SLOWEST_DAYS + AFTER_LAST_SALE_DAYS)

    @lru_cache(maxsize=4 * PLACES)
    def at(value: float) -> Schedule:
        return schedule(declared(value), long, auctions)

    return Axis(places, at, days)
