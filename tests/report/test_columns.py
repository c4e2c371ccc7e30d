"""Widths of printed columns: numbers whole, sentences as few lines as the measure allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ustress.report.brief.columns import GAP_CHARACTERS, LINE_CHARACTERS, unbroken, widths_pct
from ustress.report.figures import words
from ustress.report.tables import Column, Row, Table, cell

SENTENCE = "own regression on weekly changes, 1,321 weeks, robust errors " * 4


def table(*rows: tuple[str, ...], aligns: tuple[str, ...]) -> Table:
    columns = tuple(Column("h", align="right" if a == "right" else "left") for a in aligns)
    return Table(words("t"), columns, tuple(Row(tuple(cell(c) for c in row)) for row in rows))


def test_a_sentence_gets_the_room_that_numbers_leave() -> None:
    """By hand: 12 characters and the gap for the number, the rest for the words."""
    made = widths_pct(table(("1,234,567.89", SENTENCE), aligns=("right", "left")))
    assert made[0] == pytest.approx(100 * (12 + GAP_CHARACTERS) / LINE_CHARACTERS, abs=0.5)


def test_lists_of_numbers_break_after_a_comma_only() -> None:
    found = table(("0.1 to 0.2, 0.3 to 0.4", "a"), aligns=("right", "left"))
    assert unbroken(found.rows[0].cells[0], found.columns[0]) == (
        "0.1\u00a0to\u00a00.2, 0.3\u00a0to\u00a00.4"
    )
    assert unbroken(found.rows[0].cells[1], found.columns[1]) == "a"


@given(st.lists(st.text("ab ,1", max_size=90), min_size=1, max_size=8))
def test_widths_fill_the_measure(cells: list[str]) -> None:
    """Property: one width a column, all positive, together the whole measure."""
    aligns = tuple("right" if i % 2 else "left" for i in range(len(cells)))
    made = widths_pct(table(tuple(cells), tuple(reversed(cells)), aligns=aligns))
    assert len(made) == len(cells)
    assert min(made) > 0
    assert sum(made) == pytest.approx(100.0)


def test_a_table_without_rows_has_widths() -> None:
    assert sum(widths_pct(table(aligns=("left", "right")))) == pytest.approx(100.0)
