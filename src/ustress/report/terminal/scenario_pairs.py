"""Two scenarios key by key in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ustress.report.figures import Name, words
from ustress.report.tables import Column, Row, Table, cell
from ustress.report.terminal.typeset import Fitted, Line

if TYPE_CHECKING:
    from rich.console import RenderableType


class _Difference(Protocol):
    @property
    def first(self) -> str: ...
    @property
    def second(self) -> str: ...
    @property
    def keys(self) -> tuple[Any, ...]: ...


def difference(found: _Difference) -> tuple[RenderableType, ...]:
    """The keys on which two scenarios differ, with both values."""
    if not found.keys:
        return (Line(f"{found.first} and {found.second} simulate the same"),)
    columns = (
        Column("Key"), Column(found.first, align="right"), Column(found.second, align="right"),
        Column("Meaning", minor=1),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(k.key)), cell(Name(_said(k.first))), cell(Name(_said(k.second))),
            cell(Name(k.description)),
        ))
        for k in found.keys
    )  # fmt: skip
    return (Fitted(Table(words("What differs"), columns, rows)),)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)
