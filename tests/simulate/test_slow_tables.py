"""The tables that bring the slow layer's leads and losses into the step, against its solver."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from ustress.model.draws import median
from ustress.model.fed import ladder, policy_bp
from ustress.model.fed.announced import LAST_LEAD_YEARS, LEAD_KNOTS_YEARS
from ustress.model.fed.operate import at_rest
from ustress.model.habitat import Programme, programme_moves, supply_response
from ustress.model.habitat.profile import mix
from ustress.model.types import TENORS_YEARS, Parameters, Policy
from ustress.model.wealth import LOSSES, next_loss, premium_bp
from ustress.simulate.slow import (
    SELLERS_MIX,
    _run_off,
    equilibrium,
    lead_share,
    slow_layer,
    wealth_equilibria,
    wealth_premium_bp,
)

TAU = np.asarray(TENORS_YEARS)
HALF_LIFE = 1.0
BUYING = ladder({"open_ended": {
    "enabled": 1.0, "pace_usdbn_per_day": 4.0, "max_usdbn": 1008.0, "announced_usdbn": 1008.0,
}})  # fmt: skip
"""A year of purchases, evenly."""


@pytest.fixture(scope="module")
def p() -> Parameters:
    return median(1, slow_layer(HALF_LIFE))


def shown(p: Parameters, policy: Policy, held: float, belief: float) -> Any:
    """What the step makes of a programme of 1,008 of which `held` is carried out."""
    fed = at_rest(jnp.zeros(1))
    row = jnp.zeros((7, 1)).at[6].set(1.0)
    fed = fed._replace(
        held_usdbn=held * row, remaining_usdbn=(1008.0 - held) * row, belief=jnp.full(1, belief)
    )
    return np.asarray(policy_bp(fed, policy, p))[0]


def exact(p: Parameters, done: int, belief: float) -> Any:
    """The same from the announced path, in parts of a business day."""
    when = np.arange(1, 253) / 252.0
    scale = float(p.x_per_par_fed / p.x_per_par_sellers)
    parts = np.full(252, -4.0 * scale)
    programme = Programme(when, parts, mix(SELLERS_MIX), belief)
    now = done / 252.0 + (1e-9 if done else 0.0)
    return programme_moves(equilibrium(), programme, [now], TAU)[0]


@pytest.mark.parametrize(
    ("done", "belief"), [(0, 1.0), (0, 0.4), (126, 1.0), (126, 0.4), (252, 0.4)]
)
def test_an_announced_year_of_purchases_second_route(
    p: Parameters, done: int, belief: float
) -> None:
    """Second route: the habitat solver's announced path, part by part, within .6 bp of 25 to 90."""
    np.testing.assert_allclose(
        shown(p, BUYING, 4.0 * done, belief), exact(p, done, belief), atol=0.6
    )


def test_a_fully_believed_announcement_moves_nothing_on_operation_days(p: Parameters) -> None:
    """Analytic: at p = 1 a day's purchase adds the change of the lag alone, at p = 0 all its own.

    At full belief what is left is that the rest comes nearer, under a quarter of a day's own
    effect; with leads of no effect it is nothing at all.
    """
    own = -4.0 / 100 * float(p.lasting_bp_per_100bn[0, 4] * p.x_per_par_fed / p.x_per_par_sellers)
    for done in (0.0, 400.0, 800.0):
        full = shown(p, BUYING, done + 4.0, 1.0) - shown(p, BUYING, done, 1.0)
        none = shown(p, BUYING, done + 4.0, 0.0) - shown(p, BUYING, done, 0.0)
        assert none[4] == pytest.approx(own, rel=1e-5)
        assert abs(full[4]) < 0.25 * abs(own)
    flat = p._replace(lead_share=0.0 * p.lead_share)
    moved = shown(flat, BUYING, 404.0, 1.0) - shown(flat, BUYING, 400.0, 1.0)
    np.testing.assert_allclose(moved, 0.0, atol=1e-9)


def test_mean_responses_are_exact_at_the_knots_second_route() -> None:
    """Second route: the mean of the lead response over [0, T] by a finer rule, at every knot."""
    from ustress.model.habitat import lead_response

    profile = mix(SELLERS_MIX)
    share = lead_share(equilibrium(), profile, None)
    lags = np.linspace(0.0, LAST_LEAD_YEARS, 8 * 48 + 1)
    unit = lead_response(equilibrium(), profile, lags, TAU)
    for T in (*LEAD_KNOTS_YEARS[1:], LAST_LEAD_YEARS):
        upto = lags <= T + 1e-9
        mean = np.trapezoid(unit[upto], lags[upto], axis=0) / T / unit[0]
        table = 1 + sum(s * max(T - k, 0.0) for s, k in zip(share, LEAD_KNOTS_YEARS, strict=True))
        np.testing.assert_allclose(table, mean, atol=0.02)


def test_supply_that_runs_off_has_the_solvers_response_second_route() -> None:
    """Second route: a lasting unit less those that leave again, against the decaying solution."""
    from ustress.model.habitat import lead_response

    profile, solved = mix(SELLERS_MIX), equilibrium()
    lags = np.arange(0.0, 30.001, 0.125)
    unit = lead_response(solved, profile, lags, TAU)
    found = _run_off(unit, lags, np.log(2.0) / HALF_LIFE)[0]
    said = supply_response(solved, profile, HALF_LIFE, TAU)
    np.testing.assert_allclose(found, said, rtol=0.02, atol=0.01)


def test_the_wealth_cubic_is_that_of_the_solved_equilibria_second_route(p: Parameters) -> None:
    """Second route: interpolated equilibria on a fine grid of losses; exactly nothing at none."""
    losses = np.linspace(*LOSSES, 39)
    solved = wealth_premium_bp(wealth_equilibria(), losses)
    found = np.asarray(premium_bp(jnp.asarray(losses), p))
    np.testing.assert_allclose(found, solved, atol=0.5)
    assert not np.asarray(premium_bp(jnp.zeros(3), p)).any()
    assert (np.diff(found, axis=0) > 0).all()


def test_losses_stay_in_the_range_solved_and_say_so_property(p: Parameters) -> None:
    """Property: cut to the range with a flag, never extrapolated; without moves they fade."""
    q = p._replace(wealth_duration_years=2.5, wealth_recovery_days=60.0)
    loss, beyond = next_loss(jnp.array([0.0, 0.0, 0.0]), jnp.array([40.0, 900.0, -900.0]), 1.0, q)
    np.testing.assert_allclose(loss, [0.01, LOSSES[1], LOSSES[0]])
    assert np.asarray(beyond).tolist() == [0.0, 1.0, 1.0]
    rested = next_loss(loss, 0.0 * loss, 60.0, q)[0]
    np.testing.assert_allclose(rested, np.asarray(loss) / np.e)
