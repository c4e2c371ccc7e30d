"""`data`: the store, and the publishers it is filled from."""

from __future__ import annotations

from typing import Annotated

import typer

from ustress.cli.output import AsOf, Json, emit, emit_json, note, progress

data = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="The store: what is in it, how old."
)
FAILED = 1


@data.command("status")
def status(as_of: AsOf = None, as_json: Json = False) -> None:
    """Coverage, age, rights and source of every family of series."""
    from ustress.report import terminal
    from ustress.workflows.data import store_status

    found = store_status(as_of)
    if as_json:
        emit_json(found)
        return
    emit(*terminal.data_status(found))
    emit(f"Configuration: {found.configuration}")


@data.command("update")
def update(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]...", help="Sources, or publishers' first words; all."),
    ] = None,
    as_json: Json = False,
) -> int:
    """Fetch what is new from the publishers.

    A source that fails stops no other and is named; the exit code is then 1.
    """
    from ustress.workflows.refresh import update as fetch

    found = fetch(sources or (), progress())
    if as_json:
        emit_json(found)
    else:
        from ustress.report.terminal.refresh import updated

        emit(*updated(found))
    for report in found.failed:
        typer.echo(f"ustress: {report.sentence}", err=True)
    for report in found.skipped:
        note(f"{report.source} left out: {report.status.value} ({report.detail})")
    return FAILED if found.failed else 0


@data.command("check")
def check(
    source: Annotated[str, typer.Argument(help="A source, or a publisher's first word.")],
    as_json: Json = False,
) -> int:
    """Look at a source, live: is it still as it is described? Stores nothing."""
    from ustress.workflows.refresh import check as look

    found = look(source)
    if as_json:
        emit_json(found)
    else:
        from ustress.report.terminal.refresh import checked

        emit(*checked(found))
    bad = [c for c in found if not c.status.fine]
    for c in bad:
        typer.echo(f"ustress: {c.sentence}", err=True)
    return FAILED if bad else 0


def add_to(app: typer.Typer) -> None:
    """Register this file's verbs."""
    app.add_typer(data, name="data")
