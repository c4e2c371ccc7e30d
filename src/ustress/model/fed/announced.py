"""What the slow layer makes of holdings and of announcements.

It sees what is held, and belief times the announced rest, at the lag at which the rest arrives:
evenly over the T = rest / pace ahead. The mean response over these lags, against that of supply
already there, is piecewise linear in T,

    1 + sum_k share_k (T - t_k)+,

with knots t_k and shares by tenor from the response of every yield to a unit pulse at every lag
(`ustress.model.habitat.lead_response`, worked out in `ustress.simulate.slow`). At p = 1 the
announcement moves yields once; days of operations only shorten the lag.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.fed.operate import BUSINESS_DAYS_A_YEAR
from ustress.model.fed.rungs import FIRST_BUYING, column
from ustress.model.types import TENORS_YEARS, Array, FedState, Parameters, Policy

LEAD_KNOTS_YEARS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
LAST_LEAD_YEARS = 8.0
"""Slower programmes count as spread over this long."""


class Stock(NamedTuple):
    """What counts in the slow layer, $bn par of outright purchases, `(paths,)`.

    `rest` (knots, paths): the believed rest times (T - t_k)+.
    """

    seen: Array
    rest: Array


def stock(fed: FedState, policy: Policy, temporary: bool) -> Stock:
    """The stock of rungs that run off, or of those that hold."""
    buying = slice(FIRST_BUYING, None)
    remaining = fed.remaining_usdbn[buying]
    flag = column(policy.temporary)[buying]
    counts = column(policy.x_ratio)[buying] * (flag if temporary else 1.0 - flag)
    rest = counts * fed.belief * remaining
    pace = jnp.maximum(column(policy.pace_usdbn_per_day)[buying], 1e-3) * BUSINESS_DAYS_A_YEAR
    years = jnp.minimum(remaining / pace, LAST_LEAD_YEARS)
    bent = [(rest * jnp.maximum(years - knot, 0.0)).sum(axis=0) for knot in LEAD_KNOTS_YEARS]
    return Stock((counts * fed.held_usdbn[buying] + rest).sum(axis=0), jnp.stack(bent))


def policy_bp(fed: FedState, policy: Policy, p: Parameters) -> Array:
    """(paths, tenors): what purchases and announcements do to yields, bp."""
    lasting, leaving = stock(fed, policy, False), stock(fed, policy, True)
    # The coefficients are per par of the sellers' maturity mix: longer paper counts for more.
    scale = -p.size_scale * p.x_per_par_fed / p.x_per_par_sellers / 100.0
    tenors = [
        scale
        * (
            _bent(lasting, p.lead_share[:, i]) * p.lasting_bp_per_100bn[..., i]
            + _bent(leaving, p.lead_share_temporary[:, i])
            * p.lasting_temporary_bp_per_100bn[..., i]
        )
        for i in range(len(TENORS_YEARS))
    ]
    return jnp.stack(tenors, axis=-1)


def _bent(found: Stock, share: Array) -> Array:
    return found.seen + sum(share[k] * found.rest[k] for k in range(len(LEAD_KNOTS_YEARS)))
