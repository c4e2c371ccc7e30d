"""Records: the largest week, the lowest level, a reading against its past; ties and horizons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from ustress.claims.verdict import Judgement, Outcome
from ustress.core.errors import BadInputError

Made = tuple[str, str, Sequence[tuple[str, float]], int]
Judged = Callable[..., Judgement]
END = date(2025, 4, 11)
WEEK = 'rule = "record_change"\nseries = "y"\ndirection = "up"\nyears = 1\n'


def fridays(changes: Sequence[float]) -> dict[str, Made]:
    """A yield whose last Friday-to-Friday changes, in bp, are `changes`, and Mondays between."""
    rows, level = [], 3.0
    first = END - timedelta(days=7 * len(changes))
    rows.append((first.isoformat(), level))
    for i, change in enumerate(changes, start=1):
        friday = first + timedelta(days=7 * i)
        rows.append(((friday - timedelta(days=4)).isoformat(), level))
        level += change / 100.0
        rows.append((friday.isoformat(), level))
    return {"y": ("pct", "daily", rows, 0)}


def test_the_largest_week_of_the_horizon_holds(judged: Judged) -> None:
    found = judged(WEEK, fridays([5.0] * 70 + [20.0]))
    assert found.outcome is Outcome.HOLDS
    assert found.numbers[0].value == pytest.approx(20.0)
    assert "no larger one is on record" in found.because


def test_a_larger_week_before_the_horizon_only_dates_the_record(judged: Judged) -> None:
    found = judged(WEEK, fridays([30.0] + [5.0] * 69 + [20.0]))
    assert found.outcome is Outcome.HOLDS
    assert "the last larger one ended on 8 Dec 2023" in found.because


def test_a_larger_week_within_it_breaks_the_record(judged: Judged) -> None:
    made = fridays([5.0] * 60 + [30.0] + [5.0] * 9 + [20.0])
    assert judged(WEEK, made).outcome is Outcome.DOES_NOT_HOLD
    assert judged(WEEK + "nth = 2", made).outcome is Outcome.HOLDS


def test_a_tie_does_not_break_it_and_a_fall_is_no_record(judged: Judged) -> None:
    assert judged(WEEK, fridays([20.0] * 71)).outcome is Outcome.HOLDS
    assert judged(WEEK, fridays([-5.0] * 70 + [-1.0])).outcome is Outcome.DOES_NOT_HOLD
    fall = WEEK.replace('"up"', '"down"')
    assert judged(fall, fridays([-5.0] * 70 + [-9.0])).outcome is Outcome.HOLDS


def test_too_short_a_history_cannot_be_checked(judged: Judged) -> None:
    found = judged(WEEK, fridays([5.0] * 40 + [20.0]))
    assert found.outcome is Outcome.CANNOT_BE_CHECKED
    assert found.needs == ("y from 11 Apr 2024",)
    late = {"y": (*fridays([5.0] * 70 + [20.0])["y"][:3], 3)}
    assert judged(WEEK, late).outcome is Outcome.CANNOT_BE_CHECKED


def test_five_business_days_stand_beside_and_do_not_decide(judged: Judged) -> None:
    """A jump and fall between Fridays: larger over five days, unseen from Friday to Friday."""
    unit, frequency, rows, lag = fridays([5.0] * 70 + [20.0])["y"]
    wednesdays = [
        ((END - timedelta(days=back)).isoformat(), rows[-1][1] + jump)
        for back, jump in ((30, 0.1), (37, -0.3))
    ]
    found = judged(WEEK, {"y": (unit, frequency, [*rows, *wednesdays], lag)})
    assert found.outcome is Outcome.HOLDS
    assert "Over any five business days +40 bp to 12 Mar 2025 was larger" in found.because


def months(values: Sequence[float]) -> dict[str, Made]:
    days = [f"{2020 + i // 12}-{i % 12 + 1:02}-28" for i in range(len(values))]
    return {"h": ("usdbn", "monthly", list(zip(days, values, strict=True)), 1)}


LOW = 'rule = "record_level"\nseries = "h"\nextreme = "lowest"\nsince = 2020-06-01\n'
AT = {"as_of": "2021-03-01", "said_on": "2021-03-01"}  # the 14th month is the newest known


def test_lowest_since(judged: Judged) -> None:
    values = [1.0, *[9.0] * 12, 5.0]
    found = judged(LOW, months(values), **AT)
    assert found.outcome is Outcome.HOLDS
    assert "the last lower was 1.0 $bn, January 2020" in found.because
    lower_inside = [9.0] * 7 + [4.0] + [9.0] * 5 + [5.0]
    assert judged(LOW, months(lower_inside), **AT).outcome is Outcome.DOES_NOT_HOLD
    assert judged(LOW + "nth = 2", months(lower_inside), **AT).outcome is Outcome.HOLDS


def test_a_tie_leaves_both_lowest(judged: Judged) -> None:
    values = [9.0] * 7 + [5.0] + [9.0] * 5 + [5.0]
    assert judged(LOW, months(values), **AT).outcome is Outcome.HOLDS


def test_the_record_of_an_earlier_month_is_partly(judged: Judged) -> None:
    values = [9.0] * 12 + [4.0, 5.0]
    assert judged(LOW, months(values), **AT).outcome is Outcome.DOES_NOT_HOLD
    found = judged(LOW + "lookback = 2", months(values), **AT)
    assert found.outcome is Outcome.PARTLY
    assert "but January 2021 at 4.0 $bn is the lowest" in found.because


def test_figures_that_begin_after_the_horizon_cannot_show_a_record(judged: Judged) -> None:
    part = LOW.replace("2020-06-01", "2019-01-01")
    found = judged(part, months([9.0] * 14), **AT)
    assert found.outcome is Outcome.CANNOT_BE_CHECKED
    assert found.needs == ("h from 1 Jan 2019",)


def test_one_horizon_and_no_more(judged: Judged) -> None:
    with pytest.raises(BadInputError, match="give either 'since' or 'years'"):
        judged(LOW + "years = 2", months([1.0, 2.0]), **AT)
    in_years = LOW.replace("since = 2020-06-01", "years = 1")
    assert judged(in_years, months([*[9.0] * 13, 5.0]), **AT).outcome is Outcome.HOLDS


def test_highest_is_the_mirror(judged: Judged) -> None:
    part = LOW.replace("lowest", "highest")
    assert judged(part, months([*[5.0] * 13, 9.0]), **AT).outcome is Outcome.HOLDS


def test_against_the_mean_of_the_past(judged: Judged) -> None:
    """Analytic: the mean of 2.0, 3.0 and 4.0 is 3.0; equal is neither above nor below."""
    part = 'rule = "against_past"\nseries = "h"\npast = 3\ndirection = '
    for last, side, outcome in (
        (2.9, "below", Outcome.HOLDS),
        (3.1, "below", Outcome.DOES_NOT_HOLD),
        (3.0, "below", Outcome.DOES_NOT_HOLD),
        (3.0, "above", Outcome.DOES_NOT_HOLD),
    ):
        made = months([9.0, 2.0, 3.0, 4.0, last])
        found = judged(f'{part}"{side}"', made, as_of="2021-01-01", said_on="2021-01-01")
        assert found.outcome is outcome
        assert found.numbers[1].value == pytest.approx(3.0)
    short = judged(f'{part}"below"', months([2.0, 3.0]), **AT)
    assert short.outcome is Outcome.CANNOT_BE_CHECKED
