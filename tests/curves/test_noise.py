"""The noise of single bonds: prices off a known curve, with and without disturbance."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, CannotError
from ustress.curves import fit_basis
from ustress.curves.noise import BondPrices, bond_yields, noise

Floats = NDArray[np.float64]

THETA = np.array([4.5, -1.0, -1.5, 2.0, np.log(1.4), np.log(4.0)])


def bonds(n: int, seed: int) -> tuple[Floats, Floats, Floats]:
    """Coupons, years and prices on the curve `THETA`, payment by payment."""
    rng = np.random.default_rng(seed)
    years = np.sort(rng.uniform(0.1, 12.0, n))
    coupon = np.round(rng.uniform(0.5, 6.0, n) * 8) / 8
    price = []
    for c, life in zip(coupon, years, strict=True):
        pays = np.arange(life, 0.0, -0.5)
        discount = np.exp(-pays * fit_basis.yields(THETA[None, :], pays)[0] / 100.0)
        price.append(float((c / 2.0 * discount).sum() + 100.0 * discount[0]))
    return coupon, years, np.array(price)


def test_prices_on_a_curve_have_no_noise() -> None:
    """Analytic limit: exact prices, noise zero, and the curve comes back.

    The search stops at hundredths of a bp: the last of the way lies along collinear parameters.
    """
    coupon, years, price = bonds(150, 1)
    found = noise(coupon, years, price)
    assert found.noise_bp < 0.05
    at = np.array([0.5, 2.0, 5.0, 10.0])
    np.testing.assert_allclose(
        fit_basis.yields(found.theta[None, :], at),
        fit_basis.yields(THETA[None, :], at), atol=2e-3,
    )  # fmt: skip


def test_noise_is_the_disturbance_of_yields() -> None:
    """Property: yields moved by 3 bp at random give 3 bp, less the curve's six parameters.

    Its standard error is 3/sqrt(2 N) with N about 240 bonds, 0.14 bp; three of them are allowed.
    """
    coupon, years, price = bonds(320, 2)
    shaken = moved(coupon, years, price, 3.0, 5)
    found = noise(coupon, years, shaken)
    n = int(found.used.sum())
    assert found.noise_bp == pytest.approx(3.0 * np.sqrt(1 - 6 / n), abs=9.0 / np.sqrt(2 * n))
    inner = (years >= 1.0) & (years <= 10.0)
    assert not (found.used & ~inner).any()
    assert np.isnan(found.residual_bp[years > 10.0]).all()


def moved(coupon: Floats, years: Floats, price: Floats, sd_bp: float, seed: int) -> Floats:
    """Prices at yields moved by normal draws, each solved for from its own payments."""
    draws = np.random.default_rng(seed).normal(0.0, sd_bp / 100.0, price.size)
    y = bond_yields(BondPrices(coupon, years, price)) + draws
    out = []
    for c, life, rate in zip(coupon, years, y, strict=True):
        pays = np.arange(life, 0.0, -0.5)
        value = (1 + rate / 200.0) ** (-2.0 * pays)
        out.append(float((c / 2.0 * value).sum() + 100.0 * value[0]))
    return np.array(out)


def test_a_single_wrong_price_is_left_out() -> None:
    """A bond 60 bp away stands beside the curve and not in the noise."""
    coupon, years, price = bonds(200, 3)
    shaken = moved(coupon, years, price, 1.0, 7)
    wrong = int(np.argmin(np.abs(years - 6.0)))
    shaken[wrong] *= 1 - 0.006 * 5.2
    found = noise(coupon, years, shaken)
    assert found.outlier[wrong]
    assert not found.used[wrong]
    assert found.outlier.sum() <= 3
    assert found.noise_bp < 1.6
    assert found.residual_bp[wrong] > 45.0


def test_yield_of_a_par_bond() -> None:
    """Analytic: a bond at 100 just after a coupon yields its coupon; a zero its own rate."""
    made = BondPrices(np.array([4.0, 0.0]), np.array([7.0, 2.0]), np.array([100.0, 90.0]))
    expected = 200.0 * ((100.0 / 90.0) ** 0.25 - 1.0)
    np.testing.assert_allclose(bond_yields(made), [4.0, expected], atol=1e-10)


def test_bad_input() -> None:
    coupon, years, price = bonds(60, 4)
    with pytest.raises(CannotError, match="at least 20"):
        noise(coupon[:10], years[:10], price[:10])
    with pytest.raises(BadInputError, match="one length"):
        noise(coupon[1:], years, price)
    with pytest.raises(BadInputError, match="positive"):
        noise(coupon, years, -price)
    with pytest.raises(BadInputError, match="finite"):
        noise(coupon, years, price * np.nan)
