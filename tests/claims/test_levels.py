"""Levels and thresholds: every outcome, ties, units, the period meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ustress.claims.rules.level import rounding
from ustress.claims.verdict import Judgement, Outcome
from ustress.core.errors import BadInputError

Made = tuple[str, str, Sequence[tuple[str, float]], int]
Judged = Callable[..., Judgement]

HELD: Mapping[str, Made] = {
    "h": (
        "usdbn", "monthly",
        [("2024-12-31", 759.0), ("2025-01-31", 760.8), ("2025-02-28", 784.3)], 48,
    )
}  # fmt: skip
YIELD: Mapping[str, Made] = {
    "y": (
        "pct", "daily",
        [("2025-04-04", 4.01), ("2025-04-07", 4.15), ("2025-04-08", 4.26), ("2025-04-09", 4.34),
         ("2025-04-10", 4.40), ("2025-04-11", 4.48)], 0,
    )
}  # fmt: skip
STANDS = 'rule = "level"\nseries = "h"\nunit = "usdbn"\nwithin = 0.5\n'


def test_stands_at_means_the_newest_month_known(judged: Judged) -> None:
    assert judged(STANDS + "value = 761", HELD).outcome is Outcome.HOLDS
    assert judged(STANDS + "value = 759", HELD).outcome is Outcome.DOES_NOT_HOLD
    later = judged(STANDS + "value = 784", HELD, as_of="2025-04-20")
    assert later.outcome is Outcome.HOLDS


def test_an_earlier_months_figure_is_partly_and_named(judged: Judged) -> None:
    found = judged(STANDS + "value = 759\nlookback = 3", HELD)
    assert found.outcome is Outcome.PARTLY
    assert "759.0 $bn was the figure of December 2024" in found.because
    assert [number.value for number in found.numbers] == [760.8, 759.0]


def test_a_level_not_known_names_what_is_missing(judged: Judged) -> None:
    found = judged(STANDS + "value = 759\non = 2025-02-28", HELD)
    assert found.outcome is Outcome.CANNOT_BE_CHECKED
    assert found.needs == ("h for February 2025",)
    none = judged(STANDS + "value = 759", HELD, as_of="2025-04-12", said_on="2025-01-31")
    assert none.outcome is Outcome.DOES_NOT_HOLD
    empty = judged(STANDS + "value = 759", HELD, as_of="2025-02-01", said_on="2025-02-01")
    assert (empty.outcome, empty.needs) == (Outcome.CANNOT_BE_CHECKED, ("h",))


def test_a_months_figure_is_found_by_any_of_its_days(judged: Judged) -> None:
    for day in ("2024-12-01", "2024-12-31"):
        found = judged(STANDS + f"value = 759\non = {day}", HELD)
        assert found.outcome is Outcome.HOLDS


def test_during_the_day_cannot_be_checked_from_closes(judged: Judged) -> None:
    part = 'rule = "level"\nseries = "y"\non = 2025-04-11\nunit = "pct"\nvalue = 4.48\n'
    assert judged(part, YIELD).outcome is Outcome.HOLDS
    found = judged(part + 'observed = "intraday"', YIELD)
    assert found.outcome is Outcome.CANNOT_BE_CHECKED
    assert found.needs == ("quotes of title of y during 11 Apr 2025",)
    assert found.numbers[0].value == 4.48


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(off=st.integers(-40, 40))
def test_property_the_tolerance_decides_and_nothing_else(judged: Judged, off: int) -> None:
    """Property: a difference up to the tolerance holds, in thousandths of a per cent."""
    part = 'rule = "level"\nseries = "y"\non = 2025-04-09\nunit = "pct"\n'
    found = judged(f"{part}value = {4.34 + off / 1000:.3f}", YIELD)
    assert found.outcome is (Outcome.HOLDS if abs(off) <= 5 else Outcome.DOES_NOT_HOLD)


def test_a_spread_in_basis_points_meets_a_series_in_per_cent(judged: Judged) -> None:
    spread = {"s": ("pct", "daily", [("2025-04-09", 1.21)], 0)}
    part = 'rule = "level"\nseries = "s"\non = 2025-04-09\nvalue = 121\nwithin = 0.5\nunit = '
    assert judged(part + '"bp_level"', spread).outcome is Outcome.HOLDS
    assert judged(part + '"pct"', spread).outcome is Outcome.DOES_NOT_HOLD
    with pytest.raises(BadInputError, match="unit 'usdbn' does not fit s, which is in pct"):
        judged(part + '"usdbn"', spread)


def test_the_default_tolerance_is_half_the_last_printed_digit() -> None:
    assert [rounding(u) for u in ("pct", "usdbn", "ratio", "rate")] == [0.005, 0.05, 0.005, 5e-5]


PAST = 'rule = "level_past"\nseries = "y"\nunit = "pct"\n'


def test_past_a_threshold_at_a_close(judged: Judged) -> None:
    assert judged(PAST + "value = 4.45", YIELD).outcome is Outcome.HOLDS
    found = judged(PAST + "value = 4.5", YIELD)
    assert found.outcome is Outcome.DOES_NOT_HOLD
    assert found.needs == ("quotes of title of y within the day",)


def test_touching_a_threshold_is_not_past_it(judged: Judged) -> None:
    assert judged(PAST + "value = 4.48", YIELD).outcome is Outcome.DOES_NOT_HOLD
    below = PAST + 'direction = "below"\nvalue = '
    assert judged(below + "4.15", YIELD).outcome is Outcome.DOES_NOT_HOLD
    assert judged(below + "4.16", YIELD).outcome is Outcome.HOLDS


def test_a_week_not_fully_known_cannot_be_checked_unless_crossed(judged: Judged) -> None:
    late = {"y": (*YIELD["y"][:3], 3)}
    assert judged(PAST + "value = 4.45", late).outcome is Outcome.CANNOT_BE_CHECKED
    assert judged(PAST + "value = 4.2", late).outcome is Outcome.HOLDS


def test_compare_takes_the_newest_of_each(judged: Judged) -> None:
    rate: Made = ("pct", "monthly", [("2025-03-31", 3.35), ("2025-04-30", 9.0)], 7)
    part = 'rule = "compare"\nseries = "y"\nagainst = "r"\n'
    found = judged(part, {**YIELD, "r": rate}, as_of="2025-06-01")
    assert found.outcome is Outcome.HOLDS
    assert found.numbers[2].value == pytest.approx(113.0)
    other = judged(part + 'direction = "below"', {**YIELD, "r": rate})
    assert other.outcome is Outcome.DOES_NOT_HOLD
    with pytest.raises(BadInputError, match="expected one unit"):
        judged(part.replace('"r"', '"h"'), {**YIELD, **HELD})
