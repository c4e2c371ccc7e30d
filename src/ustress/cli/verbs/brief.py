"""`brief`: the written report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ustress.cli.output import AsOf, Json, emit_json, note, progress, tell
from ustress.cli.verbs.simulation import Paths, Seed


def brief(
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="file.html, file.md or file.pdf."),
    ] = None,
    as_of: AsOf = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="DATE", help="Compare with an earlier date."),
    ] = None,
    scenarios: Annotated[
        list[str] | None,
        typer.Option(
            "--scenarios",
            metavar="A,B",
            help="Tell these (A,B) instead of the usual four; two are set against each other.",
        ),
    ] = None,
    runs: Annotated[
        Path | None,
        typer.Option("--runs", metavar="DIR", help="Tell the runs saved there by `run --out`."),
    ] = None,
    paths: Paths = 2000,
    seed: Seed = 7,
    as_json: Json = False,
) -> None:
    """Write the brief of a date.

    State, claims, scenarios, point of no return, who is hit, purchases, limits, methods, sources.
    """
    from ustress.workflows.brief import write_brief

    written = write_brief(
        as_of=as_of, out=out, paths=paths, seed=seed, progress=progress(), numbers_only=as_json,
        against=against, scenarios=_names(scenarios), runs=runs,
    )  # fmt: skip
    if as_json:
        emit_json(written.numbers)
        return
    for line in written.summary:
        tell(line)
    if written.path is not None and written.path.suffix == ".html":
        note("Opens in any browser, needs no network.")


def _names(given: list[str] | None) -> tuple[str, ...]:
    """The scenarios typed, commas between them or the option once for each."""
    return tuple(name.strip() for name in ",".join(given or ()).split(",") if name.strip())


def add_to(app: typer.Typer) -> None:
    """Register this file's verbs."""
    app.command("brief")(brief)
