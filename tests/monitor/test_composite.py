"""The composite: it adds up, sees only the past, and says when it cannot be had."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from ustress.core.panel import Panel, Series
from ustress.monitor import build, composite_history, composite_of
from ustress.monitor.build import composite_with_parts
from ustress.monitor.composite import composite, fridays, history, scores_on
from ustress.monitor.membership import MEMBERS, Member, member_keys
from ustress.monitor.percentile import percentile_of_last
from ustress.monitor.reading import take_reading
from ustress.monitor.registry import INDICATORS
from ustress.monitor.track import Track

FiguresOn = Callable[[str], Panel]
PanelFrom = Callable[[date, Mapping[str, Series]], Panel]


def tracks_of(panel: Panel) -> dict[str, Track]:
    both = {i.key: take_reading(i, panel)[1] for i in INDICATORS if i.stress}
    return {key: track for key, track in both.items() if track is not None}


@pytest.mark.parametrize("day", ["2012-03-09", "2020-03-18", "2025-04-11", "2026-02-27"])
def test_contributions_add_up_exactly(figures_on: FiguresOn, day: str) -> None:
    whole = build(figures_on(day)).composite
    assert whole.value is not None
    parts = whole.contributions
    assert math.fsum(p.value for p in parts) == pytest.approx(whole.value, abs=1e-12)
    assert math.fsum(whole.by_family().values()) == pytest.approx(whole.value, abs=1e-12)
    assert len({p.family for p in parts}) >= 4
    assert all(0 < p.score < 1 and p.value == p.weight * p.score for p in parts)
    for family in {p.family for p in parts}:
        weights = {round(p.weight, 12) for p in parts if p.family == family}
        assert len(weights) == 1, "members of a family weigh the same"


def test_scores_are_the_percentiles_shown(figures_on: FiguresOn) -> None:
    """Second route: the reading's percentile, turned where a low value is stress."""
    snapshot = build(figures_on("2025-04-11"))
    turned = {i.key: i.stress for i in INDICATORS}
    for part in snapshot.composite.contributions:
        percentile = snapshot[part.key].percentile
        assert percentile is not None
        expected = percentile / 100 if turned[part.key] > 0 else 1 - percentile / 100
        assert part.score == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("day", ["2013-06-21", "2020-03-20", "2025-04-11"])
def test_no_look_ahead_the_history_holds_what_was_shown_then(
    figures_on: FiguresOn, day: str
) -> None:
    """Property: the composite of a Friday, built then, is that Friday's value in the history."""
    days, values = composite_history(figures_on("2026-02-27"))
    then = build(figures_on(day)).composite
    at = int(np.flatnonzero(days == np.datetime64(day))[0])
    assert then.value == pytest.approx(values[at], abs=1e-12)
    assert then.percentile == percentile_of_last(values[: at + 1])


def test_it_begins_with_four_families_and_says_so_before(figures_on: FiguresOn) -> None:
    """Before 2003 yields, funding, currencies and TIC lack the past: not covered, not flagged."""
    days, values = composite_history(figures_on("2025-04-11"))
    assert ((values > 0) & (values < 1)).all()
    assert np.datetime64("2003-01-01") < days[0] < np.datetime64("2004-01-01")
    early = build(figures_on("1998-10-09")).composite
    assert early.value is None
    assert early.percentile is None
    assert early.contributions == ()
    assert early.reason.startswith("1 of at least 4 families present: curve")
    late = build(figures_on("2002-12-06")).composite
    assert late.value is None
    assert "weeks of scores" in late.reason


def test_the_history_adds_up_every_week(figures_on: FiguresOn) -> None:
    whole = composite_with_parts(figures_on("2026-02-27"))
    np.testing.assert_allclose(np.nansum(whole.contributions, axis=0), whole.values, atol=1e-12)
    families = whole.by_family()
    np.testing.assert_allclose(sum(families.values()), whole.values, atol=1e-12)


def test_a_retired_input_leaves_the_past_alone(figures_on: FiguresOn) -> None:
    """Property: closing a member's entry from a day on changes nothing before that day."""
    tracks = tracks_of(figures_on("2025-04-11"))
    day = date(2025, 4, 11)
    before = history(INDICATORS, tracks, day)
    end = date(2022, 1, 7)
    changed = tuple(
        replace(m, until=end, why="made for the test") if m.key == "dealers.use" else m
        for m in MEMBERS
    )
    changed += (Member("curve.10y.realised_vol", since=end),)
    after = history(INDICATORS, tracks, day, changed)
    early = before.dates < np.datetime64(end)
    np.testing.assert_array_equal(after.values[after.dates < np.datetime64(end)],
                                  before.values[early])  # fmt: skip
    last = composite(INDICATORS, tracks, day, changed)
    assert "dealers" not in last.by_family()
    assert "dealers" in composite(INDICATORS, tracks, day).by_family()


