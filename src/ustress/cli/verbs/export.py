"""`export`: any result or series as a file with units and citations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ustress.cli.output import AsOf, Json, emit_json, note, progress
from ustress.core.errors import BadInputError

if TYPE_CHECKING:
    from ustress.report.sheets import Export


def export(
    series: Annotated[
        list[str] | None, typer.Argument(metavar="[SERIES]...", help="Series, or prefixes.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="file.csv, file.parquet or file.xlsx."),
    ] = None,
    as_of: AsOf = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Series: from DATE on.")
    ] = None,
    monitor: Annotated[bool, typer.Option("--monitor", help="Every indicator.")] = False,
    claims: Annotated[bool, typer.Option("--claims", help="The verdicts.")] = False,
    run: Annotated[
        Path | None, typer.Option("--run", metavar="DIR", help="A run saved by `run --out`.")
    ] = None,
    breakpoint_: Annotated[
        bool, typer.Option("--breakpoint", help="The point of no return, by pace and amount.")
    ] = False,
    outcomes: Annotated[
        str | None,
        typer.Option("--outcomes", metavar="A[,B]", help="Who is hit by A (less B)."),
    ] = None,
    include_licensed: Annotated[
        bool, typer.Option("--include-licensed", help="Licensed and own values too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """A result or series as a file.

    CSV, Parquet or XLSX by the file's ending, with units, sources, dates known and rights.
    """
    from ustress.workflows import export as job

    asked = (bool(series), monitor, claims, run is not None, breakpoint_, outcomes is not None)
    if sum(asked) != 1:
        raise BadInputError(
            "export takes one thing at a time; expected series, --monitor, --claims, --run DIR, "
            "--breakpoint or --outcomes"
        )
    if out is None:
        raise BadInputError("export needs -o; expected file.csv, file.parquet or file.xlsx")
    if since is not None and not series:
        raise BadInputError("--since belongs to series; expected names of series with it")
    job.check(out)
    made: Export
    if series:
        made = job.of_series(series, as_of, since, include_licensed=include_licensed)
    elif monitor:
        made = job.of_monitor(as_of, include_licensed=include_licensed)
    elif claims:
        made = job.of_claims(None, as_of, progress(), include_licensed=include_licensed)
    elif run is not None:
        made = job.of_run(run)
    elif outcomes is not None:
        first, _, against = outcomes.partition(",")
        made = job.of_outcomes(first, against or None, as_of, progress())
    else:
        made = job.of_breakpoint(as_of, progress=progress())
    found = job.write(made, out)
    if as_json:
        emit_json(found)
        return
    typer.echo(f"{found.path}")
    note(f"{found.title}: {found.rows:,} rows, {found.sources} sources, as known on {found.as_of}")


def add_to(app: typer.Typer) -> None:
    """Register this file's verb."""
    app.command("export")(export)
