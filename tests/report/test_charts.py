"""One battery for every chart: it draws, says what it finds, and needs nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from report.sample import SCENARIOS, contents, fan, history
from ustress.report.charts import catalogue, drawing, palette, parts
from ustress.report.charts.base import NARROW, WIDE, Absent, Declared, Size, chart, spec, svg
from ustress.report.charts.single import declare_fan

NAMES = catalogue.names()
EMPTY = contents(
    histories={}, curves=(), auctions=(), scenarios=(), comparisons=(), breakpoint=None,
    outcomes=None, missing={"scenarios": "no opening state on this date"},
)  # fmt: skip


CONTENTS = contents()


@cache
def declared(name: str) -> Declared:
    found = catalogue.DECLARE[name](CONTENTS)
    assert isinstance(found, Declared)
    return found


@cache
def drawn(name: str, size: Size) -> str:
    return svg(declared(name), size)


def words_of(text: str) -> str:
    tree = ElementTree.fromstring(text)
    return " ".join("".join(node.itertext()) for node in tree.iter() if node.tag.endswith("text"))


@pytest.mark.parametrize("name", NAMES)
def test_svg_is_valid_and_alone(name: str) -> None:
    for size in declared(name).sizes:
        text = drawn(name, size)
        ElementTree.fromstring(text)
        assert not re.findall(r"https?://(?!www\.w3\.org/)", text)
        assert "<script" not in text
        assert "<image" not in text
        assert words_of(text).strip()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_its_own_says_finding_quantity_and_source(name: str) -> None:
    found = declared(name)
    said = words_of(svg(found, WIDE, titled=True)).replace("\xa0", " ")
    for text in (found.title, found.subtitle, found.foot):
        first = str(text).replace("\xa0", " ").split()[:4]
        assert all(word in said for word in first), (text, said[:400])


@pytest.mark.parametrize("name", NAMES)
def test_altair_accepts_the_declaration(name: str) -> None:
    """Second route: Altair validates against Vega-Lite's schema and gives the same mapping."""
    one = contents(scenarios=CONTENTS.scenarios[:1])  # one panel is as valid as four
    found = catalogue.DECLARE[name](one)
    assert isinstance(found, Declared)
    again = chart(found).to_dict(context={"pre_transform": False})
    assert set(spec(found)) >= set(again) - {"datasets", "data"}


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_gives_its_data(name: str) -> None:
    table = declared(name).table
    assert table.rows
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    assert any(True for _ in table.figures())


def small_text(text: str) -> Sequence[float]:
    return [float(size) for size in re.findall(r'font-size="([\d.]+)px"', text)]


@pytest.mark.parametrize("name", NAMES)
def test_text_stays_legible_on_a_phone(name: str) -> None:
    """At 360 px the drawing has 328 px: no text may fall below 10.4 px there."""
    text = drawn(name, NARROW)
    width = float(re.findall(r'width="([\d.]+)"', text)[0])
    assert min(small_text(text)) * min(328 / width, 1.0) >= 10.4


@pytest.mark.parametrize("name", [n for n in NAMES if n != "composite"])
def test_without_figures_a_chart_says_why(name: str) -> None:
    found = catalogue.DECLARE[name](EMPTY)
    assert isinstance(found, Absent)
    assert str(found.reason)


def test_finding_follows_the_figures() -> None:
    """Property: another history, another title."""
    rise = history("ust.10y", "pct", 4.0, 0.0)
    up = replace(rise, values=np.append(rise.values[:-1], 4.47))
    down = replace(rise, values=np.append(rise.values[:-1], 3.90))
    titles = []
    for one in (up, down):
        found = catalogue.DECLARE["ten-year"](contents(histories={"ust.10y": one}))
        titles.append(str(found.title).replace("\xa0", " "))
    assert "rose by 47 bp" in titles[0]
    assert "fell by 10 bp" in titles[1]


def test_a_drawing_is_the_same_whatever_was_drawn_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Property: drawn anew, the same bytes; Vega numbers its ids through a process."""
    nothing = SimpleNamespace(get=lambda _: None, put=lambda *_: None)
    monkeypatch.setattr(drawing, "_KEPT", nothing)
    first, second = (svg(declared("ten-year-fan"), NARROW) for _ in range(2))
    assert "clip" in first
    assert first == second


def test_ids_in_a_page_never_collide() -> None:
    ids = [
        found
        for name in NAMES
        for size in declared(name).sizes
        for found in set(re.findall(r' id="([^"]+)"', drawn(name, size)))
    ]
    assert len(ids) == len(set(ids))


def test_one_fan_alone() -> None:
    found = declare_fan(fan("ust.10y", "pct", 4.5, 0.2, 0.3), "baseline", "Baseline")
    assert "Baseline" in str(found.title)
    ElementTree.fromstring(svg(found, titled=True))


def test_colours_are_one_to_one_and_scenarios_keep_theirs() -> None:
    lights = [pair[0] for pair in palette.ROLES.values()]
    assert len(set(lights)) == len(lights)
    roles = [palette.scenario_role(key) for key, *_ in SCENARIOS]
    assert len(set(roles)) == len(roles)
    assert palette.scenario_role("my-own") == palette.scenario_role("my-own")


def test_spread_keeps_order_gap_and_range() -> None:
    """Property: labels never overlap, never change order, never leave the panel."""
    given = [0.0, 0.01, 0.02, 1.0]
    placed = parts.spread(given, 0.1, (0.0, 1.0))
    assert placed == sorted(placed)
    assert min(np.diff(placed)) >= 0.1 - 1e-6
    assert placed[0] >= 0.0
    assert placed[-1] <= 1.0 + 1e-9
