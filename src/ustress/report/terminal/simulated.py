"""Runs, comparisons and the breaking point in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ustress.core.errors import CannotError
from ustress.core.evidence import Evidence
from ustress.report import simulation_tables
from ustress.report.figures import Day, Figure, Name, Num, Text, say, words
from ustress.report.tables import Column, Row, Table, cell, number, unit_words
from ustress.report.terminal.frontier import frontier
from ustress.report.terminal.partial import partial_opening
from ustress.report.terminal.typeset import Fitted, Line, key

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ustress.simulate.breakpoint import Breakpoint, Curve
    from ustress.simulate.difference import Difference
    from ustress.simulate.ensemble import Ensemble

_EVENTS = (
    ("fed.buys<=20", "the Fed buys within 20 business days"),
    ("fed.buys<=60", "the Fed buys within 60 business days"),
    ("fed.buys", "the Fed buys before the end"),
    ("ust.10y>5", "some close of the ten-year is above 5 %"),
)
_SHOWN = (
    "ust.2y", "ust.10y", "ust.30y", "dislocation", "dysfunction", "repo.spread", "dealers.use",
    "volatility", "fed.purchases", "fed.bought",
)  # fmt: skip


def run(result: Ensemble) -> tuple[RenderableType, ...]:
    """A run: chances with their Monte Carlo errors, quantiles at standard days, broken paths."""
    days = [d for d in simulation_tables.HORIZONS if d < result.horizon_days]
    return (
        Line(_heading(result, result.title), strong=True),
        *partial_opening(result.provenance),
        Line(_broken(result), faint=True),
        Fitted(_chances(result, "Chance", signed=False)),
        *_quantiles(result, [0, *days, result.horizon_days]),
        Line("Simulated: ○, because assumed parameters enter.", faint=True),
        key(),
    )


def compare(difference: Difference) -> tuple[RenderableType, ...]:
    """First less second on the same shocks, with paired errors."""
    first = difference.first
    days = [d for d in simulation_tables.HORIZONS if d < first.horizon_days]
    title = f"{difference.first.title} less {difference.second.title}, on the same shocks"
    left = Figure("compare.left_out", float(difference.left_out), "count")
    return (
        Line(_heading(first, title), strong=True),
        *partial_opening(first.provenance),
        Line(say("{n} paths broke off in one or the other and are left out", n=left), faint=True),
        Fitted(_chances(difference, "Change of chance", signed=True)),
        *_quantiles(difference, [*days, first.horizon_days]),
    )


def breakpoint_(found: Breakpoint) -> tuple[RenderableType, ...]:
    """The chance against the amount sold: the Fed's own rule, and past return without purchases."""
    columns = (
        Column("Sold", "$bn", "right"), Column("Fed buys", "chance", "right"),
        Column("over parameters", "10 to 90 %", "right", minor=1),
        Column("No return", "chance", "right"),
        Column("over parameters", "10 to 90 %", "right", minor=2),
    )  # fmt: skip
    rows = tuple(_amount(found, i) for i in range(found.amounts_usdbn.size))
    caption = say(
        "Breaking point of {d}: sold evenly over {s} business days",
        d=found.as_of, s=Name(str(found.sale_days)),
    )  # fmt: skip
    notes = (
        *(_rule(curve) for curve in (found.intervention, found.no_return)),
        say("{n} paths for each amount, {k} joint draws of the parameters, seed {s}",
            n=Name(f"{found.paths:,}"), k=Name(f"{found.draws:,}"), s=Name(str(found.seed))),
    )  # fmt: skip
    return (
        *partial_opening(found.provenance),
        *(Line(_crossings(c, w), strong=True) for c, w in (
            (found.intervention, "The Fed buys"), (found.no_return, "No return"))),
        *(() if found.frontier is None else frontier(found.frontier)),
        Fitted(Table(caption, columns, rows, notes)),
    )  # fmt: skip


def _heading(result: Ensemble, title: str) -> Text:
    return say(
        "{t}, from {d}: {n} paths, {h} business days, seed {s}",
        t=Name(title), d=result.as_of, n=Name(f"{result.n_paths:,}"),
        h=Name(str(result.horizon_days)), s=Name(str(result.seed)),
    )  # fmt: skip


