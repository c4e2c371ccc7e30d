"""The cost of auctions: by hand, in its limits, and what of the record enters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ustress.calibrate.after_sale import sellers_parameters
from ustress.calibrate.auction_cost import AuctionsHeld, cost_bp, cost_with

N = 40


def test_the_cost_by_hand_second_route() -> None:
    """Second route: price pressure of the dealers' share, times duration, averaged by size."""
    held = AuctionsHeld(
        np.array([20.0, 10.0]), np.array([0.7, 0.6]), np.array([0.2, 0.9]), np.array([0.25, 1.0]),
        2.0, 5.0, 0.0,
    )  # fmt: skip
    p = sellers_parameters(N)._replace(size_scale=np.float64(2.0))
    taken = 2.0 * held.par_usdbn * held.dealer_share
    rise = np.outer(0.01 * held.x_per_par * held.h * taken, np.asarray(p.lam0_bp_per_100bn))
    rise = rise * np.asarray(p.auction_dealer_multiple)
    by_hand = (held.par_usdbn / 30.0 * 8.5 * held.x_per_par) @ rise
    # an empty balance sheet leaves g at 1 to a few in ten thousand
    assert cost_with(held, p) == pytest.approx(by_hand, rel=2e-3)


def test_no_dealers_no_cost_and_more_volatility_more_analytic(held: AuctionsHeld) -> None:
    """Analytic: nothing to take costs nothing; cost grows as sigma^eta or faster."""
    none = replace(held, dealer_share=np.zeros_like(held.dealer_share))
    assert cost_bp(none, N) == pytest.approx(np.zeros(N), abs=1e-5)
    p = sellers_parameters(N)
    wild = cost_bp(replace(held, sigma_bp=2.0 * held.sigma_bp), N) / cost_bp(held, N)
    assert (wild > 0.999 * 2.0 ** np.asarray(p.eta)).all()


def test_auctions_on_record(held: AuctionsHeld) -> None:
    """Published (US Treasury): the 2-year of 23 April 2008, $30bn, 65.82 per cent to dealers."""
    assert (held.par_usdbn[0], held.dealer_share[0]) == (30.0, pytest.approx(0.6582))
    assert 1.8 < 8.5 * held.x_per_par[0] < 2.0
    assert 4.0 < held.sigma_bp < 8.0
