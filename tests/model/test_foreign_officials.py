"""Retaliation at own cost, Japan's defence of the yen and hedged carry: limits and properties."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from model.worlds import medians
from ustress.model.actors import Pressed
from ustress.model.sellers import japan, officials

HELD_USDBN = 760.0
MONTH_DAYS = 21


def _given(
    *, ten_bp: float = 0.0, short_bp: float = 0.0, tariff: float = 0.0, yen_pct: float = 0.0,
    jgb_bp: float = 0.0, dt_days: float = 1.0, present: float = 1.0, pressed: Pressed | None = None,
    **parameters: Any,
) -> Any:  # fmt: skip
    """A session's inputs with the state these sellers read, and nothing else."""
    reacting = SimpleNamespace(tariff=tariff, yen_pct=yen_pct, jgb_bp=jgb_bp)
    state = SimpleNamespace(
        ten_bp=ten_bp, r=0.01 + 1e-4 * short_bp, open_q=np.array([0.01, 0.0, 0.0]),
        reacting=reacting,
    )  # fmt: skip
    inputs = SimpleNamespace(dt_days=dt_days, pressed=pressed or Pressed())
    switches = SimpleNamespace(foreign_officials=present, japan=present)
    return SimpleNamespace(p=medians(**parameters), state=state, inputs=inputs, switches=switches)


def _retaliates(tariff: float, sold: float, weight: float = 1.0, **world: Any) -> float:
    given = _given(pressed=Pressed(retaliation_share=0.1), **world)
    return float(np.ravel(officials.retaliation(tariff, HELD_USDBN, sold, weight, given))[0])


def test_the_tariff_state_fades_by_its_half_life_and_is_bounded_analytic() -> None:
    """Analytic: half is left after a half-life in any number of sessions; never above one."""
    state = 0.8
    for _ in range(6):
        given = _given(tariff=state, dt_days=1 / 3, tariff_half_life_days=2.0)
        state = float(np.ravel(officials.next_tariff(given))[0])
    assert state == pytest.approx(0.4, rel=1e-6)
    twice = _given(tariff=0.9, pressed=Pressed(tariff=0.9))
    assert float(np.ravel(officials.next_tariff(twice))[0]) == 1.0


def test_without_cost_a_month_sells_the_declared_share_analytic() -> None:
    """Analytic: share x holding over 21 business days at full tariff; nothing without one."""
    day = _retaliates(1.0, 0.0, retaliation_scale=1.0)
    assert MONTH_DAYS * day == pytest.approx(0.1 * HELD_USDBN)
    assert _retaliates(0.5, 0.0) == pytest.approx(day / 2)
    assert _retaliates(1.0, 0.0, weight=0.25) == pytest.approx(day / 4)
    assert _retaliates(0.0, 0.0) == 0.0
    assert _retaliates(1.0, 0.0, present=0.0) == 0.0


def test_retaliation_ends_at_its_own_cost_limit_analytic() -> None:
    """Analytic: at half the limit half is sold, from the limit on nothing, by either cost."""
    full = _retaliates(1.0, 0.0)
    costs = {"retaliation_limit_pct": 10.0, "retaliation_currency_pct_per_100bn": 2.0}
    assert _retaliates(1.0, 250.0, **costs) == pytest.approx(full / 2)
    assert _retaliates(1.0, 500.0, **costs) == 0.0
    assert _retaliates(1.0, 900.0, **costs) == 0.0
    given = _given(ten_bp=100.0)
    loss_pct = float(np.ravel(officials.own_cost_pct(0.0, given))[0])
    assert loss_pct == pytest.approx(8.5 * 0.56)  # a rise of a point on .56 ten-year equivalents
    limit = {"retaliation_limit_pct": 2.0 * loss_pct}
    assert _retaliates(1.0, 0.0, ten_bp=100.0, **limit) == pytest.approx(full / 2)
    assert _retaliates(1.0, 0.0, ten_bp=-100.0, **limit) == pytest.approx(full), (
        "gains cost nothing"
    )


def test_sales_never_rise_with_what_was_sold_or_with_yields_property() -> None:
    sold = [_retaliates(1.0, s) for s in np.linspace(0.0, 700.0, 8)]
    rise = [_retaliates(1.0, 0.0, ten_bp=t) for t in np.linspace(-50.0, 400.0, 8)]
    for found in (sold, rise):
        assert (np.diff(found) <= 0.0).all()
        assert min(found) >= 0.0


def _japan(**world: Any) -> japan.Japan:
    found = japan.sells(HELD_USDBN, _given(**world))
    return japan.Japan(*(float(np.ravel(x)[0]) for x in found))


def test_hedged_carry_is_the_yield_less_the_hedge_less_japans_analytic() -> None:
    """Analytic: a rise of ten-year, short rate and Japanese yields by 90, 60 and 50 costs 20."""
    given = _given(ten_bp=90.0, short_bp=60.0)
    assert float(np.ravel(japan.carry_change_bp(50.0, given))[0]) == pytest.approx(-20.0)


def test_a_fall_of_carry_beyond_the_band_makes_holders_leave_analytic() -> None:
    """Analytic: nothing inside the band; beyond it the share a point and month, in proportion."""
    band = {"carry_band_bp": 75.0, "carry_outflow_share": 0.01}
    assert _japan(jgb_bp=75.0, **band).carry_usdbn == 0.0
    assert _japan(ten_bp=200.0, jgb_bp=75.0, **band).carry_usdbn == 0.0, "carry rose"
    one = _japan(jgb_bp=175.0, **band).carry_usdbn
    assert MONTH_DAYS * one == pytest.approx(0.01 * HELD_USDBN)
    assert _japan(jgb_bp=275.0, **band).carry_usdbn == pytest.approx(2.0 * one)
    assert _japan(jgb_bp=75.0, short_bp=100.0, **band).carry_usdbn == pytest.approx(one)
    assert _japan(jgb_bp=125.0, ten_bp=-50.0, **band).carry_usdbn == pytest.approx(one)
    assert _japan(jgb_bp=175.0, present=0.0, **band).carry_usdbn == 0.0


def test_the_defence_sells_what_it_needs_however_time_is_cut_analytic() -> None:
    """Analytic: c (1 - e^{-t/T}) per cent defended, by the day or by the session; c in the end."""
    c, days = 12.5, 10.0
    given = {"intervention_usdbn_per_pct": c, "intervention_days": days}
    for sessions in (5, 15):
        weak, sold = 4.0, 0.0
        for _ in range(sessions):
            one = _japan(yen_pct=weak, dt_days=5.0 / sessions, **given)
            weak, sold = one.yen_pct, sold + one.intervention_usdbn
        assert sold == pytest.approx(4.0 * c * (1.0 - np.exp(-0.5)))
        assert weak == pytest.approx(4.0 * np.exp(-0.5))
    assert _japan(yen_pct=4.0, dt_days=400.0, **given)[0] == pytest.approx(4.0 * c)
    assert _japan(yen_pct=-3.0, **given).intervention_usdbn == 0.0
    pressed = Pressed(yen_pct=2.0, yen_defend_share=0.5)
    defended = _japan(pressed=pressed, **given)
    assert defended.intervention_usdbn == pytest.approx(_japan(yen_pct=1.0, **given)[0])
