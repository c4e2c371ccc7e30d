"""Who is hit in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ustress.report import outcome_tables
from ustress.report.figures import Figure, Name, Text, say
from ustress.report.terminal.typeset import Fitted, Line, key

if TYPE_CHECKING:
    from datetime import date

    from rich.console import RenderableType

    from ustress.outcomes.budget_check import CheckRow
    from ustress.outcomes.fed_programme import ProgrammeCheck
    from ustress.outcomes.parameters import Coefficient
    from ustress.outcomes.summary import Group


def outcomes(
    title: str,
    as_of: date,
    paths: int,
    groups: Sequence[Group],
    *,
    told: bool = False,
    left_out: int = 0,
    notes: Sequence[str] = (),
    explain: Sequence[Coefficient] = (),
) -> tuple[RenderableType, ...]:
    """Every group as a table; `told` adds assumptions and what it cannot say.

    `left_out` paths broke off and are not among the `paths`.

    With coefficients to `explain`, how each quantity comes about follows its group, and they end
    the list with errors, samples and methods.
    """
    many = f"{paths:,} paths" if paths > 1 else "one path, without spread"
    out: list[RenderableType] = [
        Line(say("Who is hit: {t}, from {d}: {n}", t=Name(title), d=as_of, n=Name(many)), True)
    ]
    if paths > 1:
        left = Figure("hit.left_out", float(left_out), "count")
        words = "path broke off and is" if left_out == 1 else "paths broke off and are"
        out.append(Line(say("{n} {w} left out", n=left, w=words), faint=True))
    out += [Line(Text((Name(note),))) for note in notes]
    for found in groups:
        out.append(Fitted(outcome_tables.group(found)))
        if explain:
            out += [Line(text, faint=True) for text in outcome_tables.explained(found)]
        if told:
            out += _told(found)
    if explain:
        out.append(Line("Coefficients behind the outcomes", True))
        out += [Line(text) for text in outcome_tables.coefficients(explain)]
    mark = "Marks: of the result, then of the coefficients behind it."
    return (*out, Line(mark, faint=True), key())


def _told(found: Group) -> list[RenderableType]:
    assumed = [f"Assumed: {a}" for a in found.assumptions]
    limits = [f"Cannot say: {c}" for c in found.cannot_say]
    return [Line(Text((Name(words),)), faint=True) for words in (*assumed, *limits)]


def budget_check(rows: Sequence[CheckRow], programme: ProgrammeCheck) -> tuple[RenderableType, ...]:
    """The federal outcome and the Fed's carry held against the record."""
    return (
        Fitted(outcome_tables.budget_check(rows)),
        Line(outcome_tables.programme(programme)),
    )
