"""`monitor` and `claims`: the state of the market and what is said about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ustress.cli.output import AsOf, Json, detail, emit, emit_json, note


def monitor(as_of: AsOf = None, as_json: Json = False) -> None:
    """The state of the market on a date.

    Every indicator with its change, percentile, record and age, and the composite.
    """
    from ustress.workflows.market import market

    snapshot = market(as_of)
    detail(f"newest figure known {snapshot.known_until}; {len(snapshot.readings)} indicators")
    if as_json:
        emit_json(snapshot)
        return
    from ustress.report import terminal

    emit(*terminal.monitor(snapshot))


def claims(
    file: Annotated[
        Path | None, typer.Argument(help="A TOML file of claims; April 2025's is built in.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Judge as known then; the file's own date."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Verdicts on what is said of the market.

    Each claim is judged as known on the date and as known today, side by side.
    """
    from ustress.workflows.claims import judge_claims

    judged = judge_claims(file, as_of)
    if as_json:
        emit_json(judged.to_json())
        return
    from ustress.report import terminal

    emit(*terminal.claims(judged.verdicts, judged.as_of, judged.known_until))
    note("`ustress claims --json` gives every number, rule and source.")


def add_to(app: typer.Typer) -> None:
    """Register this file's verbs."""
    app.command("monitor")(monitor)
    app.command("claims")(claims)
