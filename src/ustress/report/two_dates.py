"""Two dates side by side: the opening states and what the simulation says from each."""

from __future__ import annotations

from dataclasses import replace

from ustress.core.evidence import Evidence
from ustress.report import simulation_tables
from ustress.report.figures import Figure, Name, Num, Text, say
from ustress.report.tables import Cell, Column, Row, Table, cell, number, unit_words
from ustress.report.views import Before, BreakpointView, BriefContents, OpeningInput, ScenarioView
from ustress.report.wording import fan_figure

PREFIX = "against"


def simulated(contents: BriefContents, before: Before) -> Table:
    """Chance of purchases and the ten-year's range by scenario, then the breaking point."""
    columns = (
        Column("Scenario"), Column("Quantity"), Column("Then", align="right"),
        Column("Now", align="right"),
    )  # fmt: skip
    then = {s.key: s for s in before.scenarios}
    rows = tuple(
        row for s in contents.scenarios if s.key in then for row in _rows(then[s.key], s)
    ) + _crossings(before.breakpoint, contents.breakpoint)
    caption = say(
        "Simulated from the state of {a} (then) and of {b} (now)", a=before.day, b=contents.as_of
    )
    return Table(caption, columns, rows)


def _rows(then: ScenarioView, now: ScenarioView) -> tuple[Row, ...]:
    told = []
    a, b = then.chances.get("purchases"), now.chances.get("purchases")
    if a is not None and b is not None:
        first = simulation_tables.chance_figure(f"{PREFIX}.{then.key}", a)
        cells = (cell("the Fed buys"), number(first),
                 number(simulation_tables.chance_figure(now.key, b)))  # fmt: skip
        told.append(Row((cell(Name(now.title, "scenario")), *cells)))
    if "ust.10y" in then.fans and "ust.10y" in now.fans:
        ten = cell("ten-year at the end, nine tenths")
        told.append(
            Row((cell(""), ten, _range(then, f"{PREFIX}.{then.key}"), _range(now, now.key)))
        )
    return tuple(told)


def _range(s: ScenarioView, key: str) -> Cell:
    low, high = (fan_figure(s.fans["ust.10y"], q, -1, key) for q in (0.05, 0.95))
    return Cell(say("{a} to {b}", a=Num(low, "bare"), b=high))


def _crossings(then: BreakpointView | None, now: BreakpointView | None) -> tuple[Row, ...]:
    if then is None or now is None:
        return ()
    earlier = {c.level: c for c in then.crossings}
    rows = []
    for c in now.crossings:
        if c.level not in earlier:
            continue
        level = Figure(f"breakpoint.level{round(100 * c.level):02d}", c.level, "probability")
        what = say("amount sold for a chance of {p}, averaged over parameters", p=level)
        _, a, _ = simulation_tables.crossing_figures(earlier[c.level])
        _, b, _ = simulation_tables.crossing_figures(c)
        a = replace(a, id=f"{PREFIX}.{a.id}")
        cells = (Cell(what), *(Cell(Text((Num(one, "about"),))) for one in (a, b)))
        rows.append(Row((cell("Breaking point"), *cells)))
    return tuple(rows)


def opening(before: Before, now: tuple[OpeningInput, ...]) -> Table:
    """What a simulation opens with on the two dates."""
    columns = (
        Column("Input"), Column("Unit"), Column("Then", align="right"), Column("Now", align="right")
    )  # fmt: skip
    later = {i.key: i for i in now}
    rows = tuple(
        Row((
            cell(Name(i.title, "series")), cell(unit_words(i.unit)),
            number(_input(i, f"{PREFIX}.opening.{i.key}"), mark=True),
            number(_input(later[i.key], f"opening.{i.key}"), mark=True),
        ))
        for i in before.opening
        if i.key in later
    )  # fmt: skip
    return Table(say("The opening states, each as known then"), columns, rows)


def _input(i: OpeningInput, id_: str) -> Figure:
    evidence: Evidence = i.evidence
    reason = i.note or "not known on this date"
    return Figure(id_, i.value, i.unit, evidence, i.day, None, i.source, reason=reason)
