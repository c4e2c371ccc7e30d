"""What of the ten-year's move enters the rate at which shares are discounted."""

import numpy as np
import pytest
from scipy.integrate import quad

from outcomes.courses import LAST, single, step
from ustress.outcomes.assumptions import Assumptions
from ustress.outcomes.discount import (
    FLEETING,
    LASTING,
    TEN_YEARS,
    rate_change_pp,
    share,
    speeds,
    weight,
)
from ustress.outcomes.equity import equity
from ustress.simulate.names import MOVES

D = 15.0


def test_every_part_of_the_move_has_a_speed() -> None:
    assert set(MOVES) == {*LASTING, *FLEETING} == set(speeds())


def test_what_never_fades_counts_in_full() -> None:
    """Limit: speed nought, whole weight; a very fast part, none."""
    for averaged in (True, False):
        assert share(0.0, D, averaged=averaged) == 1.0
        assert share(1e-9, D, averaged=averaged) == pytest.approx(1.0)
    assert share(1e4, D, averaged=False) < 1e-4


@pytest.mark.parametrize("speed", [0.05, 0.13, 1.0, 5.0])
@pytest.mark.parametrize("averaged", [True, False])
def test_weights_against_the_integral(speed: float, averaged: bool) -> None:
    """Second route: payments spread by e^{-u/D}/D, discounted at the rate of each horizon."""
    mean = quad(lambda u: np.exp(-speed * u), 0.0, TEN_YEARS)[0] / TEN_YEARS
    start = 1.0 / mean if averaged else 1.0

    def lost(s: float) -> float:
        """What a payment at horizon s loses: the rates up to it."""
        return float(np.exp(-s / D) / D * start * (1.0 - np.exp(-speed * s)) / speed)

    assert share(speed, D, averaged=averaged) == pytest.approx(
        quad(lost, 0.0, np.inf)[0] / D, rel=1e-6
    )


def test_the_dislocation_is_no_discount_rate() -> None:
    """Property: what is gone in weeks moves it by next to nothing, what lasts by more than half."""
    assert weight("move.wedge", D) < 0.03
    assert weight("move.transitory", D) < 0.001
    assert all(0.5 < weight(part, D) < 1.0 for part in LASTING)
    wedge = single(ust_10y=step(1.0, 4.5), move_wedge=step(100.0))
    assert rate_change_pp(wedge, D, LAST)[0] == pytest.approx(weight("move.wedge", D))


def test_a_path_without_parts_is_taken_to_last() -> None:
    """Analytic: a point on the ten-year takes the duration off; the words say so."""
    plain = single(ust_10y=step(1.0, 4.5), equity_change=step(-20.0))
    found = equity(plain, Assumptions())
    at = {q.id: q.values for q in found.quantities}
    for part, expected in (("discount_rate", -15.0), ("premium", -5.0)):
        values = at[f"equity.{part}.d{LAST}"]
        assert values is not None
        assert values[0] == pytest.approx(expected)
    assert any("all of it is taken to last" in text for text in found.assumptions)


def test_a_breakdown_does_not_lower_the_premium() -> None:
    """Property: in March 2020 shares fell 13 % while a dislocation lifted the ten-year by 64 bp."""
    run = single(
        ust_10y=step(0.64, 0.54), equity_change=step(-12.7), move_wedge=step(60.0),
        move_expected=step(4.0),
    )  # fmt: skip
    at = {q.id: q.values for q in equity(run, Assumptions()).quantities}
    rate, left = (at[f"equity.{p}.d{LAST}"] for p in ("discount_rate", "premium"))
    assert rate is not None
    assert left is not None
    assert -1.0 < rate[0] < 0.0
    assert left[0] < -11.0
