"""`replay`: a dated episode with its measured flows."""

from __future__ import annotations

from typing import Annotated

import typer

from ustress.cli.output import Json, emit, emit_json, progress
from ustress.cli.plotting import Plot, check_plot, draw


def replay(
    episode: Annotated[
        str | None, typer.Argument(help="march-2020, september-2019 or april-2025; none lists all.")
    ] = None,
    paths: Annotated[
        int, typer.Option("--paths", min=100, max=20_000, help="Simulated paths.")
    ] = 2000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same shocks.")] = 7,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """An episode's measured flows into the market of the day before.

    The model against the record; what is left, by named shock, and the rest called unidentified.
    """
    from ustress.report.terminal import replay as shown
    from ustress.workflows import replay as job

    check_plot(plot)
    if episode is None:
        lines = job.episodes()
        emit_json(lines) if as_json else emit(*shown.episodes(lines))
        return
    found = job.replay(episode, paths, seed, progress())
    if plot is not None:
        draw(job.charts(found), plot)
    emit_json(job.replay_form(found)) if as_json else emit(*shown.replay(found))


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command("replay")(replay)
