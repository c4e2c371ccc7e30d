"""Two countries and their exchange rate: limits, signs, statuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.habitat.two_countries import (
    SIGN,
    SWAP,
    intercept,
    loading,
    slope,
    symmetric,
    uneven,
)
from ustress.core.errors import BadInputError, CannotError
from ustress.core.status import SolveStatus
from ustress.model.habitat import Habitat, solve, supply_response
from ustress.model.habitat.dollar import (
    BondMarket,
    Currency,
    DollarResponse,
    bond_response,
    currency_response,
    solve_dollar,
)
from ustress.model.habitat.profile import at_maturity

TAU = np.array([0.5, 2.0, 10.0, 30.0])
TEN = at_maturity(10.0)


def test_without_risk_aversion_uncovered_parity_and_expectations() -> None:
    """Analytic limit: A_e = ((1 / kappa) of each rate), A_j = (1 - e^{-kappa tau}) / kappa."""
    found = solve_dollar(symmetric(risk_aversion=0.0, reversion=[0.125, 0.4, 0.2, 0.2, 0.3]))
    assert found.ok
    np.testing.assert_allclose(found.A_e, [1 / 0.125, -1 / 0.4, 0, 0, 0], atol=1e-12)
    for A, country, kappa in ((found.A_home(TAU), 0, 0.125), (found.A_foreign(TAU), 1, 0.4)):
        np.testing.assert_allclose(A[:, country], (1 - np.exp(-kappa * TAU)) / kappa, rtol=1e-12)
        np.testing.assert_allclose(np.delete(A, country, axis=1), 0.0, atol=1e-14)


def test_uncovered_parity_with_coupled_rates() -> None:
    """Second route: A_e'q is the sum of expected rate differences to come, by Riemann sum."""
    found, p = solve_dollar(uneven(risk_aversion=0.0)), uneven().habitats[0].primitives
    q, h, total = np.array([0.02, -0.01, 0.3, 0.1, -0.2]), 0.01, 0.0
    step = np.linalg.inv(np.eye(5) + 0.5 * h * p.G) @ (np.eye(5) - 0.5 * h * p.G)
    for _ in range(20_000):
        after = step @ q
        total += 0.5 * h * (q[0] - q[1] + after[0] - after[1])
        q = after
    start = np.array([0.02, -0.01, 0.3, 0.1, -0.2])
    assert found.A_e @ start == pytest.approx(total, rel=1e-5)


def test_premium_of_the_currency_has_no_slope_without_risk_aversion() -> None:
    """Analytic limit: uncovered parity in slopes, whatever the states."""
    found = solve_dollar(uneven(risk_aversion=0.0))
    at_mean = found.currency_premium(found.steady_state())
    moved = found.currency_premium(found.steady_state() + np.array([0.02, -0.01, 1.0, 2.0, -1.0]))
    assert moved == pytest.approx(at_mean, abs=1e-14)
    assert abs(solve_dollar(uneven()).currency_premium([0.05, 0.005, 1.0, 2.0, -1.0])) > 1e-3


@pytest.mark.parametrize("half_life", [None, 7.0, 0.5])
@pytest.mark.parametrize("world", [symmetric, uneven])
def test_purchases_at_home(world: Any, half_life: float | None) -> None:
    """Property: they lower home yields, lower foreign yields by less, and the home currency."""
    supply = bond_response(solve_dollar(world()), TEN, "home", half_life, TAU)
    bought = [-supply.home_bp, -supply.foreign_bp]
    assert np.all(bought[0] < 0)
    assert np.all(bought[1] < 0)
    assert np.all(np.abs(bought[0]) > np.abs(bought[1]))
    assert -supply.home_currency_pct < 0


def test_symmetric_countries_mirror_each_other() -> None:
    """Property: exchanging the countries exchanges loadings, mean curves and responses."""
    found = solve_dollar(symmetric())
    A, mirrored = found.A_home(TAU), found.A_foreign(TAU)[:, SWAP] * SIGN
    np.testing.assert_allclose(A, mirrored, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found.A_e, -found.A_e[SWAP] * SIGN, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found.C_home(TAU), found.C_foreign(TAU), rtol=1e-10)
    home, foreign = (bond_response(found, TEN, c, 3.0, TAU) for c in ("home", "foreign"))
    np.testing.assert_allclose(home.home_bp, foreign.foreign_bp, rtol=1e-10)
    np.testing.assert_allclose(home.foreign_bp, foreign.home_bp, rtol=1e-10)
    assert home.home_currency_pct == pytest.approx(-foreign.home_currency_pct, rel=1e-10)


