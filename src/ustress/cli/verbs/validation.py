"""`validate`: the published numbers against the model's."""

from __future__ import annotations

import typer

from ustress.cli.output import Json, emit, emit_json, progress


def validate(as_json: Json = False) -> None:
    """Published numbers against the model's.

    Each with layer, horizon, unit, base and role, our interval and a verdict. A miss is a
    verdict; exit 1 only if a comparable number could not be compared.
    """
    from ustress.workflows import validate as job

    found = job.validate(progress())
    if as_json:
        emit_json(job.validation_form(found))
    else:
        from ustress.report.terminal.validation import validation

        emit(*validation(found))
    if not found.complete:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register this file's verb."""
    app.command("validate")(validate)
