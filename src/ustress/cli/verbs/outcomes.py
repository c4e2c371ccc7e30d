"""`outcomes`: who is hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ustress.cli.output import AsOf, Json, emit, emit_json, progress
from ustress.cli.plotting import Plot, check_plot, draw
from ustress.cli.verbs.simulation import Horizon, Paths, Seed, Set
from ustress.core.errors import BadInputError

if TYPE_CHECKING:
    from ustress.workflows.who_is_hit import WhoIsHit

Assume = Annotated[
    list[str] | None,
    typer.Option(
        "--assume", metavar="KEY=VALUE", help="Replace an assumption, as in budget.deficit=6.5."
    ),
]


def outcomes(
    first: Annotated[
        str | None,
        typer.Argument(help="A scenario, a saved run's folder, or a CSV path of your own."),
    ] = None,
    against: Annotated[
        str | None, typer.Argument(help="Less this scenario or saved run, on the same shocks.")
    ] = None,
    as_of: AsOf = None,
    paths: Paths = 2000,
    seed: Seed = 7,
    horizon: Horizon = 252,
    overrides: Set = None,
    assume: Assume = None,
    check: Annotated[
        bool, typer.Option("--check", help="Roll the debt forward from past dates instead.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="How each number comes about; errors, samples, methods."),
    ] = False,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """Who is hit, and by how much.

    Budget, households, corporations, equity holders, foreign central banks, the Fed, other
    markets: along a scenario, the difference of two, or your own path (a CSV with a column
    `date` and columns named as observables, `ust.10y` for example).
    """
    if check:
        if plot is not None:
            raise BadInputError("--plot: --check draws nothing; expected one or the other")
        _check(as_json=as_json)
        return
    if first is None:
        raise BadInputError("outcomes: expected a scenario, a saved run's folder or a CSV path")
    from ustress.workflows import who_is_hit as job

    check_plot(plot)
    found = job.outcomes(
        first,
        against,
        as_of=as_of,
        paths=paths,
        seed=seed,
        horizon=horizon,
        overrides=tuple(overrides or ()),
        assume=tuple(assume or ()),
        progress=progress(),
    )
    if plot is not None:
        from ustress.workflows.pictures import of_outcomes

        draw(of_outcomes(found), plot)
    if as_json:
        emit_json(found.to_json())
    else:
        show(found, told=True, explain=explain)


def _check(*, as_json: bool) -> None:
    from ustress.workflows.budget_check import budget_check

    found = budget_check()
    if as_json:
        emit_json(found.to_json())
        return
    from ustress.report.terminal.hit import budget_check as tables

    emit(*tables(found.rows, found.programme))


def show(found: WhoIsHit, *, told: bool = False, explain: bool = False) -> None:
    """Print the groups as tables."""
    from ustress.report.terminal.hit import outcomes as tables

    behind = found.coefficients() if explain else ()
    emit(
        *tables(
            found.title, found.as_of, found.paths, found.groups, told=told,
            left_out=found.left_out, notes=found.notes, explain=behind,
        )
    )  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Register this file's verb."""
    app.command("outcomes")(outcomes)
