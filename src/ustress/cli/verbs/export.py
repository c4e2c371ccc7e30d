"""`export`: any result or series as a file with units and citations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ustress.cli.output import AsOf, Json, emit_json, note, progress
from ustress.core.errors import BadInputError

if TYPE_CHECKING:
    from ustress.report.sheets import Export


Series = Annotated[
    list[str] | None, typer.Argument(metavar="[SERIES]...", help="Series, or prefixes.")
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="FILE", help="file.csv, file.parquet or file.xlsx."),
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Series: from DATE on.")]
Monitor = Annotated[bool, typer.Option("--monitor", help="Every indicator.")]
Claims = Annotated[bool, typer.Option("--claims", help="The verdicts.")]
SavedRun = Annotated[
    Path | None, typer.Option("--run", metavar="DIR", help="A run saved by `run --out`.")
]
PointOfNoReturn = Annotated[
    bool, typer.Option("--breakpoint", help="The point of no return, by pace and amount.")
]
Outcomes = Annotated[
    str | None, typer.Option("--outcomes", metavar="A[,B]", help="Who is hit by A (less B).")
]
Licensed = Annotated[bool, typer.Option("--include-licensed", help="Licensed and own values too.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported: exactly one of these."""

    series: tuple[str, ...]
    monitor: bool
    claims: bool
    run: Path | None
    breakpoint: bool
    outcomes: str | None

    def check(self, since: str | None) -> None:
        """Refuse none and several, and `--since` without series."""
        asked = (
            bool(self.series), self.monitor, self.claims, self.run is not None, self.breakpoint,
            self.outcomes is not None,
        )  # fmt: skip
        if sum(asked) != 1:
            raise BadInputError(
                "export takes one thing at a time; expected series, --monitor, --claims, "
                "--run DIR, --breakpoint or --outcomes"
            )
        if since is not None and not self.series:
            raise BadInputError("--since belongs to series; expected names of series with it")


def export(
    series: Series = None,
    out: Out = None,
    as_of: AsOf = None,
    since: Since = None,
    monitor: Monitor = False,
    claims: Claims = False,
    run: SavedRun = None,
    breakpoint_: PointOfNoReturn = False,
    outcomes: Outcomes = None,
    include_licensed: Licensed = False,
    as_json: Json = False,
) -> None:
    """A result or series as a file.

    CSV, Parquet or XLSX by the file's ending, with units, sources, dates known and rights.
    """
    from ustress.workflows import export as job

    asked = Asked(tuple(series or ()), monitor, claims, run, breakpoint_, outcomes)
    asked.check(since)
    if out is None:
        raise BadInputError("export needs -o; expected file.csv, file.parquet or file.xlsx")
    job.check(out)
    found = job.write(_made(asked, as_of, since, include_licensed=include_licensed), out)
    if as_json:
        emit_json(found)
        return
    typer.echo(f"{found.path}")
    note(f"{found.title}: {found.rows:,} rows, {found.sources} sources, as known on {found.as_of}")


def _made(asked: Asked, as_of: str | None, since: str | None, *, include_licensed: bool) -> Export:
    """The tables of what was asked for."""
    from ustress.workflows import export as job

    if asked.series:
        return job.of_series(asked.series, as_of, since, include_licensed=include_licensed)
    if asked.monitor:
        return job.of_monitor(as_of, include_licensed=include_licensed)
    if asked.claims:
        return job.of_claims(None, as_of, progress(), include_licensed=include_licensed)
    if asked.run is not None:
        return job.of_run(asked.run)
    if asked.outcomes is not None:
        first, _, against = asked.outcomes.partition(",")
        return job.of_outcomes(first, against or None, as_of, progress())
    return job.of_breakpoint(as_of, progress=progress())


def add_to(app: typer.Typer) -> None:
    """Register this file's verb."""
    app.command("export")(export)
