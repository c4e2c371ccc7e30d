"""Havens: joint falls and what the dollar's drivers leave, in worlds where the answer is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustress.core.panel import Panel
from ustress.monitor import history
from ustress.monitor.indicators.havens import expanding_residuals

Made = Mapping[str, tuple[Iterable[str], Iterable[float]]]
MakePanel = Callable[[str, Made], Panel]
N = 900
DAYS = [str(d) for d in np.busday_offset("2020-01-06", np.arange(N), roll="forward")]


def markets(shock: tuple[float, float, float] = (0, 0, 0), seed: int = 0) -> dict[str, object]:
    """Stocks, ten-year yield and dollar as walks; in the last five days they move by `shock`."""
    rng = np.random.default_rng(seed)
    moves = rng.normal(size=(3, N)) * np.array([[1.0], [0.05], [0.3]])
    moves[:, -5:] = np.array(shock)[:, None] / 5
    stocks, ten, dollar = moves.cumsum(axis=1)
    return {
        "market.spx": (DAYS, 3000 * np.exp(stocks / 100)),
        "ust.par.10y": (DAYS, 4 + ten / 4),
        "ust.par.2y": (DAYS, 4 + rng.normal(size=N).cumsum() * 0.02),
        "fx.dollar.broad": (DAYS, 120 * np.exp(dollar / 100)),
    }


@pytest.mark.parametrize(
    ("shock", "fell"),
    [((-9, 1.5, -4), True), ((-9, 1.5, 4), False), ((-9, -1.5, -4), False), ((9, 1.5, -4), False)],
)
def test_only_a_fall_of_all_three_is_one(
    make_panel: MakePanel, shock: tuple[float, float, float], fell: bool
) -> None:
    panel = make_panel("2024-06-01", markets(shock))  # type: ignore[arg-type]
    assert bool(history(panel, "havens.triple").values[-1] > 1.0) is fell


def test_the_joint_fall_is_the_smallest(make_panel: MakePanel) -> None:
    """Bounded by each: taking stocks in can only lower it."""
    panel = make_panel("2024-06-01", markets((-9, 1.5, -4)))  # type: ignore[arg-type]
    two, three = (history(panel, f"havens.{k}") for k in ("bonds_and_dollar", "triple"))
    _, i, j = np.intersect1d(two.dates, three.dates, return_indices=True)
    assert (three.values[j] <= two.values[i]).all()


def test_a_market_that_stands_still_never_falls(make_panel: MakePanel) -> None:
    still = {**markets(), "fx.dollar.broad": (DAYS, np.full(N, 120.0))}
    panel = make_panel("2024-06-01", still)  # type: ignore[arg-type]
    assert history(panel, "havens.bonds_and_dollar").values.max() <= 0.0


def test_the_dollar_off_its_drivers_is_seen(make_panel: MakePanel) -> None:
    """A fall of 4 % in five days that yields do not explain, where weeks move by .67 %."""
    usual = history(
        make_panel("2024-06-01", markets((0, 0, 0))), "havens.dollar_residual"  # type: ignore[arg-type]
    )  # fmt: skip
    hit = history(
        make_panel("2024-06-01", markets((0, 0, -4))), "havens.dollar_residual"  # type: ignore[arg-type]
    )  # fmt: skip
    assert hit.values[-1] < -4
    assert abs(usual.values[-1]) < 1.5
    np.testing.assert_array_equal(hit.values[:-5], usual.values[:-5])


def test_second_route_expanding_least_squares() -> None:
    rng = np.random.default_rng(1)
    X = np.column_stack([np.ones(80), rng.normal(size=(80, 2))])
    y = X @ [1.0, 2.0, -1.0] + 0.1 * rng.normal(size=80)
    found = expanding_residuals(y, X, 30, 5)
    for t in (34, 50, 79):
        b = np.linalg.lstsq(X[: t - 4], y[: t - 4], rcond=None)[0]
        assert found[t] == pytest.approx(y[t] - X[t] @ b, abs=1e-9)
    assert np.isnan(found[:34]).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(40, 79))
def test_property_a_longer_history_begins_with_the_shorter(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(80), rng.normal(size=80), np.zeros(80)])
    X[60:, 2] = rng.normal(size=20)
    y = rng.normal(size=80)
    whole, part = expanding_residuals(y, X, 20, 1), expanding_residuals(y[:n], X[:n], 20, 1)
    np.testing.assert_array_equal(whole[:n], part)
    assert np.isnan(whole[:60]).all(), "a driver that stood still explains nothing"
