"""What an update or a look at a source found, in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from ustress.report.figures import Day, Figure, Name, Text, say, words
from ustress.report.tables import Cell, Column, Row, Table, cell, number
from ustress.report.terminal.typeset import Fitted, Line

if TYPE_CHECKING:
    from rich.console import RenderableType

_SHOWN = 12


class _Updated(Protocol):
    @property
    def day(self) -> date: ...
    @property
    def reports(self) -> Sequence[Any]: ...
    @property
    def failed(self) -> Sequence[Any]: ...
    @property
    def store(self) -> str: ...


def updated(found: _Updated) -> tuple[RenderableType, ...]:
    """An update: one row a source, then what was held back and why."""
    columns = (
        Column("Source"), Column("Result"), Column("New", align="right"),
        Column("Revised", align="right"), Column("As before", align="right", minor=2),
        Column("Held back", align="right", minor=1), Column("Newest", align="right"),
    )  # fmt: skip
    done = len(found.reports) - len(found.failed)
    caption = say(
        "Update of {d}: {n} of {m} sources as they should be",
        d=found.day,
        n=Figure("update.done", float(done), "count"),
        m=Figure("update.sources", float(len(found.reports)), "count"),
    )
    rows = tuple(_source_row(report) for report in found.reports)
    held = [(report, case) for report in found.reports for case in report.quarantined]
    return (Fitted(Table(caption, columns, rows)), *_held_lines(held))


def _source_row(r: Any) -> Row:
    def counted(name: str) -> Cell:
        return number(Figure(f"update.{r.source}.{name}", float(getattr(r, name)), "count"))

    held = number(Figure(f"update.{r.source}.held", float(len(r.quarantined)), "count"))
    result = Cell(Text((Name(r.status.value),)), strong=not r.status.fine)
    return Row((
        cell(Name(r.source)), result, counted("added"), counted("revised"), counted("repeated"),
        held, cell(Day(r.newest, "no figure came")),
    ))  # fmt: skip


def _held_lines(held: Sequence[tuple[Any, Any]]) -> list[RenderableType]:
    if not held:
        return []
    lines: list[RenderableType] = [Line("Held back, for a person to look at:", strong=True)]
    for _, (row, why) in held[:_SHOWN]:
        lines.append(Line(f"{row.series} of {row.day}: {row.value:g}: {why}"))
    if len(held) > _SHOWN:
        lines.append(Line(f"and {len(held) - _SHOWN} more (--json names all)", faint=True))
    return lines


def checked(found: Sequence[Any]) -> tuple[RenderableType, ...]:
    """Live looks at sources: verdict, address, columns missing and new, what was never checked."""
    parts: list[RenderableType] = []
    for check in found:
        parts.append(Line(check.sentence, strong=True))
        parts.append(Line(check.asked, faint=True))
        listed = (
            ("Expected", check.expected), ("Missing", check.missing), ("New", check.new),
            ("Labels nobody claims", check.unmapped), ("Never checked", check.unverified),
        )  # fmt: skip
        parts += [Line(words(f"{label}: {_short(names)}")) for label, names in listed if names]
        parts.append(Line(""))
    return tuple(parts)


def _short(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
