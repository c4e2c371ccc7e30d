"""The brief of synthetic contents: alone in the world, complete, escaped, every number marked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from report.reading import read
from report.sample import AS_OF, before, breakpoint_view, contents, snapshot
from ustress.report import brief
from ustress.report.views import Crossing


@pytest.fixture(scope="module")
def page() -> str:
    return brief.render(contents())


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without their drawings, for tests of what is said."""
    monkeypatch.setattr("ustress.report.brief.page.svg", lambda chart, size: "<svg></svg>")


def test_the_page_needs_nothing_from_outside(page: str) -> None:
    assert not re.findall(r"https?://(?!www\.w3\.org/)", page)
    for forbidden in ("<script", "<link", "<img", "@import", "url(http", "src="):
        assert forbidden not in page


def test_the_page_is_well_formed_and_its_ids_are_unique(page: str) -> None:
    reader = read(page)
    assert not reader.open
    assert len(reader.ids) == len(set(reader.ids))


def test_charts_are_figures_with_a_finding(page: str) -> None:
    charts = re.findall(r'<figure id="chart-([a-z0-9-]+)" data-chart', page)
    assert len(charts) >= 13
    assert page.count('role="img"') == len(charts)
    assert page.count("<figcaption>") == len(charts)
    assert page.count("<summary>Figures</summary>") == len(charts)


def test_every_visible_digit_stands_in_a_mark(page: str) -> None:
    """Numbers, dates and names are marked; nothing else shows a digit."""
    assert read(page).bare == []


def test_one_id_is_one_number(page: str) -> None:
    """Where an id appears twice it shows the same value."""
    clashes = {k: v for k, v in read(page).figures.items() if len(v) > 1}
    assert clashes == {}


def test_numbers_are_those_of_the_page(page: str) -> None:
    given = brief.numbers(contents())["numbers"]
    for id_, values in read(page).figures.items():
        value = given[id_]["value"]
        assert values == {"" if value is None else repr(value)}, id_


def test_perturbing_a_figure_changes_the_text(undrawn: None) -> None:
    """Headlines follow their figures: the breaking point, and without one the reading."""
    found = snapshot()
    ten = replace(found.readings[0], value=3.21, changes={"1d": 1.0, "1w": -12.0})
    other = replace(found, readings=(ten, *found.readings[1:]))
    even = replace(breakpoint_view(), crossings=(Crossing(0.5, 250.0, 470.0, None),))
    changed = brief.render(contents(snapshot=other, breakpoint=even))
    assert "$470bn" in changed.split("<h1>")[1][:200]
    assert "\N{MINUS SIGN}12" in changed.split('id="answer-changed"')[1][:400]
    assert "3.210" in changed
    without = brief.render(contents(snapshot=other, breakpoint=None))
    assert "fell by" in without.split("<h1>")[1][:200]


def test_hostile_text_is_escaped(undrawn: None) -> None:
    found = snapshot()
    bad = '<img src=x onerror="alert(1)">'
    reading = replace(found.readings[0], title=bad, family=bad)
    page = brief.render(
        contents(
            snapshot=replace(found, readings=(reading,)), made=((bad, bad),),
            missing={bad: bad}, fragile=(bad,),
        )
    )  # fmt: skip
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_a_missing_value_is_a_dash_with_its_reason(page: str) -> None:
    assert "SOFR of the day is published the next business day" in page
    assert re.search(r'class="missing" title="SOFR of the day[^"]*">—', page)
    assert "nan" not in re.sub(r"<[^>]+>", " ", page).lower().split()


def test_a_date_without_a_simulation_still_gives_a_brief(undrawn: None) -> None:
    why = "no opening state on 3 Jan 1995"
    page = brief.render(
        contents(
            scenarios=(), comparisons=(), breakpoint=None, outcomes=None, parameters=(), opening=(),
            thresholds=None, missing=dict.fromkeys(("scenarios", "breakpoint", "outcomes"), why),
        )
    )  # fmt: skip
    assert why in page
    assert 'id="chart-ten-year" data-chart' in page
    assert 'id="chart-breakpoint" data-chart' not in page


def test_markdown_has_the_sections_tables_and_findings() -> None:
    text = brief.to_markdown(contents())
    for heading in (
        "## What is happening",
        "## What is claimed",
        "## The point of no return",
        "## What purchases would do, and cost",
        "## Methods",
    ):
        assert heading in text
    assert "| ---" in text
    assert "SOFR stood" in text
    assert not re.search(r"<(svg|data|script)", text)


def test_summary_is_ten_lines_at_most() -> None:
    lines = brief.summary(contents())
    assert 5 <= len(lines) <= 10
    assert "$450bn" in lines[0]
    assert "4.480 %" in " ".join(lines)


def test_the_date_is_the_contents_date(page: str) -> None:
    assert f'<time datetime="{AS_OF.isoformat()}">' in page


def test_two_dates_are_set_side_by_side(undrawn: None) -> None:
    page = brief.render(contents(before=before()))
    reader = read(page)
    assert reader.bare == []
    assert {k: v for k, v in reader.figures.items() if len(v) > 1} == {}
    first = page.split('<section id="happening"')[0]
    assert "; it took" in first.split("<h1>")[1].split("</h1>")[0]
    assert re.search(r"then, <data [^>]*>4.480", first)
    assert 'id="against"' in page
    assert '<time datetime="2025-04-04">' in page
    assert 'id="against"' not in brief.render(contents())


def test_two_chosen_scenarios_are_set_against_each_other(undrawn: None) -> None:
    """The difference moves to the simulation's section, unfolded, and into the first screen."""
    page = brief.render(contents(chosen=True, purchases=None))
    first, rest = page.split('<section id="happening"')
    assert "Tactical purchases" in first
    assert "same shocks: ten-year" in first
    assert 'id="chart-difference" data-chart' in rest.split('id="simulation"')[1]
    assert '<div class="grid" id="compare">' in rest
