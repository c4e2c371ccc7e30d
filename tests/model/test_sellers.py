"""Sellers that react, each against a limit, a second route or a published figure."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import medians
from ustress.model.sellers import funds, private


def test_the_runs_threshold_is_that_of_the_game_second_route() -> None:
    """Second route: the game solved on a fine grid of signals, for two widths of the noise.

    The market breaks exactly below l/(b + l) - p F, whatever the noise.
    """
    for noise in (0.05, 0.2):
        p = medians(run_noise=noise, run_loss_share=0.4)
        theta = np.linspace(-0.2, 1.0, 120_001)
        share = np.asarray(private.share_running(theta, 0.3, p))
        breaks = theta[share > theta + 0.3 * 0.5]
        assert breaks.max() == pytest.approx(0.4 - 0.15, abs=2e-5)


def test_the_marginal_holder_is_indifferent_analytic() -> None:
    """Analytic: at the signal x* the market holds with probability l/(b + l)."""
    noise, loss, backstop = 0.1, 0.4, 0.15
    p = medians(run_noise=noise, run_loss_share=loss)
    signal = loss - backstop + noise * (2 * loss - 1)
    theta = np.linspace(signal - noise, signal + noise, 200_001)
    holds = np.asarray(private.share_running(theta, 0.3, p)) <= theta + backstop
    assert holds.mean() == pytest.approx(loss, abs=1e-4)


def test_a_believed_backstop_prevents_a_run_without_being_used_property() -> None:
    """Property: the same capacity, a run without belief and none with it."""
    p = medians()
    assert float(private.share_running(0.2, 0.0, p)) > 0.9
    assert float(private.share_running(0.2, 1.0, p)) == 0.0


def test_funds_in_march_2020_published() -> None:
    """Published: $260bn of outflows, 370 at 2025 size; twelve days at the cap of volatility.

    The ten-year rose 64 bp from 9 to 18 March. Within a factor of two, which the drawn range spans.
    """
    p = medians()
    held, rate, felt, out = 1500.0, 0.0, 0.0, 0.0
    for day in range(15):
        felt = float(np.ravel(funds.next_return_bp(felt, 64 / 7 if day < 7 else 0.0, 1.0, p))[0])
        target = float(np.ravel(funds.target_rate(felt, 12.0, p))[0])
        rate += (target - rate) * (1 - np.exp(-1 / 3))
        out += rate * (held - out)
    assert 185 < out < 740


def test_funds_stay_still_in_an_ordinary_month_analytic() -> None:
    """Analytic: nothing at resting volatility and a rise inside the band."""
    assert float(np.ravel(funds.target_rate(40.0, 8.0, medians()))[0]) == 0.0
