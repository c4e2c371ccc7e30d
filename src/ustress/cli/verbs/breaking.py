"""`breakpoint`: how much selling, and how fast, is too much."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ustress.cli.output import AsOf, Json, emit, emit_json, progress
from ustress.cli.plotting import Plot, check_plot, draw
from ustress.cli.verbs.simulation import Partial, Paths, Seed, Workers

SecondKey = Annotated[
    str | None, typer.Argument(metavar="", hidden=True, help="The second key of --by.")
]
Days = Annotated[
    int, typer.Option("--business-days", min=1, max=250, help="The sale lasts this long.")
]
Within = Annotated[
    int, typer.Option("--within", min=1, max=250, help="Purchases within so many days.")
]
Amounts = Annotated[
    str | None,
    typer.Option("--amounts", metavar="A,B,…", help="Amounts to try, $bn; a grid is built in."),
]
Paces = Annotated[
    str | None,
    typer.Option("--paces", metavar="D,E,…", help="Business days the sale takes, 1 to 250."),
]
Beside = Annotated[
    str | None, typer.Option("--scenario", help="What else happens on the frontier.")
]
Policy = Annotated[str | None, typer.Option("--policy", help="Only this policy without purchases.")]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="KEY1 KEY2", help="Along two keys of a scenario, as KEY or KEY=low:high."
    ),
]
Tornado = Annotated[
    bool, typer.Option("--tornado", help="Each assumed parameter at half and twice its value.")
]


def breakpoint_(
    second: SecondKey = None,
    as_of: AsOf = None,
    paths: Paths = 2000,
    seed: Seed = 7,
    business_days: Days = 20,
    within: Within = 60,
    amounts: Amounts = None,
    paces: Paces = None,
    by: By = None,
    scenario: Beside = None,
    policy: Policy = None,
    tornado: Tornado = False,
    workers: Workers = 2,
    plot: Plot = None,
    partial: Partial = False,
    as_json: Json = False,
) -> None:
    """How much selling, and how fast, is too much.

    The point of no return by amount and pace, and the chance of purchases by amount at one pace;
    with --by along any two keys of a scenario; with --tornado what assumptions do to it.
    """
    from ustress.workflows import simulation as job

    check_plot(plot)
    keys = _keys(by, second)
    shared: dict[str, Any] = {
        "as_of": as_of, "seed": seed, "workers": workers, "progress": progress(),
        "partial": partial,
    }  # fmt: skip
    drawn: dict[str, Any] = {**shared, "paths": paths, "scenario": scenario, "policy": policy}
    if tornado:
        _show_tornado(job.assumptions_tornado(sale_days=business_days, **shared), plot, as_json)
    elif keys:
        _show_keys(job.breaking_keys(*keys, **drawn), plot, as_json)
    else:
        grid: dict[str, Any] = {"within_days": within, "amounts": amounts, "paces": paces}
        found = job.breaking_point(sale_days=business_days, **grid, **drawn)
        _show(found, plot, as_json)


def _keys(by: str | None, second: str | None) -> tuple[str, str] | None:
    """The two keys, typed as `--by A B` or `--by A,B`."""
    from ustress.core.errors import BadInputError

    if by is None:
        if second is not None:
            raise BadInputError(f"'{second}' is not expected; breakpoint takes options only")
        return None
    first, _, rest = by.partition(",") if second is None else (by, "", second)
    if not first or not rest:
        raise BadInputError(f"--by {by} is one key; expected two, as in --by KEY1 KEY2")
    return first, rest


def _show(found: Any, plot: Path | None, as_json: bool) -> None:
    if plot is not None:
        from ustress.workflows.pictures import of_breakpoint

        draw(of_breakpoint(found), plot)
    if as_json:
        from ustress.workflows.forms import breakpoint_form

        emit_json(breakpoint_form(found))
        return
    from ustress.report import terminal

    emit(*terminal.breakpoint_(found))


def _show_keys(found: Any, plot: Path | None, as_json: bool) -> None:
    from ustress.report.charts.key_frontier import declare_keys
    from ustress.report.charts.opened import marked
    from ustress.report.terminal.frontier import by_keys
    from ustress.workflows.forms import key_frontier_form

    if plot is not None:
        draw(marked((declare_keys(found),), found.provenance.partial), plot)
    emit_json(key_frontier_form(found)) if as_json else emit(*by_keys(found))


def _show_tornado(found: Any, plot: Path | None, as_json: bool) -> None:
    from ustress.report.charts.opened import marked
    from ustress.report.charts.tornado import declare_tornado
    from ustress.report.terminal.frontier import bars
    from ustress.workflows.forms import tornado_form

    if plot is not None:
        draw(marked((declare_tornado(found),), found.provenance.partial), plot)
    emit_json(tornado_form(found)) if as_json else emit(*bars(found))


def add_to(app: typer.Typer) -> None:
    """Register this file's verb."""
    app.command("breakpoint")(breakpoint_)
