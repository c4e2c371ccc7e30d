"""The session's price: the wedge D at which what is left to hold finds its holders.

    D = lam X for X > 0, chi lam X for X < 0;  lam = lam0 (sigma/5)^eta g(B);  X = X* - v;
    B = B* - v/(X per par);  v = real money's purchases at D

(Model document, section 2.) With F(v) = v - v(D(v)): D+ falls in v and is convex, real money's
demand rises in D+ and is convex, so F rises, is concave on X > 0, and has one root. Newton from
v = 0, where F < 0, therefore climbs to the root without ever passing it, and a fixed number of
steps is enough (measured in the tests). The last step alone carries derivatives: by the implicit
function theorem they are then exact at the root.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp
from jax.lax import stop_gradient

from ustress.model import dealers, real_money
from ustress.model.types import Array, Parameters

ITERATIONS = 11
"""Newton steps: enough for 1e-9 $bn at wedges up to 2000 bp, four times the equations' range,
and for 1e-4 $bn at any inventory up to $5tn (tested over joint draws)."""


class Pressure(NamedTuple):
    """What stands before real money buys, and the depth it meets."""

    x_star_usdbn: Array
    b_star_usdbn: Array
    lam_bp_per_usdbn: Array  # lam0 (sigma/5)^eta / 100, before g
    capacity: dealers.Capacity
    days_times_e: Array  # dt e; 0 without price-elastic buyers
    rest: Array  # `real_money.at_rest`


class Clearing(NamedTuple):
    """The cleared session; `D_per_par_bp` is dD per $bn of further par sold without duration."""

    v_usdbn: Array
    x_usdbn: Array
    b_usdbn: Array
    D_bp: Array
    use: dealers.Use
    D_per_par_bp: Array
    residual_usdbn: Array


class _Point(NamedTuple):
    """F and its slope at one v, with what they were computed from."""

    gap: Array
    slope: Array
    D_per_par: Array
    use: dealers.Use


def _at(v: Array, q: Pressure, p: Parameters) -> _Point:
    x = q.x_star_usdbn - v
    use = dealers.use(q.b_star_usdbn - v / p.x_per_par_sellers, q.capacity, p)
    long_x = jnp.maximum(x, 0.0) * q.lam_bp_per_usdbn
    D_per_par = long_x * use.g_slope
    D_slope = -(q.lam_bp_per_usdbn * use.g * (x > 0) + D_per_par / p.x_per_par_sellers)
    demand = real_money.bought(long_x * use.g, q.rest, q.days_times_e, p)
    return _Point(v - demand.value, 1.0 - demand.slope * D_slope, D_per_par, use)


def clear(q: Pressure, p: Parameters) -> Clearing:
    """The unique wedge of the session, in a fixed number of Newton steps."""
    v = jnp.zeros_like(q.x_star_usdbn * q.lam_bp_per_usdbn)
    for _ in range(ITERATIONS - 1):
        point = _at(v, q, p)
        v = v - point.gap / point.slope
    v = stop_gradient(v)
    point = _at(v, q, p)
    v = v - point.gap / point.slope
    return _result(v, q, p)


def _result(v: Array, q: Pressure, p: Parameters) -> Clearing:
    end = _at(v, q, p)
    x = q.x_star_usdbn - v
    D = q.lam_bp_per_usdbn * end.use.g * jnp.where(x > 0, 1.0, p.chi) * x
    b = q.b_star_usdbn - v / p.x_per_par_sellers
    return Clearing(v, x, b, D, end.use, end.D_per_par / end.slope, end.gap)
