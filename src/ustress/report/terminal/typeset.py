"""A report table in a terminal: as many columns as fit, numbers to the right, one accent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ustress.core.evidence import Evidence
from ustress.report.figures import Text
from ustress.report.tables import Cell, Column, Row, Table

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table as RichTable

ACCENT = "magenta"
_GAP = 2
_LEAST = 16


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table that drops its minor columns, highest first, until it fits the console."""

    table: Table
    titled: bool = True

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        from rich.text import Text as Plain

        if self.titled and self.table.caption:
            yield Plain(_plain(self.table.caption), style="bold")
        if self.table.columns:
            yield _typeset(self.table, _kept(self.table, options.max_width))
        for note in self.table.notes:
            yield Plain(_plain(note), style="dim")
        yield Plain("")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `strong` ones are what matters now."""

    text: Text | str
    strong: bool = False
    faint: bool = False

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        from rich.text import Text as Plain

        style = f"bold {ACCENT}" if self.strong else "dim" if self.faint else ""
        yield Plain(_plain(self.text), style=style)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of aligned words, the last of them at the right edge, and a paragraph under it."""

    head: Text
    right: tuple[tuple[str, str], ...]
    below: str
    indent: int = 4

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        from rich.padding import Padding
        from rich.text import Text as Plain

        ends = Plain("  ").join(Plain(words, style=style) for words, style in self.right)
        head = Plain(_plain(self.head), style="bold", no_wrap=True)
        head.truncate(max(options.max_width - ends.cell_len - 2, 8), overflow="ellipsis", pad=True)
        yield head + Plain("  ") + ends
        if self.below:
            yield Padding(Plain(_plain(self.below), style="dim"), (0, 0, 0, self.indent))


def key() -> Line:
    """The key of the evidence marks."""
    return Line("   ".join(f"{e.mark} {e.value}" for e in Evidence), faint=True)


def _kept(table: Table, width: int) -> list[int]:
    """Columns that stay: drop the most minor until the rest can stand in `width`."""
    kept = list(range(len(table.columns)))
    while _width(table, kept) > width:
        most = max(kept, key=lambda i: (table.columns[i].minor, i))
        if not table.columns[most].minor:
            break
        kept.remove(most)
    return kept


def _width(table: Table, kept: Sequence[int]) -> int:
    """Width needed: numbers in full, words wrapped no narrower than their longest word."""
    return sum(_column_width(table, i) + _GAP for i in kept) - _GAP


def _column_width(table: Table, i: int) -> int:
    column = table.columns[i]
    shown = [len(row.cells[i].shown) for row in table.rows] or [0]
    heads = max(len(column.head), len(column.unit))
    if column.align == "right":
        return max(heads, *shown)
    return max(min(heads, _LEAST), min(max(shown), 30 if i == 0 else _LEAST))


def _typeset(table: Table, kept: Sequence[int]) -> RichTable:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Rich

    made = Rich(
        box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), header_style="bold"
    )
    for i in kept:
        _add_column(made, table.columns[i])
    for group, rows in table.groups():
        if group:
            made.add_row(_styled(group, f"bold {ACCENT}"), *[""] * (len(kept) - 1))
        for row in rows:
            made.add_row(*(_shown(row, i) for i in kept))
    return made


def _add_column(made: RichTable, column: Column) -> None:
    head = f"{column.head}\n{column.unit}" if column.unit else column.head
    right = column.align == "right"
    made.add_column(head, justify=column.align, no_wrap=right, vertical="top")


def _shown(row: Row, i: int) -> Any:
    found: Cell = row.cells[i]
    style = f"bold {ACCENT}" if found.strong else "dim" if found.faint else ""
    return _styled(found.shown, style)


def _styled(words: str, style: str) -> Any:
    from rich.text import Text as Plain

    return Plain(_plain(words), style=style)


def _plain(text: Text | str) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")
