"""`brief`: the written report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ustress.cli.output import AsOf, Json, emit_json, note, progress
from ustress.cli.verbs.simulation import Paths, Seed


def brief(
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="file.html, file.md or file.pdf."),
    ] = None,
    as_of: AsOf = None,
    paths: Paths = 2000,
    seed: Seed = 7,
    as_json: Json = False,
) -> None:
    """Write the brief of a date.

    State, claims, scenarios, breaking point, who is hit, limits, sources and glossary.
    """
    from ustress.workflows.brief import write_brief

    written = write_brief(
        as_of=as_of, out=out, paths=paths, seed=seed, progress=progress(), numbers_only=as_json
    )
    if as_json:
        emit_json(written.numbers)
        return
    for line in written.summary:
        typer.echo(line)
    if written.path is not None and written.path.suffix == ".html":
        note("Opens in any browser, needs no network.")


def add_to(app: typer.Typer) -> None:
    """Register this file's verbs."""
    app.command("brief")(brief)
