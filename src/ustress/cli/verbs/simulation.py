"""`run` and `compare`: what could happen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ustress.cli.output import AsOf, Json, detail, emit, emit_json, note, progress
from ustress.cli.plotting import Plot, check_plot, draw

if TYPE_CHECKING:
    from ustress.simulate.ensemble import Ensemble
    from ustress.workflows.result import Run
    from ustress.workflows.who_is_hit import WhoIsHit

Paths = Annotated[int, typer.Option("--paths", min=100, max=1_000_000, help="Simulated paths.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Same seed, same shocks.")]
Horizon = Annotated[
    int, typer.Option("--horizon", min=1, max=1260, help="Business days to simulate.")
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Override a key; `ustress scenarios --keys`."),
]
Outcomes = Annotated[bool, typer.Option("--outcomes", help="Also who is hit, and by how much.")]
Workers = Annotated[
    int,
    typer.Option("--workers", min=1, max=64, help="Blocks of paths at a time; same result."),
]
Event = Annotated[
    list[str] | None,
    typer.Option("--event", metavar="EVENT", help="An event to report, as 'ust.10y>6 by 60'."),
]
Worst = Annotated[
    int | None,
    typer.Option("--worst", min=1, max=100, help="Show the paths with the highest closes."),
]
By = Annotated[
    str, typer.Option("--worst-by", metavar="NAME", help="The observable that --worst ranks.")
]
Gradient = Annotated[
    str | None,
    typer.Option("--gradient", metavar="NAME@DAY", help="A mean's derivative in each parameter."),
]
Partial = Annotated[
    bool,
    typer.Option("--partial", help="Before April 2018: open with stand-ins marked assumed."),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Save the run here.")]


def run(
    scenario: Annotated[str, typer.Argument(help="A built-in scenario or a TOML file.")],
    as_of: AsOf = None,
    paths: Paths = 2000,
    seed: Seed = 7,
    horizon: Horizon = 252,
    overrides: Set = None,
    out: Out = None,
    outcomes: Outcomes = False,
    plot: Plot = None,
    workers: Workers = 2,
    events: Event = None,
    worst: Worst = None,
    worst_by: By = "ust.10y",
    gradient: Gradient = None,
    partial: Partial = False,
    as_json: Json = False,
) -> None:
    """Simulate a scenario.

    The opening state is the one of the date; `ustress scenarios` lists what there is. With
    --gradient the run's mean is differentiated and nothing else is shown.
    """
    settings, asked = tuple(overrides or ()), tuple(events or ())
    if gradient is not None:
        _gradient(scenario, gradient, as_of, paths, seed, settings, as_json, partial=partial)
        return
    _check_held(paths if outcomes else 0)
    from ustress.workflows import simulation as job

    check_plot(plot)
    result = job.run(
        scenario,
        as_of=as_of,
        paths=paths,
        seed=seed,
        horizon=horizon,
        overrides=settings,
        out=out,
        progress=progress(),
        workers=workers,
        events=asked,
        partial=partial,
    )
    hit = _who_is_hit(result) if outcomes else None
    _tell(result, asked, worst, worst_by, hit, as_json=as_json)
    if out is not None:
        note(f"saved in {out}")
    if plot is not None:
        from ustress.workflows.pictures import of_run

        draw(of_run(result), plot)
    for name, value in result.provenance.to_plain().items():
        detail(f"{name.replace('_', ' ')}: {value}")


def _tell(
    result: Run, asked: tuple[str, ...], worst: int | None, by: str, hit: WhoIsHit | None,
    *, as_json: bool,
) -> None:  # fmt: skip
    if as_json:
        from ustress.workflows.questions import worst_form

        more = worst_form(result, worst, by) if worst else {}
        told = {"outcomes": hit.to_json()} if hit else {}
        emit_json({**result.to_json(asked), **more, **told})
        return
    from ustress.report import terminal

    emit(*terminal.run(result))
    _show(hit)
    emit(*terminal.hitting([result.hitting(event) for event in result.dated_events(asked)]))
    if worst:
        emit(*terminal.worst(result, by, result.worst(worst, by)))


def _gradient(
    scenario: str, outcome: str, as_of: str | None, paths: int, seed: int,
    overrides: tuple[str, ...], as_json: bool, *, partial: bool,
) -> None:  # fmt: skip
    from ustress.core.errors import BadInputError
    from ustress.workflows import questions

    if partial:  # a gradient carries no provenance to mark
        raise BadInputError("--gradient: not with --partial; expected a date with a full opening")
    found = questions.gradient(
        scenario, outcome, as_of, paths, seed, overrides, progress=progress()
    )
    if as_json:
        emit_json(questions.gradient_form(found))
        return
    from ustress.report import terminal

    emit(*terminal.gradient(found))


def compare(
    first: Annotated[str, typer.Argument(help="A scenario, or the folder of a saved run.")],
    second: Annotated[str, typer.Argument(help="What it is compared with.")],
    as_of: AsOf = None,
    paths: Paths = 2000,
    seed: Seed = 7,
    horizon: Horizon = 252,
    overrides: Set = None,
    outcomes: Outcomes = False,
    plot: Plot = None,
    partial: Partial = False,
    as_json: Json = False,
) -> None:
    """Two scenarios on the same shocks.

    First minus second, with paired errors; saved runs can be compared too.
    """
    from ustress.workflows import simulation as job

    check_plot(plot)
    difference = job.compare(
        first,
        second,
        as_of=as_of,
        paths=paths,
        seed=seed,
        horizon=horizon,
        overrides=tuple(overrides or ()),
        progress=progress(),
        partial=partial,
    )
    hit = _who_is_hit(difference.first, difference.second) if outcomes else None
    if plot is not None:
        from ustress.workflows.pictures import of_difference

        draw(of_difference(difference), plot)
    if as_json:
        emit_json(difference.to_json() | ({"outcomes": hit.to_json()} if hit else {}))
        return
    from ustress.report import terminal

    emit(*terminal.compare(difference))
    _show(hit)


def _check_held(paths: int) -> None:
    """Refuse outcomes over more paths than are held, before anything is simulated."""
    if paths:
        from ustress.workflows.who_is_hit import check_held

        check_held(paths)


def _who_is_hit(first: Ensemble, second: Ensemble | None = None) -> WhoIsHit:
    from ustress.workflows.who_is_hit import who_is_hit

    return who_is_hit(first, second, progress=progress())


def _show(hit: WhoIsHit | None) -> None:
    if hit is not None:
        from ustress.report.terminal.hit import outcomes

        emit(*outcomes(hit.title, hit.as_of, hit.paths, hit.groups))


def add_to(app: typer.Typer) -> None:
    """Register this file's verbs."""
    app.command("run")(run)
    app.command("compare")(compare)
