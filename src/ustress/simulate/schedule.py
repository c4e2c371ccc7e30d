"""From a scenario to numbers by session: what the engine folds over.

Arrays are NumPy of shape (days, sessions); all of it is traced by the compiled program, so that
scenarios differ in numbers only and share one compilation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.model.types import Inputs, Policy, Switches
from ustress.scenario.schema import Scenario, Spell
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


def schedule(scenario: Scenario, days: int) -> Schedule:
    """The scenario over `days` business days; what would happen later is left out."""
    return Schedule(_inputs(scenario, days), policy_numbers(scenario.policy), _switches(scenario))


def active(spell: Spell, days: int) -> Floats:
    """(days,) 1 on the spell's business days, 0 elsewhere."""
    day = np.arange(1, days + 1)
    return ((day >= spell.start_day) & (day < spell.start_day + spell.business_days)).astype(float)


def _spread(total: float, spell: Spell, days: int, shares: tuple[float, ...]) -> Floats:
    """(days, sessions): `total` evenly over the spell's days and by `shares` within a day."""
    daily = total / spell.business_days * active(spell, days)
    return np.outer(daily, np.asarray(shares))


def _sales(scenario: Scenario, days: int) -> tuple[Floats, Floats]:
    """Par sold and the lasting part's share of it, by session."""
    flow = SESSIONS.flow_share
    total, lasting = np.zeros((days, PER_DAY)), np.zeros((days, PER_DAY))
    for _, sale in scenario.sale.items():
        sold = _spread(sale.amount_usdbn, sale, days, flow)
        total, lasting = total + sold, lasting + sale.lasting_share * sold
    safe = np.where(total == 0.0, 1.0, total)
    return total, np.where(total == 0.0, 0.0, lasting / safe)


def _inputs(scenario: Scenario, days: int) -> Inputs:
    one = np.ones((days, PER_DAY))
    shock, funding, time = scenario.shock, scenario.funding, SESSIONS.dt_days
    sold, lasting_share = _sales(scenario, days)
    basis = scenario.basis
    jump = np.log1p(shock.volatility.rise_pct / 100.0)
    return Inputs(
        day=one * np.arange(1, days + 1)[:, None],
        dt_days=one * time,
        volume_share=one * SESSIONS.volume_share,
        flow_share=one * SESSIONS.flow_share,
        fed_share=one * SESSIONS.fed_share,
        is_close=one * SESSIONS.is_close,
        sale_par_usdbn=sold,
        sale_x_usdbn=sold,  # the engine multiplies by each path's ten-year equivalents per par
        lasting_share=lasting_share,
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
