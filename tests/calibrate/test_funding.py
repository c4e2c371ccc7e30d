"""Funding against reserves over GDP: the estimate finds what is there, and the file holds it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tools.estimate_funding import (
    Sample,
    drain_kink,
    fit,
    left_out,
    sample,
    specifications,
)

from ustress.core.panel import Panel
from ustress.data.store import Store
from ustress.model.parameters import load_parameters


@pytest.fixture(scope="module")
def panel() -> Panel:
    return Store().panel(date(2026, 2, 27))


def test_a_known_kink_comes_back_recovery() -> None:
    """Second route: made data with two levels, slope 4 and kink 11 give them back."""
    rng = np.random.default_rng(3)
    x = np.linspace(17.0, 7.0, 900)
    stretch = (np.arange(900) >= 300).astype(np.int64)
    y = np.where(stretch, -9.0, -20.0) + 4.0 * np.maximum(11.0 - x, 0.0) + rng.normal(0, 1.0, 900)
    found = fit(Sample(np.arange(900).astype("datetime64[D]"), y, x, stretch))
    assert found.slope == pytest.approx(4.0, abs=0.25)
    assert found.kink == pytest.approx(11.0, abs=0.2)
    assert found.levels == pytest.approx([-20.0, -9.0], abs=0.25)


def test_the_parameter_file_holds_the_estimate(panel: Panel) -> None:
    """Second route: the estimate on the embedded figures is what the file says."""
    found, table = fit(sample(panel)), load_parameters()
    assert found.levels[-1] == pytest.approx(table.value("repo_floor_bp"), abs=0.01)
    assert found.slope == pytest.approx(table.value("repo_slope_bp"), abs=0.01)
    assert found.kink == pytest.approx(table.value("repo_kink_pct"), abs=0.01)
    solved, record = drain_kink(panel, found.levels[-1], found.slope, found.kink)
    assert solved == pytest.approx(table.value("repo_drain_kink_pct"), abs=2e-5)
    assert record == pytest.approx(300.0)  # 5.25 less 2.25, New York Fed and Board


def test_the_file_says_how_far_the_specifications_lie_apart(panel: Panel) -> None:
    """Second route: six ways to treat the years before IORB; the file has their range."""
    found, table = specifications(sample(panel)), load_parameters()
    kinks, slopes = ([getattr(one, k) for one in found.values()] for k in ("kink", "slope"))
    assert len(kinks) == 6
    assert f"{min(kinks):.2f} to {max(kinks):.2f} over six" in table["repo_kink_pct"].rests_on
    assert f"{min(slopes):.1f} to {max(slopes):.1f} over six" in table["repo_slope_bp"].rests_on


def test_days_that_are_left_out() -> None:
    """By hand: the end of a month, the spike, a tax day; an ordinary day stays."""
    days = np.arange("2019-09-02", "2024-07-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)]
    said = dict(zip(days.astype(str), left_out(days), strict=True))
    assert said["2024-05-31"]
    assert said["2024-06-17"]
    assert said["2019-09-17"]
    assert not said["2024-06-11"]
