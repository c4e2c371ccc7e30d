from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.dates import business_days
from ustress.core.errors import BadInputError, CannotError
from ustress.core.panel import Panel
from ustress.outcomes.debt_profile import DebtProfile
from ustress.outcomes.debt_roll import roll
from ustress.outcomes.ensembles import interest, mortgage

PATHS = 200


@dataclass(frozen=True)
class Walk:
    """A run for these tests: every tenor a random walk with a drift, bp a day."""

    scenario: str
    drift_bp: float
    ok: NDArray[np.bool_]
    seed: int = 5

    @property
    def days(self) -> NDArray[np.datetime64]:
        return business_days(date(2025, 4, 11), 61)

    def paths(self, name: str) -> NDArray[np.float32]:
        rng = np.random.default_rng(np.random.Philox(self.seed))
        moves = rng.normal(0.0, 6.0, (PATHS, 60)) + self.drift_bp
        walk = np.cumsum(np.insert(moves, 0, 0.0, axis=1), axis=1)
        return (4.48 + walk / 100.0).astype(np.float32)


def walk(drift_bp: float, broken: int = 0) -> Walk:
    return Walk(f"drift {drift_bp}", drift_bp, np.arange(PATHS) >= broken)


def test_the_mortgage_rate_follows_the_run(panel_on: Callable[[date], Panel]) -> None:
    """Analytic: a drift of 1 bp a day carries over by the sum of the coefficients, and the
    common noise cancels between two runs with the same seed."""
    panel = panel_on(date(2025, 4, 11))
    up, flat = (mortgage(walk(d), panel, opening_pct=6.62) for d in (1.0, 0.0))
    gap = up.change_bp - flat.change_bp
    assert up.rate_pct is not None
    assert up.rate_pct.shape == (PATHS, up.releases.size)
    # The last survey week's mean lies about three business days before its release.
    assert 35.0 < gap[:, -1].mean() < 60.0
    assert gap[:, -1].std() < 0.15 * up.change_bp[:, -1].std()


def test_history_matters_for_the_first_weeks_only(panel_on: Callable[[date], Panel]) -> None:
    """Property: the week before the opening, the ten-year rose 45 bp; lags carry some of it."""
    panel = panel_on(date(2025, 4, 11))
    quiet = Walk("quiet", 0.0, np.ones(PATHS, np.bool_))
    with_past = mortgage(quiet, panel, coefficient_error=False).change_bp
    assert with_past[:, 0].mean() > 10.0
    np.testing.assert_allclose(np.diff(with_past, axis=1).mean(axis=0)[3:], 0.0, atol=8.0)


def test_interest_against_another_run(april: DebtProfile) -> None:
    """Second route: the difference of two runs is the run of their difference, path by path."""
    rolled = roll(april)
    up, flat = walk(0.5), walk(0.0)
    paired = interest(up, rolled, against=flat)
    apart = interest(up, rolled).extra_usdbn - interest(flat, rolled).extra_usdbn
    np.testing.assert_allclose(paired.extra_usdbn, apart, atol=1e-3)
    assert paired.extra_usdbn.std(axis=0).max() < 1e-2  # the noise is common, so it cancels
    assert (paired.extra_usdbn > 0.0).all()
    assert (np.diff(paired.extra_usdbn.mean(axis=0)) > 0.0).all()


def test_broken_paths_are_left_out(april: DebtProfile, panel_on: Callable[[date], Panel]) -> None:
    rolled, panel = roll(april), panel_on(date(2025, 4, 11))
    some = walk(0.0, broken=20)
    assert interest(some, rolled, against=walk(0.0, broken=50)).extra_usdbn.shape[0] == 150
    whole = mortgage(walk(0.0), panel).change_bp
    np.testing.assert_array_equal(mortgage(some, panel).change_bp, whole[20:])
    with pytest.raises(CannotError, match="no path"):
        mortgage(walk(0.0, broken=PATHS), panel)
    shorter = Walk("short", 0.0, np.ones(PATHS - 1, np.bool_))
    with pytest.raises(BadInputError, match="differ in paths or days"):
        interest(walk(0.0), rolled, against=shorter)
