"""The dislocation at the end of a sale."""

from __future__ import annotations

import numpy as np
import pytest

from ustress.calibrate.after_sale import wedge_bp
from ustress.model.draws import heavy_tail, joint_draws, joint_index

DRAWS = 500
SALES = ((100.0, 1), (100.0, 21), (100.0, 252))


def test_a_month_lies_in_the_published_ladder_published_table() -> None:
    """Published table: within a month 12 bp, from 3 to 57 over studies (the prototype had 8).

    The second line is a snapshot of the re-estimated draws: a day, a month, a year.
    """
    middle = np.median(wedge_bp(SALES, DRAWS), axis=1)
    assert 3.0 < middle[1] < 57.0
    np.testing.assert_allclose(middle, [18.1, 15.1, 3.65], rtol=0.03)


def test_slower_sales_dislocate_less_property() -> None:
    """Property: a year always less than a month; a day more than a month in nearly all draws.

    In the rest capital is so slow that the volatility a month's sale stirs up outweighs it.
    """
    day, month, year = wedge_bp(SALES, DRAWS)
    assert np.mean(day > month) > 0.95
    assert np.all(month > year)
    assert np.all(year > 0)


def test_a_tiny_sale_in_a_day_moves_lam_x_analytic_limit() -> None:
    """Analytic limit: D / X = lam0 (sigma/5)^eta g(u0), linear; the heavy tail has four times it.

    g is at least one; sigma opens at 5 bp, X is .56 of par.
    """
    small, twice = wedge_bp(((0.01, 1), (0.02, 1)), DRAWS)
    np.testing.assert_allclose(twice, 2 * small, rtol=1e-3)
    lam0 = joint_draws()["lam0_bp_per_100bn"][joint_index(np.arange(DRAWS))]
    tail = np.where(heavy_tail(np.arange(DRAWS)), 4.0, 1.0)
    g = small / (0.01 * 0.56) * 100.0 / (lam0 * tail)
    assert np.all(g > 1.0 - 0.02)  # a day's slow capital takes a little
    assert 1.0 < np.median(g) < 1.2


def test_other_maturities_scale_with_the_profile_analytic() -> None:
    """Analytic: h is .52 at five years, 1 at ten, and linear in between tenors."""
    five, six, ten = (wedge_bp(((100.0, 21),), DRAWS, tau)[0] for tau in (5.0, 6.0, 10.0))
    assert five / ten == pytest.approx(np.full(DRAWS, 0.52))
    assert six / ten == pytest.approx(np.full(DRAWS, (0.52 + 0.81) / 2))
