"""Pictures of the point of no return: words that do not overlap, partial openings, still bars."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from ustress.report.assumptions import still
from ustress.report.by_pace import AmountMark, PacePoint, PaceView
from ustress.report.charts import frontier, key_frontier, tornado
from ustress.report.charts.base import FULL, NARROW, Absent, Declared
from ustress.report.charts.opened import marked
from ustress.report.figures import words
from ustress.report.tables import Table
from ustress.simulate.frontier.tornado import Bar

HELD_2015 = (("China", 1263.0), ("Japan", 1216.0), ("All officials", 4145.0),
             ("All foreigners", 6138.0))  # fmt: skip


def _view(*paces: int) -> PaceView:
    points = tuple(
        PacePoint(d, 60.0, 10.0, 0.1, 0.01, 20.0, 60.0, 180.0, 0.0, "", "none") for d in paces
    )
    marks = tuple(AmountMark(name, amount, "TIC") for name, amount in HELD_2015)
    return PaceView(0.1, points, 6138.0, "April 2015", marks, ("none",), 100)


def test_words_of_holdings_never_overlap_property() -> None:
    """Property: in a column two words are at least a word's height apart; the lines stay put."""
    placed = frontier._placed(_view(5, 20))
    assert len(placed) == len(HELD_2015)
    assert {column for _, _, column in placed} == {0, 1}, "China's and Japan's lie too near"
    by_name = {mark.label: (below, column) for mark, below, column in placed}
    assert by_name["China"][1] != by_name["Japan"][1]
    assert by_name["All foreigners"][0], "above the topmost line there is no room"


@pytest.mark.parametrize("size", [FULL, NARROW])
def test_one_pace_has_an_axis_and_a_spread(size: Any) -> None:
    """Property: the axis of days has a width, and the draws' spread is drawn."""
    text = json.dumps(frontier.plot(_view(20), size))
    assert '"domain": [12.5, 32.0]' in text
    assert '"strokeWidth": 26' in text
    assert '"strokeWidth": 26' not in json.dumps(frontier.plot(_view(5, 20), size))


def test_a_partial_opening_is_said_on_the_picture() -> None:
    def draw(size: Any) -> dict[str, Any]:
        return {}

    chart = Declared("n", words("t"), words("what"), words("f"), Table(words("c"), (), ()), draw)
    absent = Absent("m", words("t"), words("why"))
    said, other = marked((chart, absent), ("SOFR: the federal funds rate",))
    assert isinstance(said, Declared)
    assert "Partial opening" in str(said.subtitle)
    assert "federal funds rate" in str(said.subtitle)
    assert other is absent
    assert marked((chart,), ()) == (chart,)


def _bar(half: float | None, double: float | None, status: str = "found") -> Bar:
    return Bar("p", "a parameter", "-", 1.0, 0.5, 2.0, half, double, status, "found")


def test_what_moves_nothing_is_no_bar() -> None:
    """By hand: both ends alike near the base are still; an end at nought or apart is not."""
    found: Any = SimpleNamespace(base=SimpleNamespace(value=148.0), most_usdbn=8618.0)
    assert still(found, _bar(141.0, 141.0))
    assert still(found, _bar(147.5, 148.2))
    assert not still(found, _bar(96.0, 170.0))
    assert not still(found, _bar(0.0, 172.0))
    assert not still(found, _bar(None, 148.0, "already_above"))
    assert not still(found, _bar(100.0, 100.0)), "alike, and far from the base"


def test_words_of_long_bars_stand_inside() -> None:
    """By hand: a bar down to nought has its word inside, where the names end."""
    assert tornado._side({"from": 148.0, "to": 0.0}, 230.0) == "inside"
    assert tornado._side({"from": 148.0, "to": 77.0}, 230.0) == "left"
    assert tornado._side({"from": 148.0, "to": 230.0}, 230.0) == "right"


def _keys(*points: tuple[str, float | None]) -> Any:
    def info(key: str) -> Any:
        return SimpleNamespace(key=key, unit_words="days", description="d")

    return SimpleNamespace(
        first=SimpleNamespace(info=info("a"), values=tuple(range(len(points)))),
        second=SimpleNamespace(info=info("b"), values=(0.0, 100.0)),
        points=tuple(SimpleNamespace(status=s, value=v, error=2.0) for s, v in points),
        falls=(False,) * len(points),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((("found", 20.0), ("found", 30.0)), "at b of 20 where a is 0, at 30 where it is 1"),
        ((("found", 20.0), ("not_reached", None)), "at b of 20 alone"),
        ((("already_above", None),) * 2, "b from 0 to 100: more than one chance in ten"),
        ((("already_above", None), ("not_reached", None)), "never one chance in ten"),
    ],
)
def test_a_frontier_of_two_keys_says_what_it_found(points: Any, said: str) -> None:
    """By hand: both ends, one alone, none on one side, none on both."""
    found = _keys(*points)
    assert said in key_frontier._finding(found)
    text = json.dumps(key_frontier.plot(found, FULL))
    for word, status in (("above", "already_above"), ("not reached", "not_reached")):
        assert (f'"{word}"' in text) is any(one == status for one, _ in points)
    shown = key_frontier._shown(found)
    assert shown == (0.0, 100.0) or shown[1] < 50.0, "only what has points where all have"
