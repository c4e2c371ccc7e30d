"""Each rung moves the states it is declared to move, and no others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.worlds import days, medians, run, sale
from ustress.model.fed import RUNGS, ladder
from ustress.model.quiet import NO_PURCHASES
from ustress.model.types import Inputs, Observables, Policy, State

ON = {"enabled": 1.0, "announce_day": 2.0}
SOLD = sale(40, 500.0, 10)


def rung(name: str, **numbers: float) -> Policy:
    return ladder({name: {**ON, **numbers}})


def both(policy: Policy, inputs: Inputs = SOLD, **p: float) -> tuple[Any, ...]:
    """State and observables with the policy, then without any."""
    drawn = medians(1, facility_cap_bp=1e4, threshold=0.9, **p)
    return (*run(inputs, drawn, policy), *run(inputs, drawn, NO_PURCHASES))


def move(seen: Observables, calm: Observables, name: str) -> np.ndarray[Any, Any]:
    return np.asarray(getattr(seen, name) - getattr(calm, name))[:, 0]


def test_an_announced_rung_begins_on_its_day_and_shows_its_number_property() -> None:
    """Property: in force from the close of day 2, shown by its place in the ladder."""
    for i, name in enumerate(RUNGS):
        _, seen, _, _ = both(rung(name))
        assert np.asarray(seen.fed_rung[:, 0]).tolist() == [0.0] + [i + 1.0] * 39


def test_talk_moves_belief_alone_analytic() -> None:
    """Analytic: 1 - p falls by the rung's share; with belief at rest nothing else changes."""
    _, seen, _, calm = both(rung("talk", belief=0.4))
    assert np.asarray(seen.belief[:, 0]).tolist() == pytest.approx([0.0] + [0.4] * 39)
    for name in ("D_bp", "policy_bp", "reserves_usdbn", "dealer_use", "sofr_iorb_bp"):
        assert not move(seen, calm, name).any()


def test_the_repo_facility_caps_the_rate_and_cuts_the_spread_analytic() -> None:
    """Analytic: the dealers' spread falls by the share, the rate stops at the facility's."""
    scarce = SOLD._replace(reserves_change_usdbn=SOLD.day * 0 - 40.0)
    _, seen, _, calm = both(rung("repo", spread_cut=0.5, facility_cap_bp=-2.0), scarce)
    Lam, before = np.asarray(seen.dealer_spread_bp), np.asarray(calm.dealer_spread_bp)
    np.testing.assert_allclose(Lam[2:], 0.5 * before[2:], rtol=1e-12)
    assert float(seen.sofr_iorb_bp[2:].max()) == -2.0
    assert float(calm.sofr_iorb_bp.max()) > 0.0
    assert not move(seen, calm, "D_bp").any()


def test_leverage_relief_lowers_use_and_with_it_the_wedge_analytic() -> None:
    """Analytic: u is divided by one plus the rise, to first order in what changes since."""
    _, seen, _, calm = both(rung("relief", capacity_rise=0.15))
    ratio = np.asarray(seen.dealer_use[2, 0] / calm.dealer_use[2, 0])
    assert float(ratio) == pytest.approx(1 / 1.15, rel=0.02)
    assert move(seen, calm, "D_bp")[:8].max() <= 0.0  # while it is wide; then others bought less
    assert move(seen, calm, "D_bp").min() < -10.0
    assert not move(seen, calm, "reserves_usdbn").any()


def test_buybacks_take_duration_and_leave_reserves_property() -> None:
    """Property: the wedge and the lasting premium fall, reserves and the Fed's book do not move."""
    state, seen, _, calm = both(
        rung("buybacks", pace_usdbn_per_day=10.0, max_usdbn=100.0, reserves_ratio=0.0, x_ratio=0.6)
    )
    assert move(seen, calm, "policy_bp")[-1] < -1.0
    assert move(seen, calm, "D_bp").min() < -5.0
    assert not move(seen, calm, "reserves_usdbn").any()
    assert float(seen.fed_held_usdbn.max()) == float(seen.fed_carry_usdbn.max()) == 0.0
    assert float(state.fed.bought_usdbn[-1].sum()) == pytest.approx(100.0)