def test_without_a_link_each_country_is_alone() -> None:
    """Analytic limit: independent shocks and no currency demand give the one-country solution."""
    found = solve_dollar(symmetric(currency=Currency(0.0, [0.0, 0.0, 0.0])))
    alone = solve(Habitat([0.125, 0.2], [0.0146, 1.0], slope, [loading], intercept, 35.3, 0.03))
    A = found.A_home(TAU)
    np.testing.assert_allclose(A[:, [0, 2]], alone.A(TAU), rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(A[:, [1, 3, 4]], 0.0, atol=1e-12)
    moved = bond_response(found, TEN, "home", 3.0, TAU)
    np.testing.assert_allclose(moved.home_bp, supply_response(alone, TEN, 3.0, TAU), rtol=1e-9)
    np.testing.assert_allclose(moved.foreign_bp, 0.0, atol=1e-10)


def test_a_faint_link_moves_foreign_yields_in_proportion() -> None:
    """Convergence order: foreign yields move at first order in the currency's demand slope."""
    moves = [
        bond_response(
            solve_dollar(symmetric(currency=Currency(x, [0.0, 0.0, 0.0]))), TEN, "home", 3.0
        ).foreign_bp
        for x in (2e-4, 1e-4)
    ]
    assert moves[0] / moves[1] == pytest.approx(2.0, rel=1e-2)


def test_lasting_currency_supply_moves_the_currency_alone() -> None:
    """Analytic limit: no drift can pay for it, so -d log e = theta / alpha_e."""
    moved = currency_response(solve_dollar(uneven()), None, TAU)
    np.testing.assert_allclose([moved.home_bp, moved.foreign_bp], 0.0, atol=1e-12)
    assert moved.home_currency_pct == pytest.approx(100 * (100 / 30_500) / 0.3, rel=1e-9)


def test_a_faster_run_off_moves_less() -> None:
    """Property, and analytic limit: an endless half-life is a lasting change."""
    found = solve_dollar(uneven())

    def all_three(half_life: float | None) -> list[float]:
        moved: DollarResponse = bond_response(found, TEN, "home", half_life)
        return [float(moved.home_bp), float(moved.foreign_bp), moved.home_currency_pct]

    slow, middle, fast = (all_three(h) for h in (20.0, 2.0, 0.2))
    assert np.all(np.array(slow) > middle)
    assert np.all(np.array(middle) > fast)
    np.testing.assert_allclose(all_three(1e8), all_three(None), rtol=1e-5)


def test_no_equilibrium_is_a_status() -> None:
    """Property: too much risk aversion for the demand risk; nothing is shown."""
    calm = symmetric(
        home=BondMarket(0.0, [loading, 0.0, 0.0]), foreign=BondMarket(0.0, [0.0, loading, 0.0]),
        risk_aversion=3000.0,
    )  # fmt: skip
    found = solve_dollar(calm)
    assert found.status is SolveStatus.NO_EQUILIBRIUM
    assert np.all(np.isnan(found.M))
    assert np.all(np.isnan(found.A_e))
    for ask in (lambda: found.A_home(10.0), lambda: bond_response(found, TEN)):
        with pytest.raises(CannotError, match="no equilibrium"):
            ask()


def test_explosive_is_a_status_and_gives_no_curve() -> None:
    """Property: without mean reversion the exchange rate is no mean of rates to come."""
    found = solve_dollar(symmetric(reversion=[0.125, -0.01, 0.2, 0.2, 0.3], risk_aversion=0.0))
    assert found.status is SolveStatus.EXPLOSIVE
    assert np.all(np.isfinite(found.M))
    with pytest.raises(CannotError, match="explosive"):
        found.A_foreign(10.0)


@pytest.mark.parametrize(
    "other", [{"risk_aversion": 0.0}, {"currency": Currency(0.0, [0.0, 0.0, 0.02])}]
)
def test_levels_need_an_elastic_currency(other: dict[str, Any]) -> None:
    """Property: slopes stand, levels are refused; so is a lasting change of supply."""
    found = solve_dollar(symmetric(**other))
    assert found.ok
    assert not found.has_levels
    q = found.steady_state()
    for ask in (
        lambda: found.C_home(10.0),
        lambda: found.yields_foreign(q, 10.0),
        lambda: found.log_exchange_rate(q),
        lambda: bond_response(found, TEN),
    ):
        with pytest.raises(CannotError, match=r"currency\.slope"):
            ask()


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("short rates", {"reversion": [0.1]}),
        (r"home\.loadings", {"home": BondMarket(1.0, [])}),
        ("foreign: slope", {"foreign": BondMarket(-1.0, [0.0, 0.0, 0.0])}),
        ("currency", {"currency": Currency(0.1, [0.0])}),
        (r"currency\.slope", {"currency": Currency(-0.1, [0.0, 0.0, 0.0])}),
        ("currency", {"currency": Currency(np.nan, [0.0, 0.0, 0.0])}),
        ("currency", {"currency": Currency("much", [0.0, 0.0, 0.0])}),  # type: ignore[arg-type]
        ("mean_rates", {"mean_rates": (0.03, np.inf)}),
        ("risk_aversion", {"risk_aversion": -1.0}),
        ("horizon_years", {"horizon_years": 0.0}),
        ("volatility", {"volatility": [0.01, 0.01]}),
    ],
)
def test_bad_input_names_the_field(word: str, other: dict[str, Any]) -> None:
    with pytest.raises(BadInputError, match=word):
        symmetric(**other)


def test_bad_questions() -> None:
    found = solve_dollar(symmetric())
    with pytest.raises(BadInputError, match="tau"):
        found.A_home(31.0)
    with pytest.raises(BadInputError, match="5 states"):
        found.log_exchange_rate([0.03, 0.03])
    with pytest.raises(BadInputError, match="country"):
        bond_response(found, TEN, "abroad")
    with pytest.raises(BadInputError, match="half_life"):
        bond_response(found, TEN, "home", 0.0)
