"""Changes: windows, direction against size, basis points against per cent, volatility, tails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pytest

from ustress.claims.verdict import Judgement, Outcome
from ustress.core.dates import add_business_days, business_days
from ustress.core.errors import BadInputError

Made = tuple[str, str, Sequence[tuple[str, float]], int]
Judged = Callable[..., Judgement]

YIELD: Mapping[str, Made] = {
    "y": (
        "pct", "daily",
        [("2025-03-28", 4.27), ("2025-04-03", 4.06), ("2025-04-04", 4.01), ("2025-04-07", 4.15),
         ("2025-04-08", 4.26), ("2025-04-09", 4.34), ("2025-04-10", 4.40), ("2025-04-11", 4.48),
         ("2025-04-14", 4.38)], 0,
    )
}  # fmt: skip
WEEK = 'rule = "change"\nseries = "y"\nwindow = "week"\n'
UP = WEEK + 'direction = "up"\n'


def test_direction_alone(judged: Judged) -> None:
    assert judged(UP, YIELD).outcome is Outcome.HOLDS
    assert judged(WEEK + 'direction = "down"', YIELD).outcome is Outcome.DOES_NOT_HOLD


def test_size_in_basis_points_and_in_per_cent_of_the_level_differ(judged: Judged) -> None:
    """Analytic: 4.01 to 4.48 is 47 bp and 47/4.01 = 11.72 per cent of the level."""
    size = "size = {}\nunit = {!r}\nwithin = 0.5\n"
    assert judged(UP + size.format(47, "bp"), YIELD).outcome is Outcome.HOLDS
    assert judged(UP + size.format(11.7, "pct_of_level"), YIELD).outcome is Outcome.HOLDS
    found = judged(UP + size.format(47, "pct_of_level"), YIELD)
    assert found.outcome is Outcome.PARTLY
    assert "which is its change in basis points" in found.because
    found = judged(UP + size.format(11.7, "bp"), YIELD)
    assert "which is its change in per cent of its level" in found.because
    changes = {n.unit: n.value for n in found.numbers if n.unit != "pct"}
    assert changes["bp"] == pytest.approx(47.0)
    assert changes["pct_change"] == pytest.approx(100 * 0.47 / 4.01)


def test_a_change_of_a_yield_is_never_in_plain_per_cent(judged: Judged) -> None:
    with pytest.raises(BadInputError, match="unit of a change of y 'pct'"):
        judged(UP + 'size = 10\nunit = "pct"\nwithin = 1', YIELD)


def test_a_slip_of_dates_is_found_by_the_search(judged: Judged) -> None:
    """Analytic: 4.06 on the 3rd to 4.48 is 10.34 per cent."""
    part = UP + 'size = 10.3\nunit = "pct_of_level"\nwithin = 0.25\n'
    assert "would fit a start" not in judged(part, YIELD).because
    found = judged(part + "search = 2", YIELD)
    assert found.outcome is Outcome.PARTLY
    assert "which would fit a start on 3 Apr 2025" in found.because


def test_the_week_is_friday_to_friday_and_relative_to_the_day_said(judged: Judged) -> None:
    for said_on in ("2025-04-11", "2025-04-14", "2025-04-17"):
        found = judged(UP, YIELD, as_of="2025-04-30", said_on=said_on)
        assert [n.day.isoformat() for n in found.numbers[:2] if n.day] == [
            "2025-04-04", "2025-04-11",
        ]  # fmt: skip
    before = judged(UP, YIELD, as_of="2025-04-30", said_on="2025-04-10")
    assert before.outcome is Outcome.DOES_NOT_HOLD  # 28 March to 4 April: -26 bp


def test_a_friday_not_known_yet_is_not_replaced_by_the_thursday(judged: Judged) -> None:
    found = judged(UP, {"y": (*YIELD["y"][:3], 1)})
    assert found.outcome is Outcome.CANNOT_BE_CHECKED
    assert found.needs == ("y for the week to 11 Apr 2025",)


def test_a_closed_friday_takes_the_thursday_before_it(judged: Judged) -> None:
    """Good Friday, 18 April 2025."""
    made: Mapping[str, Made] = {
        "y": ("pct", "daily", [("2025-04-11", 4.48), ("2025-04-17", 4.34)], 0)
    }
    found = judged(WEEK + 'direction = "down"', made, as_of="2025-04-18", said_on="2025-04-18")
    assert found.outcome is Outcome.HOLDS


def test_other_windows(judged: Judged) -> None:
    part = 'rule = "change"\nseries = "y"\ndirection = "up"\nwindow = '
    ends = {
        '"last"': ("2025-04-10", "2025-04-11"),
        '"next"': ("2025-04-11", "2025-04-14"),
        '"five_days"': ("2025-04-04", "2025-04-11"),
    }
    for window, days in ends.items():
        found = judged(part + window, YIELD, as_of="2025-04-14")
        assert tuple(n.day.isoformat() for n in found.numbers[:2] if n.day) == days
    missing = judged(part + '"next"', YIELD)
    assert missing.outcome is Outcome.CANNOT_BE_CHECKED


def test_explicit_days_must_both_be_known(judged: Judged) -> None:
    part = 'rule = "change"\nseries = "y"\ndirection = "up"\nfrom_day = 2025-04-04\nto_day = '
    assert judged(part + "2025-04-09", YIELD).outcome is Outcome.HOLDS
    weekend = judged(part + "2025-04-05", YIELD)
    assert weekend.needs == ("y for 5 Apr 2025",)


def test_months_and_years_match_period_to_period(judged: Judged) -> None:
    months = [(f"2024-{m:02}-28", 100.0 + m) for m in range(1, 13)]
    months += [("2025-01-31", 90.0), ("2025-02-28", 91.0), ("2025-03-31", 92.0)]
    made: Mapping[str, Made] = {"h": ("usdbn", "monthly", months, 10)}
    part = 'rule = "change"\nseries = "h"\ndirection = "down"\nwindow = '
    year = judged(part + '"year"', made)
    assert [n.value for n in year.numbers[:3]] == [103.0, 92.0, -11.0]
    month = judged(part + '"month"', made, said_on="2025-03-05")
    assert month.outcome is Outcome.DOES_NOT_HOLD
    assert judged(part + '"month"', made).outcome is Outcome.CANNOT_BE_CHECKED


def test_a_level_of_zero_has_no_per_cent(judged: Judged) -> None:
    made: Mapping[str, Made] = {
        "z": ("usdbn", "daily", [("2025-04-04", 0.0), ("2025-04-11", 2.0)], 0)
    }
    part = 'rule = "change"\nseries = "z"\nwindow = "week"\ndirection = "up"\n'
    found = judged(part + 'size = 5\nunit = "pct_of_level"\nwithin = 1', made)
    assert found.outcome is Outcome.PARTLY
    assert found.numbers[-1].value is None


def test_the_readers_own_series_is_used_where_the_store_has_it(judged: Judged) -> None:
    own: Made = ("pct", "daily", [("2025-04-04", 4.01), ("2025-04-11", 3.9)], 0)
    part = UP + 'prefer = "mine"'
    assert judged(part, YIELD).outcome is Outcome.HOLDS
    assert judged(part, {**YIELD, "mine": own}).outcome is Outcome.DOES_NOT_HOLD


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("", "give either 'window' or both"),
        ("from_day = 2025-04-04", "give either 'window' or both"),
        ('window = "week"\nto_day = 2025-04-04', "give either 'window' or both"),
        ('window = "week"\nsize = 3', "'size', 'unit' and 'within' together"),
        ('window = "week"\nunit = "bp"\nwithin = 1', "'size', 'unit' and 'within' together"),
    ],
)
def test_half_a_window_or_size_is_refused(judged: Judged, part: str, message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        judged(f'rule = "change"\nseries = "y"\ndirection = "up"\n{part}', YIELD)


def _months(changes: Sequence[float]) -> Made:
    levels = 1000.0 + np.cumsum([0.0, *changes])
    days = [f"{2015 + i // 12}-{i % 12 + 1:02}-15" for i in range(levels.size)]
    return ("usdbn", "monthly", list(zip(days, levels.tolist(), strict=True)), 5)


def test_unusual_ranks_the_joint_change(judged: Judged) -> None:
    """Analytic: among 47 changes of -10 and +10, a last one of -30 is the largest fall."""
    part = 'rule = "unusual"\nseries = ["a", "b"]\ndirection = "down"\ntail_pct = 5\n'
    flat = [10.0, -10.0] * 23
    end = {"as_of": "2019-01-01", "said_on": "2018-12-15"}
    made = {"a": _months([*flat, -40.0]), "b": _months([*flat, 10.0])}
    found = judged(part, made, **end)
    assert found.outcome is Outcome.HOLDS
    assert found.numbers[0].value == pytest.approx(-30.0)
    assert "1st in size of 47 months" in found.because
    tie = {"a": _months([*flat, -10.0]), "b": _months([*flat, -10.0])}
    assert judged(part, tie, **end).outcome is Outcome.HOLDS  # ties count as equally large
    rise = {"a": _months([*flat, 10.0]), "b": _months([*flat, 10.0])}
    assert judged(part, rise, **end).outcome is Outcome.DOES_NOT_HOLD
    late = judged(part, made, as_of="2018-12-16", said_on="2018-12-15")
    assert late.outcome is Outcome.CANNOT_BE_CHECKED
    with pytest.raises(BadInputError, match="expected monthly series in one unit"):
        judged(part, {"a": made["a"], "b": ("pct", "monthly", [], 0)})


def _moves(before: float, recent: float) -> Made:
    signs = np.array([1.0, -1.0] * 35)
    sizes = np.array([before] * 60 + [recent] * 10) / 100.0
    levels = np.exp(np.cumsum([0.0, *(signs * sizes)]))
    days = [str(day) for day in business_days(add_business_days(date(2025, 4, 11), -70), 71)]
    return ("rate", "daily", list(zip(days, levels.tolist(), strict=True)), 0)


def test_volatility_is_the_root_mean_square_a_year(judged: Judged) -> None:
    """Analytic: daily moves of 1 per cent are sqrt(252) = 15.87 per cent a year."""
    part = 'rule = "volatility_up"\nseries = "x"\nfactor = 1.25\n'
    found = judged(part, {"x": _moves(0.5, 1.0)})
    assert found.outcome is Outcome.HOLDS
    assert [n.value for n in found.numbers] == pytest.approx([252**0.5, 0.5 * 252**0.5])
    assert judged(part, {"x": _moves(0.5, 0.6)}).outcome is Outcome.DOES_NOT_HOLD
    old = judged(part, {"x": _moves(0.5, 1.0)}, as_of="2025-05-01", said_on="2025-04-30")
    assert old.outcome is Outcome.CANNOT_BE_CHECKED
    short = {"x": (*_moves(0.5, 1.0)[:2], _moves(0.5, 1.0)[2][-40:], 0)}
    assert judged(part, short).outcome is Outcome.CANNOT_BE_CHECKED
