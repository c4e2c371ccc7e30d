"""The charts and tables of who is hit: valid drawings whose titles carry figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import StringIO

import pytest

from outcomes.courses import single, step, walks
from ustress.core.panel import Panel
from ustress.data.store import Store
from ustress.outcomes.course import Course, of_run
from ustress.outcomes.groups import GROUPS, Setting, group
from ustress.outcomes.summary import Group
from ustress.report import outcome_tables
from ustress.report.charts import interest, ranges
from ustress.report.charts.base import NARROW, WIDE, Absent, Declared, chart, svg
from ustress.report.charts.hit import CHARTS, charts
from ustress.report.charts.ranges import Range
from ustress.report.views import YearPath

APRIL = date(2025, 4, 11)


@dataclass(frozen=True)
class Found:
    title: str
    scenario: str
    against: str | None
    as_of: date
    paths: int
    groups: tuple[Group, ...]


@pytest.fixture(scope="module")
def found() -> Callable[[Course, Course | None], Found]:
    panel: Panel = Store().panel(APRIL)
    setting = Setting(panel, mortgage_pct=6.62)

    def of(course: Course, against: Course | None = None) -> Found:
        groups = tuple(group(key, setting, course, against) for key in GROUPS)
        other = None if against is None else against.name
        return Found(course.title, course.name, other, APRIL, course.kept.size, groups)

    return of


@pytest.fixture(scope="module")
def difference(found: Callable[[Course, Course | None], Found]) -> Found:
    up, flat = walks(60, drift=0.01), walks(60)
    return found(of_run(up, flat), of_run(flat, up))


def test_every_group_has_a_chart_that_draws(difference: Found) -> None:
    """Property: valid Vega-Lite, a finding with a figure, a foot with source and day."""
    drawn = charts(difference)
    assert len(drawn) == len(GROUPS) == len(CHARTS)
    for one in drawn:
        assert isinstance(one, Declared), one
        assert any(True for _ in one.title.figures()), one.name
        assert "11\N{NO-BREAK SPACE}Apr\N{NO-BREAK SPACE}2025" in str(one.foot)
        assert "billions" in str(one.subtitle) or "p" in str(one.subtitle)
        chart(one, NARROW)
    assert "<svg" in svg(drawn[2], NARROW)  # type: ignore[arg-type]


def test_what_is_missing_is_said(found: Callable[[Course, Course | None], Found]) -> None:
    hit = found(single(ust_10y=step(0.5, 4.48)), None)
    drawn = {one.name: one for one in charts(hit)}
    equity = drawn["hit-equity"]
    assert isinstance(equity, Declared)  # the discount rate is known from the ten-year alone
    fed = drawn["hit-fed"]
    assert isinstance(fed, Absent)
    assert "carries no fed.purchases" in str(fed.reason)
    table = outcome_tables.group(next(g for g in hit.groups if g.key == "fed"))
    assert any("carries no fed.reserves" in str(note) for note in table.notes)
    with_range = outcome_tables.group(hit.groups[0])
    assert all("nan" not in str(c).lower() for row in with_range.rows for c in row.cells)


def test_many_paths_have_a_spread_and_one_has_a_value(
    found: Callable[[Course, Course | None], Found], difference: Found
) -> None:
    """Property: mean and median side by side over paths; one path has neither; no rows, no head."""
    many = outcome_tables.group(difference.groups[0])
    assert {"Mean", "±", "Median", "5 to 95 %"} <= {c.head for c in many.columns}
    one = found(single(ust_10y=step(0.5, 4.48)), None)
    tables = {g.key: outcome_tables.group(g) for g in one.groups}
    heads = [c.head for c in tables["households"].columns]
    assert heads == ["Quantity", "When", "Unit", "Value", "Without", "Coefficients"]
    assert not tables["corporations"].columns
    assert not tables["corporations"].rows
    assert tables["corporations"].notes
    rate = next(c for c in charts(one) if c.name == "hit-households")
    assert isinstance(rate, Declared)
    ended = str(rate.draw(WIDE))
    row = one.groups[1].line("households.mortgage_rate")
    assert row is not None
    assert ended.count(f"'text': '{row.bands[0.5][-1]:.2f}'") == 2  # once, on its ground


def test_paths_that_broke_off_are_counted(difference: Found) -> None:
    """Property: a run says how many are left out, a path of one's own has none to leave out."""
    from rich.console import Console

    from ustress.report.terminal.hit import outcomes

    def said(paths: int, left_out: int) -> str:
        console = Console(record=True, width=100, file=StringIO())
        console.print(*outcomes("A run", APRIL, paths, difference.groups[:1], left_out=left_out))
        return console.export_text()

    assert "17 paths broke off and are left out" in said(383, 17)
    assert "1 path broke off and is left out" in said(99, 1)
    assert "left out" not in said(1, 0)


def test_labels_have_no_sign_on_nought_and_stand_clear_of_names() -> None:
    """Property: nought has no sign; a label that would be under its name is at the other end."""
    size = WIDE
    far = Range("Real estate shares", -0.3, -3.9, -1.0, 0.5, 1.2)
    near = Range("Of it: the rest", -0.3, -0.6, -0.4, 0.1, 0.2)
    spec = str(
        ranges.plot([far, near, Range("Nought", -0.04, -0.3, -0.1, 0.1, 0.3)], "accent", 1, size)
    )
    assert "'text': '0.0'" in spec
    years = YearPath("baseline", (2025, 2026), (0.0, -0.3), (-2.0, -2.0), (2.0, 2.0))
    assert "'text': '0'" in str(interest.plot((years,), {"baseline": ""}, size))
    data = [ranges._datum(i, r, 1) for i, r in enumerate((far, near))]
    assert ranges._ends(data, (-4.5, 2.0), size) == ["high", "low"]
