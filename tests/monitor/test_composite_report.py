"""The tables of docs/monitor.md are those the tool computes, and its arithmetic is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tools.composite_report import rank_correlation, report

from ustress.core.panel import Panel

FiguresOn = Callable[[str], Panel]
TEXT = (Path(__file__).parents[2] / "docs" / "monitor.md").read_text(encoding="utf-8")


def test_the_documented_tables_are_today_s(figures_on: FiguresOn) -> None:
    """Snapshot beside the composite's own tests: `python -m tools.composite_report --write`."""
    assert report(figures_on("2026-02-27")) in TEXT


def test_analytic_limit_rank_correlation() -> None:
    values = np.arange(50.0)
    assert rank_correlation(values, np.exp(values / 10)) == pytest.approx(1.0)
    assert rank_correlation(values, -(values**3)) == pytest.approx(-1.0)
    assert rank_correlation(np.append(values, np.nan), np.append(values, 0.0)) == pytest.approx(1.0)


def test_second_route_rank_correlation_with_ties() -> None:
    """1 - 6 sum d^2 / (n^3 - n) does not hold with ties; the correlation of mid-ranks does."""
    a, b = np.array([1.0, 2.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0, 4.0])
    expected = np.corrcoef([1, 2.5, 2.5, 4], [1, 3, 2, 4])[0, 1]
    assert rank_correlation(a, b) == pytest.approx(expected)
