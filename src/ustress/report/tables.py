"""A table, declared once: the same one becomes HTML, Markdown and a table in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ustress.core.evidence import Evidence
from ustress.core.units import unit
from ustress.report.figures import Figure, Num, Part, Text

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: head, unit in words under it, alignment.

    Columns with the highest `minor` are dropped first where a terminal is too narrow; those with
    0 stay, and pages show all.
    """

    head: str
    unit: str = ""
    align: Align = "left"
    minor: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text, the evidence mark it carries, and whether it is what matters now."""

    text: Text
    evidence: Evidence | None = None
    strong: bool = False
    faint: bool = False

    def __str__(self) -> str:
        return str(self.text)

    @property
    def shown(self) -> str:
        """The text with its mark, for media without markup."""
        return f"{self.text} {self.evidence.mark}" if self.evidence else str(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `group` heads the rows that share it."""

    cells: tuple[Cell, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns with a caption and notes (among them the reasons for missing values)."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()

    def groups(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Rows by group, groups in order of first appearance."""
        names = dict.fromkeys(row.group for row in self.rows)
        return tuple((n, tuple(r for r in self.rows if r.group == n)) for n in names)

    def long_columns(self) -> tuple[bool, ...]:
        """Which columns hold sentences rather than numbers and names."""
        return tuple(
            any(len(str(row.cells[i].text)) > 30 for row in self.rows)
            for i in range(len(self.columns))
        )

    def figures(self) -> Iterator[Figure]:
        """Every figure in it."""
        for text in (self.caption, *self.notes):
            yield from text.figures()
        for row in self.rows:
            for cell in row.cells:
                yield from cell.text.figures()


def cell(*parts: Part, evidence: Evidence | None = None, strong: bool = False) -> Cell:
    """A cell of parts."""
    return Cell(Text(tuple(p for p in parts if p != "")), evidence, strong)


def number(figure: Figure, *, bare: bool = True, mark: bool = False, strong: bool = False) -> Cell:
    """A cell with one figure, bare because the column head carries the unit."""
    shown = Num(figure, "bare" if bare else "unit")
    return Cell(Text((shown,)), figure.evidence if mark else None, strong)


def unit_words(key: str) -> str:
    """A unit as a column head says it."""
    return unit(key).suffix.strip()
