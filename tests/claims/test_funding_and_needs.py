"""Funding strain by level, with a percentile at most partly; statements the record cannot judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import pytest

from ustress.claims.verdict import Judgement, Outcome
from ustress.core.errors import BadInputError

Made = tuple[str, str, Sequence[tuple[str, float]], int]
Judged = Callable[..., Judgement]
STRAIN = """rule = "funding_strain"
median = "m"
p99 = "p"
top = "t"
repo = "r"
reserve_rate = "i"
"""
DAYS = [(date(2025, 4, 11) - timedelta(days=back)).isoformat() for back in range(200, -1, -1)]


def market(
    median: float = 4.33, p99: float = 4.45, repo: float = 0.1, day: str = "2025-04-09"
) -> Mapping[str, Made]:
    """A quiet market, the median up and down by a bp, but for one day of the week."""

    def daily(quiet: float, then: float, wobble: float = 0.0) -> list[tuple[str, float]]:
        return [(d, then if d == day else quiet + wobble * (i % 2)) for i, d in enumerate(DAYS)]

    return {
        "m": ("pct", "daily", daily(4.33, median, 0.02), 1),
        "p": ("pct", "daily", daily(4.45, p99), 1),
        "t": ("pct", "daily", daily(4.50, 4.50), 0),
        "i": ("pct", "daily", daily(4.40, 4.40), 0),
        "r": ("usdbn", "daily", daily(0.0, repo), 0),
    }


@pytest.mark.parametrize(
    ("made", "outcome"),
    [
        (market(), Outcome.DOES_NOT_HOLD),
        (market(median=4.42), Outcome.PARTLY),
        (market(median=4.50), Outcome.PARTLY),
        (market(median=4.51), Outcome.HOLDS),
        (market(p99=4.75), Outcome.DOES_NOT_HOLD),
        (market(p99=4.76), Outcome.HOLDS),
        (market(repo=1.0), Outcome.DOES_NOT_HOLD),
        (market(repo=1.1), Outcome.HOLDS),
        (market(median=4.51, p99=4.9, repo=50.0, day="2025-04-04"), Outcome.DOES_NOT_HOLD),
        (market(median=4.51, day="2025-04-05"), Outcome.HOLDS),
    ],
)
def test_levels_decide_and_a_percentile_alone_is_at_most_partly(
    judged: Judged, made: Mapping[str, Made], outcome: Outcome
) -> None:
    assert judged(STRAIN + "percentile = 99", made).outcome is outcome


def test_a_week_of_which_nothing_is_known_cannot_be_checked(judged: Judged) -> None:
    made = dict(market())
    made["p"] = (*made["p"][:3], 30)
    found = judged(STRAIN, made)
    assert found.outcome is Outcome.CANNOT_BE_CHECKED
    assert found.needs == ("p for the week to 11 Apr 2025",)


def test_the_figures_name_both_rates_and_the_day(judged: Judged) -> None:
    found = judged(STRAIN, market(median=4.51))
    gap = next(n for n in found.numbers if n.label == "title of m, most above the top of the range")
    assert (gap.value, gap.unit, gap.day) == (1.0, "bp", date(2025, 4, 9))
    assert "by level: the median rate" in found.because
    assert found.because.endswith("figures to 10 Apr 2025.")


def test_units_of_the_five_series_are_checked(judged: Judged) -> None:
    made = dict(market())
    made["r"] = ("pct", *made["r"][1:])
    with pytest.raises(BadInputError, match="r is in pct; expected usdbn"):
        judged(STRAIN, made)


def test_missing_data_and_mechanisms_cannot_be_checked_and_say_what_they_need(
    judged: Judged,
) -> None:
    data = judged('rule = "needs_data"\nneeds = ["bars", "flows"]\nwhy = "none here"', {})
    assert data.outcome is Outcome.CANNOT_BE_CHECKED
    assert (data.needs, data.because) == (("bars", "flows"), "none here.")
    part = 'rule = "mechanism"\nscenario = "s"\nagainst = "b"\noutcome = "o"\nhorizon_days = 60\n'
    part += 'events = ["ust.10y<0 at 60"]'
    simulated = judged(part, {})
    assert simulated.outcome is Outcome.CANNOT_BE_CHECKED
    assert simulated.needs == ("simulation of 's', 60 business days",)
