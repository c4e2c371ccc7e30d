"""How the comparison is shown: honest words, complete rows, a chart that draws, an exit code."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from ustress.calibrate.auction_cost import AuctionsHeld
from ustress.calibrate.fast.record import FastRecord
from ustress.calibrate.validation import Validation, Verdict, validate
from ustress.cli.main import run
from ustress.report import validation_tables as tables
from ustress.report.brief.sections.validated import section_of
from ustress.report.charts.base import NARROW, WIDE, Absent, Declared, chart, svg
from ustress.report.charts.validation import declare_validation
from ustress.report.terminal.validation import validation as in_terminal


@pytest.fixture(scope="module")
def found(dated: FastRecord, held: AuctionsHeld) -> Validation:
    return validate(40, record=dated, held=held)


def test_fitted_rows_are_never_called_reproduced(found: Validation) -> None:
    texts = [str(tables.headline(found)), *(tables.verdict_words(one) for one in found.rows)]
    assert not any("reproduc" in text.lower() for text in texts)
    for one in found.rows:
        if one.fitted:
            assert "(target)" in tables.verdict_words(one)


def test_tables_hold_every_row_once_property(found: Validation) -> None:
    compared, others = tables.validation(found)
    assert len(compared.rows) + len(others.rows) == len(found.rows)
    ids = [figure.id for figure in compared.figures()]
    assert len(ids) == len(set(ids))
    assert {row.group for row in compared.rows} == {tables.HELD, tables.FITTED}


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_declares_every_row(found: Validation, width: int) -> None:
    out = StringIO()
    console = Console(file=out, width=width, highlight=False)
    for part in in_terminal(found):
        console.print(part)
    text = " ".join(out.getvalue().split())
    for one in found.rows:
        assert one.row.finding.split()[0] in text
        assert f"layer: {one.row.layer}" in text
        assert one.row.base.split()[0] in text
    assert "from memory, never fitted" in text


def test_the_chart_draws_at_both_sizes(found: Validation) -> None:
    declared = declare_validation(found)
    assert isinstance(declared, Declared)
    chart(declared)
    for size in (WIDE, NARROW):
        drawn = svg(declared, size)
        assert "<svg" in drawn
        assert "NaN" not in drawn


def test_a_chart_of_nothing_says_why(found: Validation) -> None:
    empty = replace(found, rows=tuple(one for one in found.rows if one.ours is None))
    assert isinstance(declare_validation(empty), Absent)
    assert isinstance(declare_validation(None, "not asked for"), Absent)


def test_the_briefs_section_holds_chart_and_tables(found: Validation) -> None:
    section = section_of(found)
    kinds = [type(block).__name__ for block in section.blocks]
    assert kinds == ["Charts", "Paragraph", "Grid", "Grid"]
    assert str(tables.headline(found)) in str(section.lead)
    assert "no equilibrium" in str(section_of(None, "no equilibrium").lead)


def test_exit_one_only_where_a_comparable_row_was_not_compared(
    found: Validation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ustress.workflows import validate as job

    monkeypatch.setattr(job, "validate", lambda progress: found)
    assert any(one.verdict is Verdict.OUTSIDE for one in found.rows)
    assert run(["-q", "validate", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert first["complete"]
    assert len(first["rows"]) == len(found.rows)

    gap = replace(found.rows[0], ours=None, spread=None, verdict=Verdict.NOT_COMPARED, why="w")
    broken = replace(found, rows=(gap, *found.rows[1:]))
    monkeypatch.setattr(job, "validate", lambda progress: broken)
    assert run(["-q", "validate"]) == 1
    assert "not compared" in capsys.readouterr().out
