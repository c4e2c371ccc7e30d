"""What a reader asked of a run besides the usual: first days, worst paths, gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ustress.core.evidence import Evidence
from ustress.report.figures import Figure, Name, Num, say, words
from ustress.report.tables import Cell, Column, Row, Table, cell, number
from ustress.report.terminal.typeset import Fitted, Line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.gradient import Gradient, Slope
    from ustress.simulate.hitting import Hitting
    from ustress.simulate.single import Peak

QUANTILES = (0.1, 0.5, 0.9)
SHOWN_SLOPES = 25


def hitting(found: Sequence[Hitting]) -> tuple[RenderableType, ...]:
    """The first day of each event over paths, with the share on which it never comes."""
    columns = (
        Column("Event"), Column("First day", "by 10 % of paths", "right"),
        Column("", "by half", "right"), Column("", "by 90 %", "right"),
        Column("Never", align="right"),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(one.event)),
            *(_day(one.quantile(q)) for q in QUANTILES),
            number(_chance(f"never.{one.event}", one.never.value, one.never.error)),
        ))
        for one in found
    )  # fmt: skip
    note = words("a dash: fewer paths than that have it before the run ends")
    return (Fitted(Table(words("When it first happens"), columns, rows, (note,))),)


def worst(result: Ensemble, by: str, found: Sequence[Peak]) -> tuple[RenderableType, ...]:
    """The paths with the highest closes of an observable; each can be computed again."""
    from ustress.simulate.names import OBSERVABLES

    about = OBSERVABLES[by]
    columns = (
        Column("Path", align="right"), Column("Highest", about.unit.split("_")[0], "right"),
        Column("On day", align="right"), Column("S > b on day", align="right"),
        Column("Fed decides on day", align="right"), Column("How it ended"),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(str(one.number))),
            cell(Num(Figure(f"worst.{one.number}", one.value, about.unit, Evidence.ASSUMED),
                     "bare")),
            _day(one.day),
            _day(one.first_crossing_day),
            _day(one.decision_day),
            cell(Name(one.status.value)),
        ))
        for one in found
    )  # fmt: skip
    caption = say(
        "The {n} paths with the highest closes of {w}, of {m}",
        n=Name(str(len(found))), w=Name(about.title), m=Name(f"{result.n_paths:,}"),
    )  # fmt: skip
    return (Fitted(Table(caption, columns, rows)),)


def gradient(found: Gradient) -> tuple[RenderableType, ...]:
    """The mean's derivative in each parameter, largest effect of one per cent first."""
    from ustress.simulate.names import OBSERVABLES

    columns = (
        Column("Parameter"), Column("One per cent more", found.unit, "right"),
        Column("Error", found.unit, "right"), Column("Elasticity", align="right"),
        Column("Derivative", "per unit", "right", minor=1), Column("Error", align="right", minor=2),
    )  # fmt: skip
    caption = say(
        "Mean of {w} on business day {d}: {v}, over {n} paths; what one per cent more of a "
        "parameter adds",
        w=Name(OBSERVABLES[found.observable].title), d=Name(str(found.day)),
        v=Figure("gradient.mean", found.mean, found.unit, Evidence.ASSUMED),
        n=Name(f"{found.paths - found.left_out:,}"),
    )  # fmt: skip
    shown = found.slopes[:SHOWN_SLOPES]
    table = Table(caption, columns, tuple(_slope(one) for one in shown))
    notes = [f"{len(found.slopes) - len(shown)} parameters with smaller effects: --json has all"]
    notes.append(_carries(found))
    if found.held:
        notes.append(
            "Purchases stay on the days they fall on: a decision that moves to another day is "
            "no part of a derivative. --set policy.kind=none has none."
        )
    return (Fitted(table), *(Line(note, faint=True) for note in notes))


def _carries(found: Gradient) -> str:
    """How local the slopes are, as measured on this run."""
    step = found.real_step
    return (
        f"Derivatives are local. One per cent more of {step.parameter} really gives "
        f"{_small(step.by_step)} (error {_small(step.by_step_error)}) where the derivative says "
        f"{_small(step.by_derivative)}; on {step.departing:.0%} of paths the two differ by over a "
        "tenth: a kink of the equations or a decision lies in between."
    )


def _slope(one: Slope) -> Row:
    figures = (one.per_pct, one.per_pct_error, one.elasticity, one.derivative, one.derivative_error)
    return Row((cell(Name(one.parameter)), *(cell(Name(_small(v))) for v in figures)))


def _small(value: float | None) -> str:
    """Three digits whatever the size: derivatives have no common scale."""
    return "—" if value is None else f"{value:.3g}".replace("-", "\N{MINUS SIGN}")


def _chance(id_: str, value: float, error: float) -> Figure:
    return Figure(id_, value, "probability", Evidence.ASSUMED, error=error, reason="no path")


def _day(day: int | None) -> Cell:
    return cell("—" if day is None or day < 0 else Name(str(day)))
