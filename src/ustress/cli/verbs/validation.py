"""`validate`: the published numbers against the model's."""

from __future__ import annotations

import typer

from ustress.cli.output import Json, emit, emit_json, progress
from ustress.cli.plotting import Plot, check_plot, draw


def validate(plot: Plot = None, as_json: Json = False) -> None:
    """Published numbers against the model's.

    Each with layer, horizon, unit, base and role, our interval and a verdict. A miss is a
    verdict; exit 1 only if a comparable number could not be compared.
    """
    from ustress.workflows import validate as job

    check_plot(plot)
    found = job.validate(progress())
    if plot is not None:
        from ustress.workflows.pictures import of_validation

        draw(of_validation(found), plot)
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
