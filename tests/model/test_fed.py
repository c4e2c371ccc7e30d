"""The Fed: when it decides, what it buys, and what the slow layer makes of an announcement."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

from model.worlds import BUYS, days, medians, run, sale
from ustress.model.quiet import NO_PURCHASES
from ustress.model.types import Inputs

HELD = medians(threshold=0.2)


def _sessions(count: int, par: float, over: int) -> Inputs:
    """Three sessions a day; purchases and decisions belong to New York."""
    third = np.arange(3 * count) % 3
    day = np.arange(3 * count) // 3
    par_now = np.where(day < over, par / over, 0.0) * np.array([0.12, 0.28, 0.60])[third]
    close = (third == 2).astype(float)
    return days(
        3 * count, 1 / 3, day=day + 1.0, is_close=close, fed_share=close,
        volume_share=np.array([0.08, 0.20, 0.72])[third], sale_par_usdbn=par_now,
        sale_x_usdbn=0.56 * par_now,
    )  # fmt: skip


def test_decides_at_a_close_and_buys_from_the_next_day_property() -> None:
    """Property: the first close above b is the decision; the first purchase comes a day later."""
    seen = run(_sessions(30, 600.0, 10), HELD, BUYS)[1]
    S, bought = np.asarray(seen.dysfunction[:, 0]), np.asarray(seen.fed_bought_usdbn[:, 0])
    closes = np.arange(2, 90, 3)
    decision = closes[np.argmax(S[closes] > 0.2)]
    assert S[closes[0]] < 0.2 < S[decision]
    assert float(seen.intervened[decision, 0]) == 1.0
    assert float(seen.intervened[decision - 1, 0]) == 0.0
    assert (bought[: decision + 3] == 0).all()
    assert bought[decision + 3] == pytest.approx(20.0)


def test_the_lag_is_in_business_days_property() -> None:
    """Property: each day of lag delays the first purchase by a day."""
    firsts = []
    for lag in (0.0, 1.0, 4.0):
        policy = BUYS._replace(decision_lag_days=lag)
        bought = run(sale(40, 600.0, 10), HELD, policy)[1].fed_bought_usdbn[:, 0]
        firsts.append(int(np.argmax(np.asarray(bought) > 0)))
    assert np.diff(firsts).tolist() == [1, 3]


def test_it_stops_at_its_maximum_and_on_exit_property() -> None:
    """Property: never above the maximum; below the exit level it ends, after its minimum days."""
    full = run(sale(80, 900.0, 10), HELD, BUYS._replace(max_usdbn=110.0))[1]
    assert float(full.fed_bought_usdbn.max()) == pytest.approx(110.0)
    assert float(full.fed_active[-1, 0]) == 0.0
    early = run(sale(120, 500.0, 10), HELD, BUYS._replace(exit_dysfunction=0.15))[1]
    late = run(sale(120, 500.0, 10), HELD, BUYS._replace(exit_dysfunction=0.15, minimum_days=15.0))[
        1
    ]
    assert 0 < float(early.fed_bought_usdbn[-1, 0]) < float(late.fed_bought_usdbn[-1, 0])
    assert float(late.fed_bought_usdbn[-1, 0]) == pytest.approx(15 * 20.0)


def test_operation_days_of_a_fully_believed_announcement_move_nothing_analytic() -> None:
    """Analytic: at p = 1 the slow layer moves once, by the whole announced stock."""
    seen = run(sale(60, 600.0, 10), HELD, BUYS._replace(belief=1.0))[1]
    effect = np.asarray(seen.policy_bp[:, 0])
    start = int(np.argmax(effect < 0))
    assert np.ptp(effect[start:]) < 1e-9
    assert effect[start] == pytest.approx(-3.2 * 4 * 0.69 / 0.56, rel=1e-9)
    assert float(seen.fed_bought_usdbn[-1, 0]) == pytest.approx(400.0)


@pytest.mark.parametrize("belief", [0.0, 0.25, 0.75])
def test_doubt_leaves_the_rest_to_the_operations_analytic(belief: float) -> None:
    """Analytic: executed + p x the rest; the end is the same for every belief."""
    seen = run(sale(60, 600.0, 10), HELD, BUYS._replace(belief=belief))[1]
    effect, bought = np.asarray(seen.policy_bp[:, 0]), np.asarray(seen.fed_bought_usdbn[:, 0])
    active = bought > 0
    stock = bought[active] + belief * (400.0 - bought[active])
    np.testing.assert_allclose(effect[active], -3.2 * stock / 100 * 0.69 / 0.56, rtol=1e-9)


def test_temporary_purchases_come_back_with_their_half_life_analytic() -> None:
    """Analytic: held halves in .1 years once buying ended, and what is held back is sold."""
    policy = BUYS._replace(temporary=1.0, half_life_years=0.1, max_usdbn=100.0)
    seen = run(sale(120, 600.0, 5), medians(threshold=0.3), policy)[1]
    held = np.asarray(seen.fed_held_usdbn[:, 0])
    end = int(np.argmax(held))
    assert held[end] == pytest.approx(100.0)
    np.testing.assert_allclose(
        held[end + 1 :], 100 * 0.5 ** (np.arange(1, 120 - end) / 25.2), rtol=1e-9
    )
    sold = -np.asarray(seen.ledger.par.fed[end + 1 :, 0])
    np.testing.assert_allclose(sold, -np.diff(held[end:]), atol=1e-9)


def test_prolonged_purchases_move_the_slow_layer_more_than_temporary_ones_property() -> None:
    """Property: the same stock lowers yields more if it stays."""
    stays = run(sale(40, 600.0, 5), HELD, BUYS)[1].policy_bp[-1, 0]
    leaves = run(sale(40, 600.0, 5), HELD, BUYS._replace(temporary=1.0))[1].policy_bp[-1, 0]
    assert float(stays) < float(leaves) < 0.0


def test_purchases_add_reserves_one_for_one_analytic() -> None:
    """Analytic: reserves rise by what is bought, in dollars of the date."""
    seen = run(sale(40, 600.0, 5), HELD, BUYS)[1]
    np.testing.assert_allclose(seen.reserves_usdbn, 3300 + seen.fed_held_usdbn, rtol=1e-12)


def test_crossing_is_recorded_whatever_the_policy_property() -> None:
    """Property: the point of no return needs crossings with purchases off."""
    p = medians(12)._replace(threshold=jnp.array([0.2] + [0.99] * 11))
    state, seen = run(sale(30, 600.0, 10), p, NO_PURCHASES)
    day = state.fed.first_crossing_day[-1]
    assert float(day[1]) == -1.0
    assert int(day[0]) == 1 + int(np.argmax(np.asarray(seen.dysfunction[:, 0]) > 0.2))
    assert float(state.fed.intervention_day[-1].max()) == -1.0
    assert float(state.max_close_dysfunction[-1, 0]) == float(seen.dysfunction[:, 0].max())
