"""`data`: the store."""

from __future__ import annotations

import typer

from ustress.cli.output import AsOf, Json, emit, emit_json

data = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="The store: what is in it, how old."
)


@data.command("status")
def status(as_of: AsOf = None, as_json: Json = False) -> None:
    """Coverage, age, rights and source of every family of series."""
    from ustress.report import terminal
    from ustress.workflows.data import store_status

    found = store_status(as_of)
    emit_json(found) if as_json else emit(*terminal.data_status(found))


@data.callback()
def _data() -> None:
    """Keeps `data` a group of verbs although it has one so far."""


def add_to(app: typer.Typer) -> None:
    """Register this file's verbs."""
    app.add_typer(data, name="data")
