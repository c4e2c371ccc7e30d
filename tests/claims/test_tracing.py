"""What a verdict's chart shows: observations that are there, as known then, and what was said."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from ustress.claims import judge, load_claims
from ustress.claims.verdict import Verdict
from ustress.data.store import Store


@lru_cache(maxsize=1)
def verdicts() -> dict[int, Verdict]:
    store = Store()
    claims = load_claims()
    then, today = store.panel(date(2025, 4, 11)), store.panel(store.known_until())
    return {v.number: v for v in judge(claims, then, today)}


def test_points_lie_on_the_line_and_nothing_was_known_later() -> None:
    for verdict in verdicts().values():
        trace = verdict.trace
        if trace is None:
            continue
        line = dict(zip(trace.days.tolist(), trace.values.tolist(), strict=True))
        assert trace.days[-1] <= np.datetime64("2025-04-17"), "the survey of the week said"
        assert len(line) > 1
        for day, value in trace.seen:
            assert line[day] == value, (verdict.number, day)


def test_published_table_claim_one_shows_the_figure_and_what_was_said() -> None:
    """TIC: China 760.8 in January 2025, 759.0 in December 2024."""
    trace = verdicts()[1].trace
    assert trace is not None
    assert (date(2025, 1, 31), 760.8) in trace.seen
    assert {value for _, value in trace.claimed} == {759.0}
    assert trace.unit == "usdbn"


def test_what_needs_data_has_no_chart() -> None:
    for number in (9, 12, 17, 20):
        assert verdicts()[number].trace is None


def test_a_mean_is_no_point() -> None:
    """Claim 7 cites the mean of the past twelve auctions: no observation."""
    trace = verdicts()[7].trace
    assert trace is not None
    assert trace.seen
    assert all(round(value, 2) == value for _, value in trace.seen)
