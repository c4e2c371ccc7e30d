"""Operations of a session, rung by rung, and what they do at once to the market."""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.fed.rungs import COUNT, column
from ustress.model.types import Array, FedState, Inputs, Policy

BUSINESS_DAYS_A_YEAR = 252.0


class Operations(NamedTuple):
    """A session's operations, $bn of the date, `(paths,)`, and the holdings after them.

    The `_x_` fields weigh par by each rung's ten-year equivalents, those of outright purchases
    being one: hedged purchases count in par alone.
    """

    bought_usdbn: Array
    bought_x_usdbn: Array
    run_off_usdbn: Array
    run_off_x_usdbn: Array
    reserves_usdbn: Array  # created less withdrawn
    open_ended_usdbn: Array  # bought to be held
    fed: FedState


def at_rest(like: Array) -> FedState:
    """The Fed before anything happened; `like` gives shape and type.

    Belief is -1, which means the policy's prior: an opening knows no policy (`with_prior`).
    """
    zero = jnp.zeros_like(like)
    none = jnp.zeros((COUNT, *zero.shape), zero.dtype)
    return FedState(
        active=none,
        waiting_days=none - 1.0,
        active_days=none,
        bought_usdbn=none,
        held_usdbn=none,
        remaining_usdbn=none,
        belief=zero - 1.0,
        mbs_usdbn=zero,
        book_usdbn_pct=zero,
        carry_usdbn=zero,
        first_crossing_day=zero - 1.0,
        intervention_day=zero - 1.0,
    )


def with_prior(fed: FedState, policy: Policy) -> FedState:
    """The same with the policy's prior belief where nothing was believed yet."""
    return fed._replace(belief=jnp.where(fed.belief < 0, policy.prior_belief, fed.belief))


def operate(fed: FedState, inputs: Inputs, policy: Policy, present: Array) -> Operations:
    """Buy at each rung's pace while it is in force; let temporary ones run off after."""
    room = jnp.maximum(column(policy.max_usdbn) - fed.bought_usdbn, 0.0)
    pace = column(policy.pace_usdbn_per_day) * inputs.fed_share
    bought = present * fed.active * jnp.minimum(pace, room)
    half_life = BUSINESS_DAYS_A_YEAR * jnp.maximum(column(policy.half_life_years), 1e-3)
    lost = 1.0 - jnp.exp2(-inputs.dt_days / half_life)
    run_off = column(policy.temporary) * (1.0 - fed.active) * fed.held_usdbn * lost
    x, cash = column(policy.x_ratio), column(policy.reserves_ratio)
    mbs = (bought * column(policy.mbs_ratio)).sum(axis=0)
    owned = (fed.held_usdbn * cash).sum(axis=0)
    left = 1.0 - (run_off * cash).sum(axis=0) / jnp.maximum(owned, 1e-6)
    moved = fed._replace(
        bought_usdbn=fed.bought_usdbn + bought,
        held_usdbn=fed.held_usdbn + bought - run_off,
        remaining_usdbn=jnp.maximum(fed.remaining_usdbn - bought, 0.0),
        mbs_usdbn=fed.mbs_usdbn + mbs,
        book_usdbn_pct=fed.book_usdbn_pct * left,
    )
    return Operations(
        bought_usdbn=bought.sum(axis=0),
        bought_x_usdbn=(bought * x).sum(axis=0),
        run_off_usdbn=run_off.sum(axis=0),
        run_off_x_usdbn=(run_off * x).sum(axis=0),
        reserves_usdbn=((bought - run_off) * cash).sum(axis=0) + mbs,
        open_ended_usdbn=(bought * (1.0 - column(policy.temporary)) * cash * x).sum(axis=0),
        fed=moved,
    )


def capacity_ratio(fed: FedState, policy: Policy) -> Array:
    """Dealers' capacity against that without relief, `(paths,)`, at least 1."""
    return 1.0 + (fed.active * column(policy.capacity_rise)).sum(axis=0)


def spread_kept(fed: FedState, policy: Policy) -> Array:
    """Share of the dealers' spread that facilities in force leave, `(paths,)`."""
    return jnp.prod(1.0 - fed.active * column(policy.spread_cut), axis=0)


def facility_cap_bp(fed: FedState, policy: Policy, standing_bp: Array) -> Array:
    """SOFR less IORB at which cash can be borrowed: the standing facility's or a rung's rate."""
    cap = jnp.where(fed.active > 0, column(policy.facility_cap_bp), jnp.inf).min(axis=0)
    return jnp.minimum(cap, standing_bp)


def accrue(fed: FedState, operations: Operations, yield_pct: Array, iorb_pct: Array,
           policy: Policy, dt_days: Array) -> FedState:  # fmt: skip
    """Book what was bought at its yield; add the session's carry (IORB - yield) x holdings.

    Purchases by the Treasury are no asset of the Fed and stay out.
    """
    cash = column(policy.reserves_ratio)
    before = operations.fed
    bought = ((before.bought_usdbn - fed.bought_usdbn) * cash).sum(axis=0)
    book = before.book_usdbn_pct + bought * yield_pct
    held = (before.held_usdbn * cash).sum(axis=0)
    cost = (iorb_pct * held - book) / 100.0 * dt_days / BUSINESS_DAYS_A_YEAR
    return before._replace(book_usdbn_pct=book, carry_usdbn=fed.carry_usdbn + cost)
