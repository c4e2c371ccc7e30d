from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from ustress.core.dates import business_days
from ustress.core.errors import BadInputError
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.outcomes.mortgages import (
    draw_pass_through,
    monthly_payment_usd,
    mortgage_path,
)
from ustress.outcomes.parameters import tables

DAYS = business_days(date(2025, 4, 11), 61)
B = np.array(tables()["mortgage"]["coefficients"])


def test_a_lasting_step_passes_through_by_the_sum() -> None:
    """Analytic limit: 100 bp on the ten-year from day 1 end at 100 times the sum."""
    ten = np.where(np.arange(61) > 0, 5.0, 4.0)
    path = mortgage_path(DAYS, ten)
    # The first survey week holds day 0 and three of the step's days.
    x = np.array([0.0, 0.0, 0.0, 75.0, 100.0, 100.0, 100.0])
    steps = np.diff(x)
    expected = np.cumsum([B @ steps[k : k - 3 if k > 2 else None : -1] for k in range(2, 6)])
    np.testing.assert_allclose(path.change_bp[0, :4], expected)
    assert path.change_bp[0, -1] == pytest.approx(100.0 * B.sum())


def test_quiet_markets_leave_the_rate_alone() -> None:
    path = mortgage_path(DAYS, np.full((3, 61), 4.48), opening_pct=6.62)
    assert path.rate_pct is not None
    np.testing.assert_allclose(path.rate_pct, 6.62)


@given(st.lists(st.floats(-3.0, 3.0), min_size=61, max_size=61), st.floats(-2.0, 2.0))
def test_linear_in_the_path(moves: list[float], scale: float) -> None:
    """Property: twice the move of yields is twice the move of the rate."""
    ten = np.array(moves)
    whole = mortgage_path(DAYS, 4.0 + scale * ten).change_bp
    np.testing.assert_allclose(whole, scale * mortgage_path(DAYS, 4.0 + ten).change_bp, atol=1e-8)


def test_the_survey_of_17_april_2025(panel_on: Callable[[date], Panel]) -> None:
    """Published: Freddie Mac's 6.62 (10 April) and 6.83 (17 April), against the yields that came.

    The window of the 17th holds 10 to 16 April. The error must be within two standard deviations
    of the regression's residual, and smaller than assuming no change at all (21 bp).
    """
    known = panel_on(date(2025, 4, 24))["ust.par.10y"]
    start = np.datetime64("2025-04-11")
    past, came = known.dates < start, known.dates >= start
    path = mortgage_path(
        known.dates[came],
        known.values[came],
        history=(known.dates[past], known.values[past]),
        opening_pct=6.62,
    )
    assert str(path.releases[0]) == "2025-04-17"
    assert path.rate_pct is not None
    miss_bp = 100.0 * abs(path.rate_pct[0, 0] - 6.83)
    assert miss_bp < 2.0 * tables()["mortgage"]["residual_sd_bp"]
    assert miss_bp < 21.0 / 1.75


def test_the_estimates_agree_with_the_project_s_earlier_ones() -> None:
    """Published table: .70, .1, .1, sum .86 for 2000 to 2025, within two standard errors each."""
    table = tables()["mortgage"]
    errors = np.array(table["standard_errors"])
    assert (np.abs(B - [0.70, 0.10, 0.10]) < 2.6 * errors).all()
    assert table["sum"] == pytest.approx(0.86, abs=table["sum_standard_error"])
    assert table["sum"] == pytest.approx(B.sum(), abs=1e-3)
    covariance = np.array(table["covariance"])
    np.testing.assert_allclose(np.sqrt(np.diag(covariance)), errors, atol=1e-4)
    assert np.sqrt(covariance.sum()) == pytest.approx(table["sum_standard_error"], abs=1e-3)


def test_draws_have_the_estimated_law_and_depend_on_the_seed_alone() -> None:
    """Second route: the sample moments of 20,000 draws, within four standard errors."""
    draws = draw_pass_through(20_000, 7)
    errors = np.array(tables()["mortgage"]["standard_errors"])
    assert (np.abs(draws.mean(axis=0) - B) < 4 * errors / np.sqrt(20_000)).all()
    np.testing.assert_allclose(np.cov(draws.T), tables()["mortgage"]["covariance"], atol=6e-5)
    np.testing.assert_array_equal(draws, draw_pass_through(20_000, 7))
    assert not np.array_equal(draws, draw_pass_through(20_000, 8))


def test_draws_widen_the_result() -> None:
    """Property: with coefficient draws the paths differ although yields do not."""
    ten = np.tile(np.linspace(4.0, 5.0, 61), (500, 1))
    path = mortgage_path(DAYS, ten, pass_through=draw_pass_through(500, 1))
    error = tables()["mortgage"]["sum_standard_error"]
    moved = 100.0 * (ten[0, -6] - 4.0)
    assert path.change_bp[:, -1].std() == pytest.approx(moved * error, rel=0.2)


@given(st.floats(0.1, 18.0))
def test_payment_repays_the_loan(rate: float) -> None:
    """Second route: the payment that brings the balance to zero, found by running the loan."""

    def balance(payment: float) -> float:
        left = 400_000.0
        for _ in range(360):
            left = left * (1.0 + rate / 1200.0) - payment
        return left

    expected = brentq(balance, 100.0, 50_000.0, xtol=1e-9)
    assert float(monthly_payment_usd(rate, 400_000.0)) == pytest.approx(expected, rel=1e-6)


def test_payment_at_the_edges() -> None:
    """Analytic limit: without interest the loan is repaid in equal parts."""
    assert float(monthly_payment_usd(0.0, 360_000.0)) == pytest.approx(1000.0)
    # The rate of 10 April 2025 on the loan of the parameter file.
    assert float(monthly_payment_usd(6.62, 400_000.0)) == pytest.approx(2559.93, abs=0.1)
    with pytest.raises(BadInputError, match="positive loan"):
        monthly_payment_usd(6.0, 0.0)


def test_error_and_label() -> None:
    path = mortgage_path(DAYS, np.full(61, 4.0))
    assert (np.diff(path.error_sd_bp) > 0.0).all()
    assert path.error_sd_bp[0] == pytest.approx(tables()["mortgage"]["residual_sd_bp"], abs=0.1)
    assert path.about.evidence is Evidence.ESTIMATED
    assert path.about.cannot_say
    assert path.rate_pct is None
    assert path.payment_usd is None


def test_refuses_coefficients_of_the_wrong_shape() -> None:
    with pytest.raises(BadInputError, match="pass-through"):
        mortgage_path(DAYS, np.zeros((4, 61)), pass_through=np.zeros((3, 3)))
    with pytest.raises(BadInputError, match="history"):
        mortgage_path(DAYS, np.zeros(61), history=(DAYS, np.zeros(3)))
