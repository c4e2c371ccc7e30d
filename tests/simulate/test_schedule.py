"""From a scenario to numbers by session."""

from __future__ import annotations

import numpy as np
import pytest

from ustress.model.fed import OUTRIGHT
from ustress.scenario import apply_overrides, builtin_names, load_scenario
from ustress.simulate import Opening
from ustress.simulate.holdings import in_dollars
from ustress.simulate.schedule import schedule
from ustress.simulate.sessions import SESSIONS


@pytest.mark.parametrize("name", builtin_names())
def test_totals_are_what_the_scenario_says(name: str, april: Opening) -> None:
    """Analytic: summed over sessions each flow and shock is its total, to rounding."""
    scenario = in_dollars(april, load_scenario(name))
    plan = schedule(scenario, scenario.horizon_days).inputs
    shock = scenario.shock
    for series, total in (
        (plan.sale_par_usdbn, scenario.total_sale_usdbn),
        (plan.basis_unwind_par_usdbn, scenario.basis.unwind_usdbn),
        (plan.swap_shock_bp, shock.swap_spread.wedge_bp),
        (plan.trust_shock, shock.trust.loss_share),
        (np.expm1(np.sum(plan.volatility_shock)) * 100, shock.volatility.rise_pct),
    ):
        assert np.sum(series) == pytest.approx(total)


def test_a_spell_begins_and_ends_on_its_days() -> None:
    items = ["sale.japan.amount_usdbn=30", "sale.japan.business_days=3", "sale.japan.start_day=5"]
    plan = schedule(apply_overrides(load_scenario("baseline"), items), 20).inputs
    daily = np.asarray(plan.sale_par_usdbn).sum(axis=1)
    assert np.flatnonzero(daily).tolist() == [4, 5, 6]
    assert daily[4] == pytest.approx(10.0)
    assert plan.sale_par_usdbn[4] == pytest.approx(10.0 * np.array(SESSIONS.flow_share))


def test_the_lasting_share_is_the_sellers_average() -> None:
    """Analytic: three that leave for good and one of which half returns."""
    plan = schedule(load_scenario("tactical-qe"), 20).inputs
    assert plan.lasting_share[0] == pytest.approx((150 + 100 + 100 + 0.5 * 75) / 425)


def test_what_comes_after_the_horizon_is_left_out() -> None:
    plan = schedule(load_scenario("prolonged-disruption"), 10).inputs
    assert np.sum(plan.sale_par_usdbn) == pytest.approx(1500 * 10 / 180)


def test_session_shares_add_up() -> None:
    for shares in (
        SESSIONS.dt_days,
        SESSIONS.volume_share,
        SESSIONS.flow_share,
        SESSIONS.fed_share,
    ):
        assert sum(shares) == pytest.approx(1.0)
    assert SESSIONS.is_close == (0.0, 0.0, 1.0)


def test_policies_become_numbers() -> None:
    """Property: outright purchases are off without a policy, else in their own rung."""
    none = schedule(load_scenario("no-intervention"), 5).policy
    open_ended = schedule(load_scenario("prolonged-disruption"), 5).policy
    temporary = schedule(load_scenario("tactical-qe"), 5).policy
    on = [np.asarray(policy.enabled)[list(OUTRIGHT)] for policy in (none, temporary, open_ended)]
    assert [rungs.tolist() for rungs in on] == [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