def test_every_declared_direction_is_a_member_and_every_member_an_indicator() -> None:
    assert set(member_keys()) == {i.key for i in INDICATORS if i.stress}
    for member in MEMBERS:
        assert set(member.replaced_by) <= {i.key for i in INDICATORS}
        assert member.until is None or member.why


def test_stress_raises_it(figures_on: FiguresOn) -> None:
    """Property: pushing any input's newest value towards stress raises the composite."""
    tracks = tracks_of(figures_on("2025-04-11"))
    day = date(2025, 4, 11)
    usual = composite(INDICATORS, tracks, day)
    assert usual.value is not None
    for part in usual.contributions:
        one = next(i for i in INDICATORS if i.key == part.key)
        values = tracks[one.key].values.copy()
        values[-1] = one.stress * 1e6
        pushed = composite(
            INDICATORS, {**tracks, one.key: replace(tracks[one.key], values=values)}, day
        )
        assert pushed.value is not None
        assert pushed.value > usual.value, part.key


def test_old_inputs_drop_out_and_the_rest_still_adds_up(
    figures_on: FiguresOn, panel_from: PanelFrom
) -> None:
    """Two months on without new figures: only what is not stale by its own limit remains."""
    panel = figures_on("2025-04-11")
    held = {n: s for i in INDICATORS for n in i.sources if (s := panel.get(n)) is not None}
    soon = build(panel_from(date(2025, 4, 11) + timedelta(days=6), held))
    present = {p.key for p in soon.composite.contributions}
    assert "curve.10y.realised_vol" not in present, "par yields are old after five days"
    assert "fed.custody.change_4w" in present
    for reading in soon.readings:
        assert not (reading.stale and reading.key in present)
    late = build(panel_from(date(2025, 7, 11), held)).composite
    assert late.value is None
    assert "families present" in late.reason


def test_a_score_needs_a_year_of_past(figures_on: FiguresOn) -> None:
    """SOFR begins on 3 April 2018 (New York Fed): no score before 3 April 2019."""
    tracks = tracks_of(figures_on("2025-04-11"))
    sofr = next(i for i in INDICATORS if i.key == "funding.sofr_iorb")
    days = fridays(date(2018, 1, 1), date(2020, 1, 1))
    scores = scores_on(sofr, tracks[sofr.key], days)
    assert str(days[np.isfinite(scores)][0]) == "2019-04-05"


def test_a_revision_does_not_hide_what_was_available() -> None:
    """The second value was revised after the third came out: it was there all the same."""
    days = np.array(["2024-01-01", "2024-02-01", "2024-03-01"], "datetime64[D]")
    known = np.array(["2024-01-10", "2024-06-10", "2024-03-10"], "datetime64[D]")
    track = Track(days, np.arange(3.0), known, np.zeros(3, bool), ("x",), 40)
    assert [str(d) for d in track.available()] == ["2024-01-10", "2024-03-10", "2024-03-10"]


def test_known_episodes_stand_out(figures_on: FiguresOn) -> None:
    """Theory: since 2011 March 2020 and April 2025 lie among the worst tenth, quiet 2017 not.

    FOMC minutes and Federal Reserve purchases date March 2020; the Desk's account April 2025.
    """
    days, values = composite_history(figures_on("2026-02-27"))
    since = days >= np.datetime64("2011-07-01")
    days, values = days[since], values[since]
    limit = np.quantile(values, 0.90)
    for week in ("2020-03-20", "2025-04-11"):
        assert values[days == np.datetime64(week)][0] > limit
    quiet = (days >= np.datetime64("2017-04-01")) & (days < np.datetime64("2018-01-01"))
    assert values[quiet].max() < limit


def test_the_composite_alone_is_the_monitors(figures_on: FiguresOn) -> None:
    """Second route: from the members alone, and from every indicator."""
    panel = figures_on("2025-04-11")
    assert composite_of(panel) == build(panel).composite


def test_a_weekend_without_news_moves_nothing(figures_on: FiguresOn) -> None:
    """Property: the week that ended on Friday enters once, so Saturday's value is Friday's."""
    friday, saturday, sunday = (
        composite_of(figures_on(day)) for day in ("2025-04-11", "2025-04-12", "2025-04-13")
    )
    assert saturday.value == sunday.value == friday.value
    assert saturday.percentile == friday.percentile
