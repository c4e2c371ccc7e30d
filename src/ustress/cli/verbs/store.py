"""`data import` and `data verify`: a reader's own file, and the health of the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ustress.cli.output import Json, emit, emit_json, note
from ustress.cli.verbs.data import data

UNSOUND = 1
IncludeLicensed = Annotated[
    bool,
    typer.Option("--include-licensed", help="With --json: licensed and own values too."),
]


def import_(
    file: Annotated[Path, typer.Argument(help="CSV, Parquet or Excel (.xlsx).")],
    mapping: Annotated[
        Path, typer.Option("--map", metavar="MAP.toml", help="Which column is what.")
    ],
    include_licensed: IncludeLicensed = False,
    as_json: Json = False,
) -> None:
    """Read your own file.

    All of it or nothing: a mistake is named with its row and column, and nothing is stored.
    """
    from ustress.workflows.importing import import_file

    found = import_file(file, mapping, values=include_licensed or not as_json)
    if as_json:
        emit_json(found)
        return
    from ustress.report.terminal.storage import imported

    emit(*imported(found))


def verify(
    repair: Annotated[
        bool, typer.Option("--repair", help="Move damaged files aside, rebuild what can be.")
    ] = False,
    release: Annotated[
        list[str] | None,
        typer.Option("--release", metavar="ID", help="Let a value in that waits in quarantine."),
    ] = None,
    include_licensed: IncludeLicensed = False,
    as_json: Json = False,
) -> int:
    """Is the store what was written?

    Hashes of every file and raw answer, rows against the catalogue, values in quarantine.
    """
    from ustress.workflows.verify import verify as look

    values = include_licensed or not as_json
    found = look(repair=repair, release=tuple(release or ()), values=values)
    if as_json:
        emit_json(found)
    else:
        from ustress.report.terminal.storage import verified

        emit(*verified(found))
    if not found.sound and not repair:
        note("`ustress data verify --repair` moves damaged files aside and rebuilds what it can.")
    return 0 if found.sound else UNSOUND


def add_to(_app: typer.Typer) -> None:
    """Register this file's verbs, in the group `data` that registers itself."""
    data.command("import")(import_)
    data.command("verify")(verify)
