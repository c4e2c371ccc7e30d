"""The affine recursion and the three-step estimate: limits, second routes, simulated truth."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, CannotError
from ustress.curves.acm import MONTHS, estimate_acm, excess_returns
from ustress.curves.affine import Affine, affine_loadings

Floats = NDArray[np.float64]

PHI = np.array([[0.985, 0.01], [0.0, 0.90]])
SIGMA = np.array([[4.0e-8, 1.0e-8], [1.0e-8, 9.0e-8]])  # of a month's rate, as a fraction
LAMBDA0 = np.array([-2.0e-5, 1.0e-5])
LAMBDA1 = np.array([[-0.01, 0.0], [0.0, 0.05]])
DELTA0, DELTA1 = 0.003, np.array([1.0, 1.0])


def world() -> tuple[Affine, Affine]:
    """Bond prices with and without prices of risk."""
    priced = affine_loadings(MONTHS, -LAMBDA0, PHI - LAMBDA1, SIGMA, DELTA0, DELTA1)
    return priced, affine_loadings(MONTHS, 0.0 * LAMBDA0, PHI, SIGMA, DELTA0, DELTA1)


def paths(months: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    shock = rng.multivariate_normal(np.zeros(2), SIGMA, months + 200)
    x = np.zeros((months + 200, 2))
    for t in range(1, x.shape[0]):
        x[t] = PHI @ x[t - 1] + shock[t]
    return x[200:]


def test_one_factor_has_a_closed_form() -> None:
    """Analytic limit: B_n = -delta1 (1 - phi^n)/(1 - phi), and A without risk or drift."""
    phi, s = 0.96, 1e-4
    made = affine_loadings(
        60, np.zeros(1), np.array([[phi]]), np.array([[s**2]]), 0.002, np.array([1.0])
    )
    n = np.arange(1, 61)
    b = -(1 - phi**n) / (1 - phi)
    np.testing.assert_allclose(made.b[:, 0], b, rtol=1e-12)
    before = -(1 - phi ** np.arange(60)) / (1 - phi)
    np.testing.assert_allclose(made.a, np.cumsum(0.5 * s**2 * before**2 - 0.002), rtol=1e-12)


def test_recursion_by_a_second_route() -> None:
    """Second route: minus log E exp(-sum of short rates) from one large Gaussian vector.

    X_1 .. X_n-1 are stacked, with covariance by explicit matrix powers; no recursion in maturity.
    """
    n, drift, move = 30, -LAMBDA0, PHI - LAMBDA1
    x0 = np.array([3e-4, -2e-4])
    powers = [np.linalg.matrix_power(move, i) for i in range(n)]
    mean, variance = DELTA0 + DELTA1 @ x0, 0.0
    for t in range(1, n):
        mean += DELTA0 + DELTA1 @ (powers[t] @ x0 + sum(powers[i] @ drift for i in range(t)))
    # the shock of month s enters the rates of months s .. n-1
    for s in range(1, n):
        reach = DELTA1 @ sum(powers[t - s] for t in range(s, n))
        variance += float(reach @ SIGMA @ reach)
    expected = 12.0 * (mean - 0.5 * variance) / n * 100.0
    priced = affine_loadings(n, drift, move, SIGMA, DELTA0, DELTA1)
    assert float(priced.yields_pct(x0[None, :], [n])[0, 0]) == pytest.approx(expected, abs=1e-10)


def test_recursion_by_monte_carlo() -> None:
    """Second route: the mean of exp(-sum of short rates) over 40,000 simulated paths, 4 errors."""
    rng = np.random.default_rng(3)
    n, size, move = 24, 40_000, PHI - LAMBDA1
    big = 100.0 * SIGMA  # a volatility at which convexity shows
    x, total = np.zeros((size, 2)), np.zeros(size)
    root = np.linalg.cholesky(big)
    for _ in range(n):
        total += DELTA0 + x @ DELTA1
        x = x @ move.T - LAMBDA0 + rng.standard_normal((size, 2)) @ root.T
    value = np.exp(-total)
    error = value.std() / np.sqrt(size)
    priced = affine_loadings(n, -LAMBDA0, move, big, DELTA0, DELTA1)
    assert abs(float(np.exp(priced.a[-1])) - value.mean()) < 4.0 * error


def test_pricing_errors_enter_from_the_second_month() -> None:
    """Analytic: a one-month bond has the short rate; each later month adds s2/2."""
    with_error = affine_loadings(5, 0 * LAMBDA0, PHI, SIGMA, DELTA0, DELTA1, 1e-6)
    without = affine_loadings(5, 0 * LAMBDA0, PHI, SIGMA, DELTA0, DELTA1)
    np.testing.assert_allclose(with_error.a - without.a, 0.5e-6 * np.arange(5), atol=1e-18)
    np.testing.assert_array_equal(with_error.b, without.b)


def test_simulated_economy_is_recovered() -> None:
    """Property: on 40,000 months priced by a known two-factor model the estimate finds it.

    Pricing is exact, so the dynamics under the pricing measure and fitted yields come back to
    rounding; the physical dynamics carry sampling error, 0.001 on the roots (four standard errors
    of about sqrt((1 - rho^2)/T) = 0.0009), and with them the term premium, within 5 bp.
    """
    priced, expected = world()
    x = paths(40_000, 17)
    months = np.arange(1, MONTHS + 1)
    yields = priced.yields_pct(x, months)
    model = estimate_acm(yields, factors=2)
    truth = np.sort(np.linalg.eigvals(PHI - LAMBDA1).real)
    found = np.sort(np.linalg.eigvals(model.phi - model.lambda1).real)
    np.testing.assert_allclose(found, truth, atol=2e-4)
    np.testing.assert_allclose(
        np.sort(np.linalg.eigvals(model.phi).real), np.sort(np.diag(PHI)), atol=0.01
    )
    at = np.array(model.factor_months) - 1
    split = model.decompose(yields[::97, at], (12, 60, 120))
    np.testing.assert_allclose(split.fitted, yields[::97][:, [11, 59, 119]], atol=2e-3)
    path = expected.yields_pct(x[::97], (12, 60, 120))
    assert float(np.abs(split.expected_path - path).max()) < 0.15
    assert float(np.sqrt(np.mean((split.expected_path - path) ** 2))) < 0.05


def test_no_prices_of_risk_no_premium() -> None:
    """Analytic limit: where returns are not predictable the premium is sampling error alone."""
    _, neutral = world()
    x = paths(40_000, 5)
    yields = neutral.yields_pct(x, np.arange(1, MONTHS + 1))
    model = estimate_acm(yields, factors=2)
    split = model.decompose(yields[::101][:, np.array(model.factor_months) - 1], (120,))
    assert float(np.sqrt(np.mean(split.term_premium**2))) < 0.05
    assert float(split.fitted.std()) > 0.2, "the yields do move"


def test_fitted_yields_are_path_plus_premium() -> None:
    priced, _ = world()
    yields = priced.yields_pct(paths(300, 2), np.arange(1, MONTHS + 1))
    model = estimate_acm(yields, factors=2)
    split = model.decompose(yields[:, np.array(model.factor_months) - 1], range(1, 121))
    np.testing.assert_allclose(split.fitted, split.expected_path + split.term_premium, atol=1e-12)
    one = split.fitted[:, 0] - split.expected_path[:, 0]
    np.testing.assert_allclose(one, 0.0, atol=1e-12)  # one month ahead there is no risk


def test_the_state_does_not_depend_on_the_signs_of_components() -> None:
    """Property: yields and premium are the same whichever sign the factors have."""
    priced, _ = world()
    yields = priced.yields_pct(paths(400, 8), np.arange(1, MONTHS + 1))
    model = estimate_acm(yields, factors=2)
    assert (model.loadings.sum(axis=0) > 0.0).all()
    x = model.state(yields[:, np.array(model.factor_months) - 1])
    np.testing.assert_allclose(x.std(axis=0, ddof=1), 1.0, atol=1e-9)
    np.testing.assert_allclose(x.mean(axis=0), 0.0, atol=1e-9)


def test_excess_returns_by_hand() -> None:
    """Second route: buy a year bond at 5 %, sell eleven months at 4 %, finance a month at 3 %."""
    table = np.full((2, MONTHS), np.nan)
    table[0, 11], table[0, 0], table[1, 10] = 0.05, 0.03, 0.04
    gained = np.log(np.exp(-0.04 * 11 / 12) / np.exp(-0.05)) - 0.03 / 12
    assert float(excess_returns(table, (12,))[0, 0]) == pytest.approx(gained, abs=1e-15)


def test_bad_input() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(BadInputError, match="120 columns"):
        estimate_acm(rng.normal(size=(200, 10)))
    with pytest.raises(BadInputError, match="every month"):
        estimate_acm(np.full((200, MONTHS), np.nan))
    with pytest.raises(CannotError, match="at least 60"):
        estimate_acm(rng.normal(size=(59, MONTHS)))
    with pytest.raises(CannotError, match="do not vary"):
        estimate_acm(np.full((200, MONTHS), 3.0))
    model = estimate_acm(rng.normal(3, 1, size=(200, MONTHS)))
    with pytest.raises(BadInputError, match="1 to 120 months"):
        model.decompose(np.zeros((1, len(model.factor_months))), (121,))
