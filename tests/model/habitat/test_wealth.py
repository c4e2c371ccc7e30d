"""Risk aversion that rises with losses: interpolation against direct solves, signs, refusals."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from model.habitat.economies import greenwood_vayanos, rmb
from ustress.core.errors import BadInputError, CannotError
from ustress.model.habitat import solve, supply_response
from ustress.model.habitat.profile import at_maturity
from ustress.model.habitat.wealth import WealthEquilibria, revaluation_loss, solve_wealth

TAU = np.array([2.0, 10.0, 30.0])
TEN = at_maturity(10.0)
Q = np.array([0.045, -0.01, 0.2])


@lru_cache
def calm() -> WealthEquilibria:
    """Demand loadings small enough that a third of wealth can be lost."""
    return solve_wealth(rmb(a_theta=2.2), 1.0, (-0.2, 1 / 3))


@pytest.mark.parametrize("loss", [-0.13, 0.0, 0.07, 0.2, 0.31])
def test_direct_solves_off_the_grid(loss: float) -> None:
    """Second route: the economy with that risk aversion, solved, within the error reported."""
    found, a = calm(), 40.0 / (1 - loss)
    direct = solve(replace(found.habitat, risk_aversion=a))
    assert found.risk_aversion(loss) == pytest.approx(a, rel=1e-12)
    gap = 1e4 * np.abs(found.yields(Q, TAU, loss) - direct.yields(Q, TAU)).max()
    assert gap < 5 * found.error.yields_bp + 1e-8
    said = found.supply_response(TEN, None, TAU, loss)
    exact = supply_response(direct, TEN, None, TAU)
    assert np.abs(said / exact - 1).max() < 5 * found.error.response_share + 1e-9
    assert found.error.yields_bp < 0.01
    assert found.error.response_share < 1e-4


def test_a_larger_loss_makes_supply_weigh_more() -> None:
    """Property: monotone in the loss, at every maturity, lasting or not; so are term premia."""
    found, losses = calm(), np.linspace(-0.2, 1 / 3, 12)
    for half_life in (None, 2.0):
        effect = found.supply_response(TEN, half_life, TAU, losses)
        assert effect.shape == (12, 3)
        assert np.all(np.diff(effect, axis=0) > 0)
    assert np.all(np.diff(found.at(losses).term_premium([0.03, 0.0, 0.0], TAU), axis=0) > 0)


def test_constant_risk_aversion_is_the_plain_solution() -> None:
    """Analytic limit: elasticity 0, whatever the loss; and any elasticity at no loss."""
    plain = solve(rmb())
    unmoved = solve_wealth(rmb(), 0.0)
    for loss in (0.0, 0.5):
        np.testing.assert_allclose(unmoved.at(loss).M, plain.M, atol=1e-12)
        np.testing.assert_allclose(unmoved.yields(Q, TAU, loss), plain.yields(Q, TAU), rtol=1e-10)
    assert unmoved.error.yields_bp < 1e-9
    start = solve_wealth(rmb(), 1.0, (0.0, 0.05))
    np.testing.assert_allclose(start.at(0.0).M, plain.M, atol=1e-12)


def test_stacked_losses_equal_each_alone() -> None:
    """Second route: a list of losses against one at a time."""
    found, losses = calm(), [0.0, 0.11, 0.3]
    together = found.supply_response(TEN, 2.0, TAU, losses)
    alone = [found.supply_response(TEN, 2.0, TAU, x) for x in losses]
    np.testing.assert_allclose(together, alone, rtol=1e-12)


def test_error_falls_geometrically_with_the_points() -> None:
    """Convergence order: each two more points gain at least a factor of eight."""
    errors = [
        solve_wealth(rmb(a_theta=2.2), 1.0, (0.0, 0.3), n, 1e9, 1e9).error.response_share
        for n in (3, 5, 7)
    ]
    assert errors[0] > 8 * errors[1] > 64 * errors[2]


def test_too_coarse_an_interpolation_is_refused() -> None:
    """Property: the error measured is held against the tolerance."""
    with pytest.raises(CannotError, match="raise points"):
        solve_wealth(rmb(a_theta=2.2), 1.0, (0.0, 0.3), points=2)


def test_losses_beyond_existence_are_refused() -> None:
    """Property: the message says from which loss on; it is where the fragility factor says."""
    factor = solve(rmb()).fragility.risk_aversion_factor
    with pytest.raises(CannotError, match="at a loss of 1") as caught:
        solve_wealth(rmb(), 1.0, (0.0, 0.4), points=17)
    said = float(str(caught.value).split("loss of ")[1].split(" %")[0]) / 100
    assert said > 1 - 1 / factor
    assert solve_wealth(rmb(), 1.0, (0.0, 0.95 * (1 - 1 / factor)), 9).error.yields_bp < 0.01


def test_loss_of_known_holdings() -> None:
    """Analytic limit: without demand slope arbitrageurs hold theta0, and a rise of the short rate
    by dr costs int theta0 (1 - e^{-A dr}) / w0.
    """
    found = solve(greenwood_vayanos(intercept=0.01))
    x, w = np.polynomial.legendre.leggauss(40)
    tau, weight = 10 * (x + 1), 10 * w
    fall = 1 - np.exp(-found.A(tau)[:, 0] * 0.01)
    lost = revaluation_loss(found, [0.03, 0.0], [0.04, 0.0], 0.05)
    assert lost == pytest.approx(0.01 * weight @ fall / 0.05, rel=1e-9)
    assert revaluation_loss(found, [0.03, 0.0], [0.02, 0.0], 0.05) < 0 < lost
    with pytest.raises(BadInputError, match="wealth_share_of_gdp"):
        revaluation_loss(found, [0.03, 0.0], [0.04, 0.0], 0.0)


@pytest.mark.parametrize(
    ("word", "given"),
    [
        ("losses", {"losses": (0.3, 0.1)}),
        ("losses", {"losses": (0.0, 1.0)}),
        ("elasticity", {"elasticity": -1.0}),
        ("points", {"points": 1}),
    ],
)
def test_bad_input_names_the_argument(word: str, given: dict[str, Any]) -> None:
    with pytest.raises(BadInputError, match=word):
        solve_wealth(rmb(), **given)


def test_bad_questions() -> None:
    with pytest.raises(BadInputError, match="risk_aversion"):
        solve_wealth(replace(rmb(), risk_aversion=0.0))
    with pytest.raises(BadInputError, match="loss"):
        calm().at(0.9)
    with pytest.raises(BadInputError, match="loss"):
        calm().at([[0.1]])
