"""From a scenario to numbers by session: what the engine folds over.

Arrays are NumPy of shape (days, sessions); all of it is traced by the compiled program, so that
scenarios differ in numbers only and share one compilation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.model.actors import Auctioned, Pressed
from ustress.model.sectors import ByTenor, Sellers
from ustress.model.types import TENORS_YEARS, Inputs, Policy, Switches
from ustress.scenario.schema import Scenario, Spell, Tariff
from ustress.simulate.auctions import DatedAuction, summed
from ustress.simulate.policy import policy_numbers
from ustress.simulate.sessions import PER_DAY, SESSIONS

Floats = NDArray[np.float64]


class Schedule(NamedTuple):
    """A scenario in numbers; leaves of `inputs` are (days, sessions)."""

    inputs: Inputs
    policy: Policy
    switches: Switches

    @property
    def days(self) -> int:
        """How many business days."""
        return int(np.shape(self.inputs.sale_par_usdbn)[0])


def schedule(scenario: Scenario, days: int, auctions: tuple[DatedAuction, ...] = ()) -> Schedule:
    """The scenario over `days` business days; what would happen later is left out.

    `auctions` are the Treasury's to come, of an opening (`Opening.auctions`).
    """
    inputs = _inputs(scenario, days)._replace(
        pressed=_pressed(scenario, days), auction=_auctions(scenario, days, auctions)
    )
    return Schedule(inputs, policy_numbers(scenario.policy), _switches(scenario))


def active(spell: Spell, days: int) -> Floats:
    """(days,) 1 on the spell's business days, 0 elsewhere."""
    day = np.arange(1, days + 1)
    return ((day >= spell.start_day) & (day < spell.start_day + spell.business_days)).astype(float)


def _spread(total: float, spell: Spell, days: int, shares: tuple[float, ...]) -> Floats:
    """(days, sessions): `total` evenly over the spell's days and by `shares` within a day."""
    daily = total / spell.business_days * active(spell, days)
    return np.outer(daily, np.asarray(shares))


class _Sales(NamedTuple):
    """Imposed sales by session: par in all, the lasting share, each seller's and sector's share."""

    par: Floats
    lasting_share: Floats
    sellers: Sellers
    local: ByTenor


def _sales(scenario: Scenario, days: int) -> _Sales:
    sold = {
        name: _spread(sale.amount_usdbn, sale, days, SESSIONS.flow_share)
        for name, sale in scenario.sale.items()
    }
    total = np.sum(list(sold.values()), axis=0)
    safe = np.where(total == 0.0, 1.0, total)

    def share(weights: dict[str, float]) -> Floats:
        part = np.zeros((days, PER_DAY))
        for name, weight in weights.items():
            part = part + weight * sold[name]
        return np.where(total == 0.0, 0.0, part / safe)

    sales = dict(scenario.sale.items())
    local = (
        share({n: float(s.maturity == f"{years:g}y") for n, s in sales.items()})
        for years in TENORS_YEARS
    )
    return _Sales(
        total,
        share({name: sale.lasting_share for name, sale in sales.items()}),
        # Where nothing is imposed the shares say who sells what somebody else may put in.
        Sellers(**{name: share({name: 1.0}) for name in sales})._replace(
            foreign_private=np.where(total == 0.0, 1.0, share({"foreign_private": 1.0}))
        ),
        ByTenor(*local),
    )


def _pressed(scenario: Scenario, days: int) -> Pressed:
    """What the scenario does to sellers that react, by session."""
    one, time = np.ones((days, PER_DAY)), SESSIONS.dt_days
    tariff, yen, herding = scenario.tariff, scenario.yen, scenario.herding
    return Pressed(
        tariff=_tariff(tariff, days),
        retaliation_share=tariff.retaliation_share * one,
        yen_pct=_spread(yen.weakening_pct, yen, days, time),
        yen_defend_share=yen.defend_share * one,
        jgb_bp=_spread(yen.jgb_rise_bp, yen, days, time),
        herding=_spread(herding.pressure, herding, days, time),
    )


def _tariff(tariff: Tariff, days: int) -> Floats:
    """Change of the tariff state by session; a pause takes it back at the day's first session."""
    change = _spread(tariff.intensity, tariff, days, SESSIONS.dt_days)
    at = tariff.pause_day - 1
    if 0 <= at < days:
        change[at:] = 0.0
        change[at, 0] = -tariff.pause_share * change[:at].sum()
    return change


def _auctions(scenario: Scenario, days: int, auctions: tuple[DatedAuction, ...]) -> Auctioned:
    """The auctions' schedule with the scenario's absent bids and larger sizes."""
    one, rule = np.ones((days, PER_DAY)), scenario.auctions
    during = one * active(rule, days)[:, None]
    return summed(auctions, days)._replace(
        absent_share=rule.indirect_absent_share * during,
        extra_share=rule.size_increase_pct / 100.0 * during,
    )


def _inputs(scenario: Scenario, days: int) -> Inputs:
    one = np.ones((days, PER_DAY))
    shock, funding, time = scenario.shock, scenario.funding, SESSIONS.dt_days
    sales = _sales(scenario, days)
    none = ByTenor(*[np.zeros((days, PER_DAY))] * len(TENORS_YEARS))
    basis = scenario.basis
    jump = np.log1p(shock.volatility.rise_pct / 100.0)
    return Inputs(
        day=one * np.arange(1, days + 1)[:, None],
        dt_days=one * time,
        volume_share=one * SESSIONS.volume_share,
        flow_share=one * SESSIONS.flow_share,
        fed_share=one * SESSIONS.fed_share,
        is_close=one * SESSIONS.is_close,
        sale_par_usdbn=sales.par,
        sale_x_usdbn=sales.par,  # the engine multiplies by each path's ten-year equivalents per par
        lasting_share=sales.lasting_share,
        sellers=sales.sellers,
        sale_local=sales.local,
        fed_local=none,
        basis_unwind_par_usdbn=_spread(basis.unwind_usdbn, basis, days, SESSIONS.flow_share),
        swap_shock_bp=_spread(shock.swap_spread.wedge_bp, shock.swap_spread, days, time),
        haven_shock_bp=_spread(shock.haven.rise_bp, shock.haven, days, time),
        trust_shock=_spread(shock.trust.loss_share, shock.trust, days, time),
        volatility_shock=_spread(float(jump), shock.volatility, days, time),
        cash_drain_usdbn=funding.cash_drain_usdbn * one * active(funding, days)[:, None],
        reserves_change_usdbn=_spread(funding.reserves_change_usdbn, funding, days, time),
        doubt_shock=_spread(shock.doubt.loss_rate, shock.doubt, days, time),
        turn=one * np.arange(PER_DAY),
    )


def _switches(scenario: Scenario) -> Switches:
    return Switches(*(float(getattr(scenario.actors, name)) for name in Switches._fields))
