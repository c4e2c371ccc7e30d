"""Taking out any one actor moves a stated output in a stated direction, without noise."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import BUYS, days, medians, run, sale
from ustress.model.types import IMPOSED_ONLY, Inputs, Observables


def _stress() -> Inputs:
    drain = np.where(np.arange(60) == 30, 300.0, 0.0)
    return sale(60, 700.0, 20, cash_drain_usdbn=drain, reserves_change_usdbn=0.0)


def _without(actor: str) -> tuple[Observables, Observables]:
    p = medians(facility_cap_bp=1e4, threshold=0.3)
    # The Fed's purchases would hide the others: they stay out unless they are the question.
    policy = BUYS if actor == "fed" else BUYS._replace(enabled=0.0)
    inputs = _stress()._replace(reserves_change_usdbn=days(60).day * 0 - 25.0)
    off = IMPOSED_ONLY._replace(**{actor: 0.0})
    return run(inputs, p, policy)[1], run(inputs, p, policy, off)[1]


@pytest.mark.parametrize(
    ("actor", "output", "sign", "at_least"),
    [
        ("slow_capital", "D_bp", 1, 5.0),
        ("price_elastic", "D_bp", 1, 10.0),
        ("dealers", "D_bp", -1, 10.0),
        ("dealers", "dysfunction", -1, 0.1),
        ("dealers", "dealer_spread_bp", -1, 5.0),
        ("basis_funds", "dealer_use", -1, 0.01),
        ("repo", "sofr_iorb_bp", -1, 5.0),
        ("convenience", "ten_year_change_bp", -1, 1.0),
        ("fed", "ten_year_change_bp", 1, 5.0),
        ("fed", "D_bp", 1, 5.0),
    ],
)
def test_switching_off_property(actor: str, output: str, sign: int, at_least: float) -> None:
    """Property: the largest change over 60 days has the sign stated and at least the size."""
    present, absent = _without(actor)
    change = np.asarray(getattr(absent, output) - getattr(present, output))
    assert np.abs(change).max() == (sign * change).max()
    assert (sign * change).max() > at_least


def test_without_basis_funds_nothing_is_forced_analytic() -> None:
    """Analytic: forced sales are positive with the funds and exactly zero without."""
    present, absent = _without("basis_funds")
    assert float(present.forced_usdbn.sum()) > 1.0
    assert float(absent.forced_usdbn.sum()) == 0.0
    assert float(absent.spiral_gain.max()) == 0.0


def test_without_the_fed_nothing_is_bought_analytic() -> None:
    """Analytic: holdings stay at zero, though the threshold is crossed all the same."""
    present, absent = _without("fed")
    assert float(present.fed_held_usdbn[-1, 0]) > 100.0
    assert float(absent.fed_bought_usdbn.max()) == 0.0
    assert float(absent.crossed[-1, 0]) == 1.0
    assert float(absent.intervened[-1, 0]) == 0.0