def test_hedged_purchases_free_balance_sheets_without_duration_analytic() -> None:
    """Analytic: X and the lasting premium do not move but through depth; par and reserves do."""
    _, seen, _, calm = both(rung("hedged", pace_usdbn_per_day=10.0, max_usdbn=100.0, x_ratio=0.0))
    assert not move(seen, calm, "policy_bp").any()
    assert move(seen, calm, "dealer_use")[-1] < -0.02
    assert move(seen, calm, "reserves_usdbn")[-1] == pytest.approx(100.0)
    ledger = np.asarray(seen.ledger.x.fed)
    assert not ledger.any()
    assert float(seen.fed_bought_usdbn.max()) == 0.0


def test_outright_purchases_alone_count_as_buying_property() -> None:
    """Property: decision day and holdings belong to the last two rungs."""
    for name in RUNGS:
        state, seen, _, _ = both(rung(name, pace_usdbn_per_day=10.0, max_usdbn=50.0))
        outright = name in ("temporary", "open_ended")
        assert float(seen.fed_bought_usdbn[-1, 0]) == (50.0 if outright else 0.0)
        assert float(state.fed.intervention_day[-1, 0]) == (2.0 if outright else -1.0)


def test_rungs_follow_the_threshold_in_order_property() -> None:
    """Property: a lower multiple of b begins no later, and each where S first passes it."""
    ratios = {"talk": 0.4, "repo": 0.6, "relief": 0.8, "temporary": 1.0, "open_ended": 1.3}
    policy = ladder({k: {"enabled": 1.0, "trigger_ratio": v} for k, v in ratios.items()})
    state, seen = run(sale(40, 900.0, 10), medians(threshold=0.15), policy)
    S, active = np.asarray(seen.dysfunction[:, 0]), np.asarray(state.fed.active[..., 0])
    for name, ratio in ratios.items():
        assert int(np.argmax(active[:, RUNGS.index(name)] > 0)) == int(np.argmax(ratio * 0.15 < S))


def test_reaching_only_a_level_of_dysfunction_property() -> None:
    """Property: a level of S triggers whatever the path's threshold is."""
    policy = ladder({"repo": {"enabled": 1.0, "trigger_dysfunction": 0.1}})
    state, seen = run(SOLD, medians(threshold=0.9), policy)
    S, active = np.asarray(seen.dysfunction[:, 0]), np.asarray(state.fed.active[:, 1, 0])
    assert int(np.argmax(active > 0)) == int(np.argmax(S > 0.1))


def _buying(p: dict[str, float], **more: float) -> tuple[State, Observables]:
    policy = rung("open_ended", pace_usdbn_per_day=20.0, max_usdbn=400.0, announced_usdbn=400.0,
                  belief=0.5, **more)  # fmt: skip
    return run(SOLD, medians(1, threshold=0.9, **p), policy)


def test_belief_grows_as_purchases_work_and_wears_as_they_fail_analytic() -> None:
    """Analytic: 1 - p falls by e^{-gain x fall}, p by e^{-wear x rise}, of the wedge."""
    _, seen = _buying({"belief_gain_per_bp": 0.02, "belief_wear_per_bp": 0.01})
    D, p = np.asarray(seen.D_bp[:, 0]), np.asarray(seen.belief[:, 0])
    rise = np.diff(D)[2:20]
    said = (1 - (1 - p[2:20]) * np.exp(-0.02 * np.maximum(-rise, 0))) * np.exp(
        -0.01 * np.maximum(rise, 0)
    )
    np.testing.assert_allclose(p[3:21], said, rtol=1e-9)
    assert p[20] > 0.5
    assert rise.max() > 0 > rise.min()