def _broken(result: Ensemble) -> str:
    lost = sum(n for s, n in result.status.items() if s.name != "OK")
    if not lost:
        return "every path ran to its end"
    reasons = "; ".join(f"{n:,} x {s.value}" for s, n in result.status.items() if s.name != "OK")
    return f"{lost:,} paths ended in a named break and enter no quantile: {reasons}"


def _chances(result: Ensemble | Difference, head: str, *, signed: bool) -> Table:
    rows = []
    for event, said in _EVENTS:
        found = result.probability(event)
        figure = Figure(
            f"chance.{event}", found.value, "probability", Evidence.ASSUMED, error=found.error,
            reason="no unbroken path",
        )  # fmt: skip
        sign = "+" if signed and (figure.value or 0.0) > 0 else ""
        shown = Num(figure, "bare")
        rows.append(Row((cell(Name(said)), cell(sign, shown, evidence=Evidence.ASSUMED))))
    return Table(Text(), (Column("Event"), Column(head, align="right")), tuple(rows))


def _quantiles(result: Ensemble | Difference, days: Sequence[int]) -> tuple[Fitted, ...]:
    """Median and nine tenths by observable and day; nothing where every path broke."""
    try:
        rows = tuple(row for name in _SHOWN for row in _observable(result, name, days))
    except CannotError:
        return ()
    first = result if hasattr(result, "n_paths") else result.first
    columns = (
        Column("Quantity"), Column("Unit"),
        *(_day_column(i, d, first.days[d], len(days)) for i, d in enumerate(days)),
    )  # fmt: skip
    return (Fitted(Table(words("Median, and 5 to 95 % below it"), columns, rows)),)


def _day_column(i: int, day: int, when: np.datetime64, n: int) -> Column:
    """The day; in a narrow terminal the middle days go first."""
    minor = n if day == 0 else 0 if i == n - 1 else n - i - 1
    return Column(f"day {day}", str(Day(when.astype("datetime64[D]").item())), "right", minor)


def _observable(result: Ensemble | Difference, name: str, days: Sequence[int]) -> tuple[Row, Row]:
    from ustress.simulate.names import OBSERVABLES

    about = OBSERVABLES[name]
    change = not hasattr(result, "n_paths")
    unit = {"pct": "pp", "bp_level": "bp"}.get(about.unit, about.unit) if change else about.unit
    low, middle, high = (result.quantile(name, q)[list(days)] for q in (0.05, 0.5, 0.95))
    medians = (
        number(Figure(f"{name}.d{d}", float(v), unit)) for d, v in zip(days, middle, strict=True)
    )
    ranges = (
        cell(
            Num(Figure(f"{name}.d{d}.q05", float(a), unit), "bare"), " to ",
            Num(Figure(f"{name}.d{d}.q95", float(b), unit), "bare"),
        )
        for d, a, b in zip(days, low, high, strict=True)
    )  # fmt: skip
    faint = tuple(type(c)(c.text, faint=True) for c in ranges)
    return (
        Row((cell(Name(about.title)), cell(unit_words(unit)), *medians)),
        Row((cell(""), cell(""), *faint)),
    )


def _amount(found: Breakpoint, i: int) -> Row:
    sold = Figure(f"breakpoint.a{i}", float(found.amounts_usdbn[i]), "usdbn_whole")
    cells = [number(sold)]
    for curve in (found.intervention, found.no_return):
        chance = Figure(
            f"breakpoint.{curve.name}.a{i}", float(curve.chance[i]), "probability",
            Evidence.ASSUMED, error=float(curve.error[i]),
        )  # fmt: skip
        low, high = (float(curve.quantile(q)[i]) for q in (0.1, 0.9))
        cells += [number(chance), cell(Name(f"{100 * low:.0f} to {100 * high:.0f} %"))]
    return Row(tuple(cells))


def _rule(curve: Curve) -> Text:
    return say("{n}: {r}", n=curve.name.replace("_", " "), r=Name(curve.rule))


def _give_or_take(error_usdbn: float | None) -> str:
    return "" if error_usdbn is None or not np.isfinite(error_usdbn) else f" ± {error_usdbn:,.0f}"


def _crossings(curve: Curve, name: str) -> Text:
    found = "; ".join(c.words + _give_or_take(c.error_usdbn) for c in curve.crossings)
    return say("{n}: {w}", n=name, w=Name(found or "no level looked for"))
