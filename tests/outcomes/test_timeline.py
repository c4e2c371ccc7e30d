from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ustress.core.dates import business_days
from ustress.core.errors import BadInputError
from ustress.outcomes.timeline import check_path, month_means, survey_releases, week_means

FRIDAY = date(2025, 4, 11)


def test_survey_weeks_run_from_thursday_to_wednesday() -> None:
    """Analytic: by the calendar of April 2025, Good Friday the 18th closed."""
    days = business_days(FRIDAY, 14)
    releases = survey_releases(days)
    assert [str(d) for d in releases] == ["2025-04-17", "2025-04-24", "2025-05-01"]
    used = [[str(d) for d in days[row > 0]] for row in week_means(releases, days)]
    assert used[0] == ["2025-04-11", "2025-04-14", "2025-04-15", "2025-04-16"]
    assert used[1] == ["2025-04-17", "2025-04-21", "2025-04-22", "2025-04-23"]
    assert used[2][0] == "2025-04-24"
    assert used[2][-1] == "2025-04-30"


def test_an_empty_week_never_takes_a_later_value() -> None:
    """Property: weeks without a day keep the last one before; before the first day, that one."""
    days = np.array(["2025-04-11", "2025-05-09"], "datetime64[D]")
    releases = np.arange(np.datetime64("2025-04-10"), np.datetime64("2025-05-16"), 7)
    used = week_means(releases, days).argmax(axis=1)
    assert used.tolist() == [0, 0, 0, 0, 0, 1]


def test_a_release_on_the_first_day_is_past() -> None:
    thursday = business_days(date(2025, 4, 10), 6)
    assert [str(d) for d in survey_releases(thursday)] == ["2025-04-17"]
    assert survey_releases(thursday[:3]).size == 0


@given(st.integers(0, 400), st.integers(2, 300))
def test_weights_are_means(offset: int, length: int) -> None:
    """Property: every row of weekly weights is a mean; monthly rows weigh at most one."""
    days = business_days(FRIDAY + timedelta(days=offset), length)
    releases = survey_releases(days)
    if releases.size:
        weights = week_means(releases, days)
        np.testing.assert_allclose(weights.sum(axis=1), 1.0)
        assert days[(weights > 0).any(axis=0)].max() < releases[-1]
    monthly = month_means(days, 24)
    assert (monthly.sum(axis=1) <= 1.0 + 1e-12).all()
    np.testing.assert_allclose(monthly[1:].sum(axis=1), 1.0)


def test_the_first_month_counts_only_what_is_left_of_it() -> None:
    """Analytic: April 2025 has 21 open days, of which 13 from the 11th on."""
    days = business_days(FRIDAY, 100)
    assert month_means(days, 3)[0].sum() == pytest.approx(13 / 21)


def test_after_the_last_day_the_change_is_held_or_fades() -> None:
    """Analytic limit: held for ever, or halved in each half-life."""
    days = business_days(FRIDAY, 5)
    assert month_means(days, 30)[-1].tolist() == [0, 0, 0, 0, 1]
    assert month_means(days, 30, half_life_years=1.0)[12, -1] == pytest.approx(0.5)


def test_refuses_paths_that_do_not_fit() -> None:
    days = business_days(FRIDAY, 5)
    for bad in (np.zeros(4), np.zeros((2, 6)), np.full(5, np.nan)):
        with pytest.raises(BadInputError, match="a path"):
            check_path(days, bad, "a path")
    with pytest.raises(BadInputError, match="ascend"):
        check_path(days[::-1], np.zeros(5), "a path")
