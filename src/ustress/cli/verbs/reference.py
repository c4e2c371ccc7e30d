"""`series` and `explain`: what there is and what it means."""

from __future__ import annotations

from typing import Annotated

import typer

from ustress.cli.output import AsOf, Json, emit, emit_json
from ustress.cli.plotting import Plot, check_plot, draw

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME]", help="A series, or a prefix such as tic.")
]
Last = Annotated[int, typer.Option("--last", min=1, help="How many observations.")]
Vintages = Annotated[
    bool, typer.Option("--vintages", help="Every value each date ever had, and its origin.")
]
Revised = Annotated[
    bool, typer.Option("--revisions", help="First releases against what is known now.")
]
Move = Annotated[
    str | None,
    typer.Option(
        "--move",
        metavar="WINDOW",
        help="The newest move over 5d, 3w, 2m or friday: size, standard deviations, record.",
    ),
]
Licensed = Annotated[
    bool, typer.Option("--include-licensed", help="With --json: licensed and own values too.")
]


def series(
    name: Names = None,
    as_of: AsOf = None,
    last: Last = 12,
    vintages: Vintages = False,
    revised: Revised = False,
    move: Move = None,
    include_licensed: Licensed = False,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """The figures behind everything.

    The catalogue of series, or the last observations of one as known on a date.
    """
    from ustress.report import terminal
    from ustress.workflows import series as job
    from ustress.workflows.rights import check_may_leave

    chosen = _one_name(name or [])
    if move is not None:
        _move(chosen, move, as_of, include_licensed=include_licensed, as_json=as_json)
        return
    if revised:
        _revisions(chosen, as_of, last, include_licensed=include_licensed, as_json=as_json)
        return
    check_plot(plot)
    found = job.look_up(chosen, as_of, last=last, vintages=vintages)
    if plot is not None:
        from ustress.workflows.pictures import of_series

        drawn = of_series(chosen or "", as_of)
        check_may_leave(found.infos, include_licensed=include_licensed)
        draw(drawn, plot)
    if as_json and found.rows:
        check_may_leave(found.infos, include_licensed=include_licensed)
    emit_json(found) if as_json else emit(*terminal.series(found))


def _move(
    name: str | None, window: str, as_of: str | None, *, include_licensed: bool, as_json: bool
) -> None:
    from ustress.report.terminal import moves
    from ustress.workflows.moves import move
    from ustress.workflows.rights import check_may_leave

    found = move(name or "", window, as_of)
    if as_json:
        check_may_leave((found.info,), include_licensed=include_licensed)
        emit_json(found)
        return
    emit(*moves.move(found))


def _revisions(
    name: str | None, as_of: str | None, last: int, *, include_licensed: bool, as_json: bool
) -> None:
    from ustress.report.terminal.storage import revisions
    from ustress.workflows import series as job
    from ustress.workflows.rights import check_may_leave

    table = job.revisions(name or "", as_of, last=last)
    if as_json:
        check_may_leave((table.info,), include_licensed=include_licensed)
        emit_json(table)
        return
    emit(*revisions(table))


def _one_name(words: list[str]) -> str | None:
    """The name typed; `show` before it is allowed and says nothing."""
    from ustress.core.errors import BadInputError

    names = words[1:] if words[:1] == ["show"] else words
    if len(names) > 1:
        raise BadInputError(f"'{names[1]}' is one name too many; expected one series or prefix")
    return names[0] if names else None


def explain(
    term: Annotated[str | None, typer.Argument(help="A word used here.")] = None,
    as_json: Json = False,
) -> None:
    """What a word means here.

    Definition, unit and reference; without a word, all of them.
    """
    from ustress.core import glossary
    from ustress.report import terminal

    found = glossary.terms() if term is None else (glossary.lookup(term),)
    emit_json(found) if as_json else emit(*terminal.glossary(found))


def add_to(app: typer.Typer) -> None:
    """Register this file's verbs."""
    app.command("series")(series)
    app.command("explain")(explain)
