"""What the model answers to a published row, as a function of risk aversion, draw by draw.

f(a, d) = (a / a0) g_d + w_d: g_d the slow layer's lasting part at a0, w_d the fast layer's wedge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.after_sale import wedge_bp
from ustress.calibrate.published import Measure, PublishedRow
from ustress.calibrate.slow_draws import SlowDraws
from ustress.core.errors import BadInputError
from ustress.model.habitat import supply_response
from ustress.model.habitat.profile import Profile, at_maturity, mix
from ustress.model.sizes import GDP_2025_USDBN
from ustress.simulate.slow import SELLERS_MIX

Floats = NDArray[np.float64]

STANDARD_USDBN = 100.0


class Answer(NamedTuple):
    """The model's answer to one row over draws (D): `lasting` at a = a0, `wedge` whatever a is."""

    lasting: Floats
    wedge: Floats

    def at(self, a_over_a0: Floats) -> Floats:
        """The answer (..., D) at risk aversions relative to a0 (...,)."""
        return np.asarray(a_over_a0)[..., None] * self.lasting + self.wedge


def answer(row: PublishedRow, draws: SlowDraws) -> Answer:
    """The slow and the fast part of the model's answer, in the row's unit.

    Raises:
        BadInputError: for a row that asks nothing of the price of a flow.
    """
    asked = row.measure
    if asked is None or asked.kind not in ("supply", "sale"):
        raise BadInputError(f"row {row.key} does not measure the price of a flow")
    share = _scale(asked)
    lasting = share * supply_response(
        draws.solved, _profile(asked), asked.half_life_years, asked.tau
    )
    if asked.kind == "supply":
        return Answer(lasting, np.zeros_like(lasting))
    per_100 = STANDARD_USDBN / asked.amount_usdbn
    sales = ((asked.amount_usdbn, asked.over_days),)
    return Answer(lasting, per_100 * wedge_bp(sales, lasting.size, asked.tau)[0])


def answers(rows: Sequence[PublishedRow], draws: SlowDraws) -> tuple[Answer, ...]:
    """The answer to every row, in order."""
    return tuple(answer(row, draws) for row in rows)


def _scale(asked: Measure) -> float:
    """Supply of the row over the solver's unit, $100bn at 2025 size: impacts stay per $100bn."""
    if asked.amount_pct_gdp is None:
        return 1.0
    return asked.amount_pct_gdp / 100.0 * GDP_2025_USDBN / STANDARD_USDBN


def _profile(asked: Measure) -> Profile:
    return mix(SELLERS_MIX) if asked.profile == "mix" else at_maturity(asked.tau)
