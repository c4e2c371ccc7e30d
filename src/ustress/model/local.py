"""The local term: what is sold or bought in one maturity sector moves that sector more.

    l_i = lam_l (x_i - mean x),   x_i fading with a half-life of a day          bp

x_i are the last days' flows in sector i in ten-year equivalents; the term is zero on average over
the sectors, so it moves nothing but the curve's shape. It carries the local flow effect of
D'Amico and King (2012): purchases lower the yields bought more than the rest, for a day or two.
Flows that are spread evenly over the curve have none. Model document, section 2.
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.sectors import ByTenor, each
from ustress.model.types import Array, Given


def next_local_x(given: Given, sold_x: Array, auctioned_x: Array, fed_x: Array) -> ByTenor:
    """Flows by sector after the session, $bn of ten-year equivalents at 2025 size.

    Args:
        given: with the shares of each flow that lie in one sector.
        sold_x: imposed sales.
        auctioned_x: what dealers took beyond the expected at auctions.
        fed_x: purchases.
    """
    inputs = given.inputs
    keep = jnp.exp2(-inputs.dt_days / given.p.local_half_life_days)
    return each(
        lambda x, s, a, f: x * keep + sold_x * s + auctioned_x * a - fed_x * f,
        given.state.local_x,
        inputs.sale_local,
        inputs.auction.local,
        inputs.fed_local,
    )


def local_bp(x: ByTenor, present: Array, lam_l_bp_per_100bn: Array) -> ByTenor:
    """l_i by tenor, bp."""
    mean = sum(x) / len(x)
    return each(lambda one: present * lam_l_bp_per_100bn / 100.0 * (one - mean), x)
