"""How wide the columns of a printed table are: as few lines as the measure allows.

A typesetter that weighs every cell of every table takes longer than all else together, and gives
a sentence the width of a word. Here characters are counted instead.
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from ustress.report.tables import Cell, Column, Table

Ints = NDArray[np.int64]

LINE_CHARACTERS = 128
"""Of the type of tables on A4 between the margins."""
GAP_CHARACTERS = 2
LONGEST_WORD = 16
STEP = 2
"""Characters by which a column grows at a time."""


def widths_pct(table: Table, line: int = LINE_CHARACTERS) -> tuple[float, ...]:
    """Per cent of the measure for each column; they add up to 100.

    Numbers are never broken: their columns are as wide as their longest; lists of them break after
    a comma. What is left goes step by step where it saves most lines, else to the longest column.
    """
    none = [[0] * len(table.columns)]
    lengths = np.array([[_length(c) for c in row.cells] for row in table.rows] or none, np.int64)
    heads = np.array([max(_word(c.head), _word(c.unit)) for c in table.columns])
    least = [_least(table, i) for i in range(len(table.columns))]
    width = _grown(np.maximum(np.maximum(least, heads), 1) + GAP_CHARACTERS, lengths, line)
    return tuple(100.0 * width / width.sum())


def unbroken(cell: Cell, column: Column) -> str:
    """What a cell shows, a number without places where a line may break."""
    if column.align == "left":
        return cell.shown
    return ", ".join(part.replace(" ", "\u00a0") for part in cell.shown.split(", "))


def _least(table: Table, i: int) -> int:
    cells = [unbroken(row.cells[i], table.columns[i]) for row in table.rows]
    longest = max((_word(text) for text in cells), default=0)
    return longest if table.columns[i].align == "right" else min(longest, LONGEST_WORD)


def _grown(width: Ints, lengths: Ints, line: int) -> Ints:
    columns = np.arange(width.size)
    for _ in range(max(0, line - int(width.sum())) // STEP):
        room = width - GAP_CHARACTERS
        short = columns[lengths[:, columns].max(axis=0) > room[columns]]
        if short.size == 0:
            break
        saved = [_lines(lengths, room + STEP * (np.arange(room.size) == j)) for j in short]
        longest = lengths[:, short].sum(axis=0) / room[short]
        best = np.lexsort((-longest, saved))[0]
        width[short[best]] += STEP
    return width


def _lines(lengths: Ints, room: Ints) -> int:
    """Of the whole table: every row is as high as its highest cell."""
    return int((-(-lengths // np.maximum(room, 1))).max(axis=1).sum())


def _length(cell: Cell) -> int:
    """Characters, one in ten lost where lines break between words."""
    length = len(cell.shown)
    return ceil(1.1 * length) if length > LONGEST_WORD else length


def _word(text: str) -> int:
    return max((len(word) for word in text.split(" ")), default=0)
