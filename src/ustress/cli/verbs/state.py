"""`monitor` and `claims`: the state of the market and what is said about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ustress.cli.output import AsOf, Json, detail, emit, emit_json, note, progress
from ustress.cli.plotting import Plot, check_plot, draw
from ustress.core.errors import BadInputError

FIRED = 3
UNKNOWN = 1
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="What changed from DATE, each as known then."),
]
Alerts = Annotated[
    Path | None,
    typer.Option("--alert", metavar="FILE", help="Evaluate a TOML file of rules; exit 3 if one "
                 "fires."),
]  # fmt: skip
History = Annotated[
    Path | None,
    typer.Option("--history", metavar="FILE", help="Write every indicator's past and the "
                 "composite to FILE (.csv or .parquet)."),
]  # fmt: skip
Sessions = Annotated[
    str | None,
    typer.Option("--sessions", metavar="NAME", help="Your intraday bars NAME by Asia, London and "
                 "New York."),
]  # fmt: skip
JudgedFrom = Annotated[
    str | None,
    typer.Option("--judged-from", metavar="DATE", help="With --sessions: first day tested for "
                 "clustering."),
]  # fmt: skip
Bonds = Annotated[
    Path | None,
    typer.Option("--bonds", metavar="FILE", help="Noise in one day's bond prices of your own "
                 "(CSV: coupon_pct, years, price)."),
]  # fmt: skip


def monitor(
    as_of: AsOf = None,
    since: Since = None,
    alert: Alerts = None,
    history: History = None,
    sessions: Sessions = None,
    judged_from: JudgedFrom = None,
    bonds: Bonds = None,
    plot: Plot = None,
    as_json: Json = False,
) -> int:
    """The state of the market on a date.

    Every indicator with its change, percentile, record and age, and the composite.
    """
    _check_forms((since, alert, history, sessions, bonds), plot, judged_from, sessions)
    if sessions is not None:
        return _sessions(sessions, as_of, judged_from, as_json=as_json)
    if bonds is not None:
        return _bonds(bonds, as_json=as_json)
    if history is not None:
        return _history(history, as_of, as_json=as_json)
    if alert is not None:
        return _alerts(alert, as_of, as_json=as_json)
    if since is not None:
        return _since(since, as_of, as_json=as_json)
    return _now(as_of, plot, as_json=as_json)


def _check_forms(
    forms: tuple[object, ...], plot: Path | None, judged_from: str | None, sessions: str | None
) -> None:
    """The monitor has several forms; one at a time."""
    if sum(form is not None for form in forms) > 1:
        raise BadInputError(
            "--since, --alert, --history, --sessions and --bonds go one at a time; expected one"
        )
    if plot is not None and any(form is not None for form in forms):
        raise BadInputError("--plot draws the monitor itself; expected it without other forms")
    if judged_from is not None and sessions is None:
        raise BadInputError("--judged-from belongs to --sessions; expected both")


def _now(as_of: str | None, plot: Path | None, *, as_json: bool) -> int:
    from ustress.workflows.market import market, trails

    check_plot(plot)
    snapshot = market(as_of)
    detail(f"newest figure known {snapshot.known_until}; {len(snapshot.readings)} indicators")
    if plot is not None:
        from ustress.workflows.pictures import of_monitor

        draw(of_monitor(snapshot), plot, columns=2)
    if as_json:
        emit_json(snapshot)
        return 0
    from ustress.report import terminal

    emit(*terminal.monitor(snapshot, trails(snapshot)))
    return 0


def _sessions(name: str, as_of: str | None, judged_from: str | None, *, as_json: bool) -> int:
    from ustress.workflows.sessions import sessions

    found = sessions(name, as_of, judged_from)
    if as_json:
        emit_json(found.to_json())
        return 0
    from ustress.report.terminal import sessions as shown

    emit(*shown.sessions(found))
    return 0


def _bonds(file: Path, *, as_json: bool) -> int:
    from ustress.workflows.sessions import bond_noise

    found = bond_noise(file)
    if as_json:
        emit_json(found.to_json())
        return 0
    from ustress.report.terminal import sessions as shown

    emit(*shown.noise(found))
    return 0


def _since(since: str, as_of: str | None, *, as_json: bool) -> int:
    from ustress.workflows.market import market_since

    found = market_since(since, as_of)
    if as_json:
        emit_json(found.to_json())
        return 0
    from ustress.report import terminal

    emit(*terminal.since(found))
    return 0


def _alerts(file: Path, as_of: str | None, *, as_json: bool) -> int:
    """Exit 3 if a rule fired; 1 if none did but one could not be told; else 0."""
    from ustress.workflows.market import market_alerts

    found = market_alerts(file, as_of)
    if as_json:
        emit_json(found.to_json())
    else:
        from ustress.report import terminal

        emit(*terminal.alerts(found))
    for alarm in found.unknown:
        typer.echo(f"ustress: alert '{alarm.name}' cannot be told: {alarm.because}", err=True)
    return FIRED if found.fired else UNKNOWN if found.unknown else 0


def _history(file: Path, as_of: str | None, *, as_json: bool) -> int:
    from ustress.workflows.history import write_history

    found = write_history(file, as_of, progress())
    if as_json:
        emit_json(found)
        return 0
    typer.echo(f"{found.path}")
    note(
        f"{found.rows:,} values of {found.indicators} indicators to {found.as_of}; "
        f"{len(found.missing)} have no figures, {found.reused:,} percentiles were kept from before"
    )
    return 0


class _JudgeFirst(TyperGroup):
    """A group whose first word may be left out: `claims FILE` is `claims judge FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["judge", *args]
        return super().parse_args(ctx, args)


claims_app = typer.Typer(
    cls=_JudgeFirst,
    rich_markup_mode=None,
    help="Verdicts on what is said of the market. `ustress claims [FILE]` judges.",
)


@claims_app.command("judge")
def judge(
    file: Annotated[
        Path | None, typer.Argument(help="A TOML file of claims; April 2025's is built in.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Judge as known then; the file's own date."),
    ] = None,
    simulate: Annotated[
        bool,
        typer.Option(
            "--simulate/--no-simulation", help="Judge statements about the mechanism too."
        ),
    ] = True,
    paths: Annotated[
        int, typer.Option("--paths", min=100, max=20_000, help="Simulated paths a scenario.")
    ] = 2000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same shocks.")] = 7,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """Each claim judged as known on the date and as known today, side by side (the usual verb)."""
    from ustress.workflows.claims import judge_claims

    check_plot(plot)
    judged = judge_claims(file, as_of, paths, seed, progress(), simulate=simulate)
    if plot is not None:
        from ustress.workflows.pictures import of_claims

        draw(of_claims(judged), plot)
    if as_json:
        emit_json(judged.to_json())
        return
    from ustress.report import terminal

    emit(*terminal.claims(judged.verdicts, judged.as_of, judged.known_until))
    note("`ustress claims --json` gives every number, rule and source.")


@claims_app.command("new")
def new(
    file: Annotated[
        Path, typer.Argument(help="Where to write it; a file that exists is left alone.")
    ] = Path("claims.toml"),
) -> None:
    """A commented file of claims to start from."""
    from ustress.workflows.claims import new_claims

    typer.echo(new_claims(file))
    note(f"Edit it, then: ustress claims {file}")


def add_to(app: typer.Typer) -> None:
    """Register this file's verbs."""
    app.command("monitor")(monitor)
    app.add_typer(claims_app, name="claims")
