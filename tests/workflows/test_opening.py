"""Which days can be simulated, and what moves the answers between two of them."""

from __future__ import annotations

from datetime import date

from ustress.simulate.explain import explain_difference
from ustress.workflows.opening import complete_days, open_on
from ustress.workflows.simulation import breaking_point


def test_the_days_that_can_be_simulated() -> None:
    """From SOFR's first publication to the last whole curve of the embedded figures."""
    assert complete_days() == (date(2018, 4, 4), date(2026, 2, 27))


def test_two_dates_differ_in_named_inputs_and_in_the_answer() -> None:
    """Against toys: April 2025 (dealers full, volatile) against a calm day with room."""
    april, calm = open_on("2025-04-11"), open_on("2021-06-30")
    moved = {one.name: one for one in explain_difference(calm, april)}
    for name in ("dealers.use", "curve.10y", "curve.10y.realised_vol", "fed.reserves"):
        assert name in moved
        assert moved[name].first != moved[name].second
    assert moved["dealers.use"].change > 0
    chances = [
        breaking_point(day, paths=400, amounts=[0, 200]).intervention
        for day in ("2021-06-30", "2025-04-11")
    ]
    gap = chances[1].chance[1] - chances[0].chance[1]
    assert gap > 3 * float((chances[0].error[1] ** 2 + chances[1].error[1] ** 2) ** 0.5)
