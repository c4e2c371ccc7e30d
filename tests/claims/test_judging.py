"""Parts together, then and today, what cannot be seen yet, and the JSON form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ustress.claims import judge, judge_one, load_claims, parse_claims, to_json
from ustress.claims.judging import combine
from ustress.claims.verdict import Judgement, Outcome
from ustress.core.jsonform import dumps
from ustress.core.panel import Panel, Series

Made = tuple[str, str, Sequence[tuple[str, float]], int]
Known = Callable[[str, Mapping[str, Made]], Panel]
Judged = Callable[..., Judgement]
Figures = Callable[[str], Panel]
H, D, P, C = Outcome.HOLDS, Outcome.DOES_NOT_HOLD, Outcome.PARTLY, Outcome.CANNOT_BE_CHECKED


@pytest.mark.parametrize(
    ("outcomes", "all_of_them", "any_of_them"),
    [
        ((H, H), H, H), ((D, D), D, D), ((C, C), C, C), ((P, P), P, P),
        ((H, D), P, H), ((H, C), P, H), ((H, P), P, H),
        ((D, C), D, C), ((P, D), P, P), ((P, C), P, P), ((D, C, H), P, H), ((), C, C),
    ],
)  # fmt: skip
def test_joint_statements(
    outcomes: tuple[Outcome, ...], all_of_them: Outcome, any_of_them: Outcome
) -> None:
    assert combine(outcomes, "all") is all_of_them
    assert combine(outcomes, "any") is any_of_them


@given(st.lists(st.sampled_from(list(Outcome)), max_size=5))
def test_property_order_and_repetition_do_not_matter(outcomes: list[Outcome]) -> None:
    for joint in ("all", "any"):
        assert combine(outcomes, joint) is combine([*outcomes[::-1], *outcomes], joint)


LEVEL = """
[[claim.part]]
label = "{}"
rule = "level"
series = "y"
on = 2025-04-11
unit = "pct"
value = {}
counts = {}
"""
HEAD = "said_on = 2025-04-11\n[[claim]]\nnumber = 1\ntitle = 't'\ntext = 't'\n"
YIELD: Mapping[str, Made] = {"y": ("pct", "daily", [("2025-04-11", 4.48)], 0)}


def test_a_part_beside_is_shown_and_does_not_decide(known_on: Known) -> None:
    parts = LEVEL.format("right", 4.48, "true") + LEVEL.format("wrong", 9, "false")
    both = (known_on("2025-04-11", YIELD), known_on("2025-04-11", YIELD))
    (verdict,) = judge(parse_claims(HEAD + parts, "m"), *both)
    assert verdict.then.outcome is H
    assert verdict.then.parts[1][:2] == ("wrong (beside, does not decide)", D)
    assert "wrong" not in verdict.would_change


def test_partly_says_which_part(known_on: Known) -> None:
    parts = LEVEL.format("right", 4.48, "true") + LEVEL.format("wrong", 9, "true")
    found = judge_one(parse_claims(HEAD + parts, "m")[0], known_on("2025-04-11", YIELD))
    assert found.outcome is P
    assert "right: holds" in found.because
    assert "wrong: does not hold" in found.because


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    later=st.lists(
        st.tuples(st.integers(1, 300), st.floats(-50, 50, allow_nan=False)), min_size=1, max_size=8
    )
)
def test_property_nothing_known_later_changes_what_was_judged_then(
    known_on: Known, later: list[tuple[int, float]]
) -> None:
    """Property: figures observed or published after the date leave the judgement as it was."""
    base = [(f"2025-0{m}-{d:02}", 3 + m / 10 + d / 100) for m in (1, 2, 3) for d in range(1, 29)]
    week = [("2025-04-04", 4.01), ("2025-04-11", 4.48)]
    added = [
        (date.fromordinal(date(2025, 4, 11).toordinal() + days).isoformat(), value)
        for days, value in dict(later).items()
    ]
    parts = """
    [[claim.part]]
    label = "week"
    rule = "change"
    series = "y"
    window = "week"
    direction = "up"
    [[claim.part]]
    label = "high"
    rule = "record_level"
    series = "y"
    extreme = "highest"
    since = 2025-01-02
    """
    claim = parse_claims(HEAD + parts, "m")[0]
    before = known_on("2025-04-11", {"y": ("pct", "daily", [*base, *week], 0)})
    after = known_on("2025-04-11", {"y": ("pct", "daily", [*base, *week, *added], 0)})
    assert judge_one(claim, before) == judge_one(claim, after)


def _cut(panel: Panel, as_of: date) -> Panel:
    """A later panel with all that became known after `as_of` taken out of it."""

    def load(names: tuple[str, ...]) -> dict[str, Series]:
        cut = {}
        for name in names:
            panel.preload((name,))
            series = panel._seen[name]
            keep = series.known <= np.datetime64(as_of, "D")
            cut[name] = Series(
                series.info, series.dates[keep], series.values[keep], series.known[keep],
                series.known_exact[keep],
            )  # fmt: skip
        return cut

    return Panel(as_of, as_of, panel.infos, load)


@pytest.mark.parametrize("day", ["2025-04-11", "2025-05-20", "2025-07-01"])
def test_no_look_ahead_on_the_embedded_figures(figures: Figures, day: str) -> None:
    """Second route: today's panel cut at the date gives the judgement of the date's own panel."""
    cut = _cut(figures("today"), date.fromisoformat(day))
    for claim in load_claims():
        assert judge_one(claim, figures(day)) == judge_one(claim, cut)


@pytest.mark.parametrize(
    ("number", "series", "day", "value", "outcome"),
    [
        (4, "ust.par.10y", "2025-04-11", 4.51, H),
        (5, "ust.par.10y", "2025-04-11", 4.20, D),
        (7, "auction.3y.bid_to_cover", "2025-04-08", 2.0, P),
        (8, "funding.sofr", "2025-04-09", 4.55, H),
        (8, "funding.sofr.p99", "2025-04-09", 4.80, H),
        (8, "fed.repo_operations.accepted", "2025-04-08", 30.0, H),
        (10, "quoted.credit.ig_spread", "2025-04-09", 1.25, H),
        (10, "quoted.credit.ig_spread", "2025-04-09", 0.90, D),
        (13, "quoted.mortgage.30y", "2025-04-10", 6.70, P),
        (14, "debt.rate.marketable", "2025-03-31", 3.0, P),
        (15, "quoted.market.spx", "2025-04-11", 4880.0, P),
    ],
)
def test_property_another_figure_another_verdict(
    figures: Figures, number: int, series: str, day: str, value: float, outcome: Outcome
) -> None:
    """Property: the verdicts hang on the figures; moving one past its threshold turns them."""
    panel = figures("2025-04-11")
    before = panel[series]
    values = before.values.copy()
    at = before.index_on_or_before(date.fromisoformat(day))
    assert at is not None
    assert before.at(at).day == date.fromisoformat(day)
    values[at] = value
    after = Series(before.info, before.dates, values, before.known, before.known_exact)

    def load(names: tuple[str, ...]) -> dict[str, Series]:
        panel.preload(names)
        return {name: after if name == series else panel._seen[name] for name in names}

    moved = Panel(panel.as_of, panel.latest_known, panel.infos, load)
    claim = next(claim for claim in load_claims() if claim.number == number)
    assert judge_one(claim, panel).outcome is not outcome
    assert judge_one(claim, moved).outcome is outcome


def test_the_json_form(figures: Figures) -> None:
    then, today = figures("2025-04-11"), figures("today")
    form = to_json(judge(load_claims(), then, today), then.as_of, today.as_of)
    assert list(form) == ["as_of", "known_until", "claims"]
    assert (form["as_of"], form["known_until"]) == ("2025-04-11", today.as_of.isoformat())
    assert json.loads(dumps(form)) == form
    fifth = form["claims"][4]
    assert (fifth["number"], fifth["verdict"], fifth["verdict_today"]) == (5, "holds", "holds")
    assert {"title", "text", "numbers", "rule", "needs", "would_change"} <= set(fifth)
    first = fifth["numbers"][0]
    assert (first["value"], first["unit"], first["known"]) == (47.0, "bp", "2025-04-11")
    assert "ust.par.10y" in first["source"]
