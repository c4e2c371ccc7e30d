"""What an import brought, the health of the store, and revisions, in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ustress.report.figures import Day, Figure, Name, say
from ustress.report.tables import Column, Row, Table, cell, number, unit_words
from ustress.report.terminal.typeset import Fitted, Line

if TYPE_CHECKING:
    from rich.console import RenderableType


def imported(found: Any) -> tuple[RenderableType, ...]:
    """What became of a reader's file."""
    if found.bars or found.bars_repeated:
        words = say(
            "{f}: {b} new bars of {s}, {r} as before",
            f=Name(found.file), b=_count("import.bars", found.bars),
            s=Name(", ".join(found.series)), r=_count("import.repeated", found.bars_repeated),
        )  # fmt: skip
        return (Line(words, strong=True),)
    words = say(
        "{f}: {a} values added, {v} revised, {r} as before, {q} kept out",
        f=Name(found.file), a=_count("import.added", found.added),
        v=_count("import.revised", found.revised), r=_count("import.repeated", found.repeated),
        q=_count("import.quarantined", len(found.quarantined)),
    )  # fmt: skip
    return (Line(words, strong=True), *held(found.quarantined))


def verified(found: Any) -> tuple[RenderableType, ...]:
    """The health of the store: repairs, faults, quarantine."""
    parts: list[RenderableType] = [Line(f"Repaired: {done}") for done in found.repaired]
    if found.repaired:
        words = say(
            "{n} rows came back from raw answers; the files moved aside held {m}",
            n=_count("verify.rebuilt", found.rebuilt), m=_count("verify.lost", found.lost),
        )  # fmt: skip
        parts.append(Line(words))
    parts += [Line(f"Fault: {problem}", strong=True) for problem in found.problems]
    released = say("{n} values let in", n=_count("verify.released", len(found.released)))
    parts += [Line(released)] if found.released else []
    state = "Every file is what was written." if found.sound else "The store is not sound."
    parts += [Line(state, strong=True), Line(found.root, faint=True), *held(found.quarantine)]
    return tuple(parts)


def held(cases: Sequence[Any]) -> tuple[RenderableType, ...]:
    """Values in quarantine, with the ids to release them by."""
    if not cases:
        return ()
    columns = (
        Column("Id"), Column("Series"), Column("Date", align="right"), Column("Why it waits"),
    )  # fmt: skip
    rows = tuple(
        Row((cell(Name(c.id)), cell(Name(c.series)), cell(Day(c.day)), cell(Name(_why(c)))))
        for c in cases
    )
    caption = say(
        "{n} values wait to be looked at; `ustress data verify --release ID` lets one in",
        n=_count("quarantine", len(cases)),
    )
    return (Fitted(Table(caption, columns, rows)),)


def revisions(found: Any) -> tuple[RenderableType, ...]:
    """First releases against what is known now."""
    info = found.info
    words = unit_words(info.unit)
    columns = (
        Column("Date", align="right"), Column("First", words, "right"),
        Column("Known", align="right", minor=2), Column("Now", words, "right"),
        Column("Known", align="right", minor=1), Column("Revision", words, "right"),
        Column("Vintages", align="right", minor=3),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Day(r.day)), _value(f"{info.name}.{r.day}.first", r.first, info),
            cell(Day(r.first_known)), _value(f"{info.name}.{r.day}", r.now, info),
            cell(Day(r.now_known)), _value(f"{info.name}.{r.day}.revision", r.change, info),
            number(_count(f"{info.name}.{r.day}.vintages", r.vintages)),
        ))
        for r in found.rows
    )  # fmt: skip
    caption = say(
        "{n} of {m} days known on {d} were revised since the store first knew them",
        n=_count("revisions.revised", found.revised),
        m=_count("revisions.days", found.observations),
        d=found.as_of,
    )
    return (Line(f"{info.name}: {info.title}", strong=True), Fitted(Table(caption, columns, rows)))


def _value(key: str, value: float, info: Any) -> Any:
    return number(Figure(key, value, info.unit, info.evidence))


def _count(key: str, n: int) -> Figure:
    return Figure(key, float(n), "count")


def _why(case: Any) -> str:
    return str(case.reason) if case.value is None else f"{case.value:g}: {case.reason}"