def test_doubt_wears_belief_and_the_announcement_with_it_analytic() -> None:
    """Analytic: a shock of one leaves p / e, and yields give back that share of the rest."""
    doubt = SOLD._replace(doubt_shock=SOLD.day * 0 + (SOLD.day == 12.0))
    policy = rung("open_ended", pace_usdbn_per_day=20.0, max_usdbn=400.0, announced_usdbn=400.0,
                  belief=0.8)  # fmt: skip
    p = medians(threshold=0.9)
    believed, doubted = run(SOLD, p, policy)[1], run(doubt, p, policy)[1]
    assert float(doubted.belief[12, 0]) == pytest.approx(0.8 / np.e, rel=1e-9)
    rest = 400.0 - float(doubted.fed_bought_usdbn[12, 0])
    gave = float(doubted.policy_bp[12, 0] - believed.policy_bp[12, 0])
    assert gave == pytest.approx(3.2 * 0.8 * (1 - 1 / np.e) * rest / 100 * 0.69 / 0.56, rel=1e-9)


def test_belief_calms_volatility_and_fades_when_nothing_is_in_force_analytic() -> None:
    """Analytic: log sigma falls by calm x rise of p; p returns to its prior with its time."""
    policy = rung("talk", belief=0.5, exit_dysfunction=1.0)._replace(prior_belief=0.2)
    p = medians(threshold=0.9, belief_calm=0.3, belief_fade_days=20.0)
    calm, seen = run(days(30), medians(threshold=0.9))[1], run(days(30), p, policy)[1]
    belief = np.asarray(seen.belief[:, 0])
    assert belief[0] == pytest.approx(0.2)
    assert belief[1] == pytest.approx(1 - 0.8 * 0.5)
    left = np.log(np.asarray(seen.sigma_bp[2, 0] / calm.sigma_bp[2, 0]))
    assert float(left) == pytest.approx(-0.3 * 0.4, abs=1e-9)
    ended = int(np.argmax(np.asarray(seen.fed_rung[:, 0])[1:] == 0)) + 1
    fading = 0.2 + (belief[1] - 0.2) * np.exp(-np.arange(0, 30 - ended) / 20.0)
    np.testing.assert_allclose(belief[ended:], fading, rtol=1e-9)


def test_moral_hazard_deepens_forced_sales_and_is_off_unless_asked_property() -> None:
    """Property: a believed backstop forces more, in proportion to (L (1 + m p) - 1)."""
    talk = rung("talk", belief=1.0)
    plain = _forced(talk)
    deeper = _forced(talk._replace(moral_hazard=0.5))
    assert plain == pytest.approx(_forced(NO_PURCHASES), rel=1e-12)
    L = float(medians().leverage[0])
    assert deeper / plain == pytest.approx((1.5 * L - 1) / (L - 1), rel=1e-9)


def _forced(policy: Policy) -> float:
    late = days(6, sale_par_usdbn=[0, 0, 0, 100.0, 0, 0], sale_x_usdbn=[0, 0, 0, 56.0, 0, 0])
    return float(run(late, medians(threshold=0.9), policy)[1].forced_usdbn[4, 0])


def test_carry_is_the_sum_of_rate_less_yield_times_holdings_second_route() -> None:
    """Second route: purchases booked day by day in plain arithmetic."""
    _, seen = _buying({})
    bought = np.diff(np.asarray(seen.fed_bought_usdbn[:, 0]), prepend=0.0)
    y = np.asarray(seen.yields_pct[:, 0, 2:4]).mean(axis=1)
    state = run(SOLD, medians(threshold=0.9), NO_PURCHASES)[0]
    iorb = 100 * (0.03 + np.asarray(state.r[:, 0]))
    held, book = np.cumsum(bought), np.cumsum(bought * y)
    cost = np.cumsum((iorb * held - book) / 100 / 252)
    np.testing.assert_allclose(seen.fed_carry_usdbn[:, 0], cost, atol=1e-9)
