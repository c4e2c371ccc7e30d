"""Moves in standard deviations and records over any window."""

from __future__ import annotations

import numpy as np
import pytest

from ustress.core.errors import BadInputError, CannotError, UnknownNameError
from ustress.monitor.moves import in_deviations, window
from ustress.monitor.records import FRIDAYS, Changes
from ustress.workflows.moves import move


def changes(values: list[float], days_apart: int = 1) -> Changes:
    dates = np.datetime64("2020-01-01") + days_apart * np.arange(len(values))
    return Changes(dates, np.array(values), dates)


def test_the_last_change_over_the_root_mean_square_of_those_before() -> None:
    """Analytic: changes of size two before, one of six now."""
    assert in_deviations(changes([2.0, -2.0] * 20 + [6.0])) == pytest.approx(3.0)


def test_only_the_five_years_before_count() -> None:
    """Property: larger changes of long ago do not enter."""
    assert in_deviations(changes([50.0] * 40 + [1.0] * 40 + [2.0], 50)) == pytest.approx(2.0)


@pytest.mark.parametrize("values", [[], [1.0] * 20, [0.0] * 40 + [1.0]])
def test_too_few_or_no_movement_gives_none(values: list[float]) -> None:
    assert in_deviations(changes(values)) is None


def test_the_week_of_april_2025() -> None:
    """Par yields (US Treasury, read): 4.01 on 4 April, 4.48 on 11 April; +51 to 14 June 2022."""
    week = move("ust.par.10y", "5d", "2025-04-11")
    assert week.change == pytest.approx(47.0)
    assert week.unit == "bp"
    assert "since 14 Jun 2022" in week.record
    friday = move("ust.par.10y", "friday", "2025-04-11")
    assert "since 16 Nov 2001" in friday.record
    assert friday.deviations is not None
    assert 3.0 < friday.deviations < 4.5


def test_survey_breaks_are_no_moves() -> None:
    """TIC (read): the survey of June 2011 added 147 to China; a month across it is left out."""
    found = move("tic.holdings.china", "1m", "2011-08-20")
    assert found.change < 100.0
    assert found.end.isoformat() != "2011-06-30" or abs(found.change) < 50.0


@pytest.mark.parametrize("text", ["", "5", "d", "0d", "5y", "-3w", "1.5m"])
def test_no_window_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="is no window"):
        window(text, "daily")


def test_months_are_months_where_figures_are_monthly() -> None:
    assert window("2m", "monthly").months == 2
    assert window("2m", "daily").business_days == 42
    assert window("friday", "daily") is FRIDAYS


def test_what_cannot_be_had_is_said() -> None:
    with pytest.raises(UnknownNameError):
        move("nope", "5d")
    with pytest.raises(CannotError):
        move("ust.par.10y", "500d", "1990-06-01")
