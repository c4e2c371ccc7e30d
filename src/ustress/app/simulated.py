"""The charts of simulations, each from the address of the question whose result it draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from pydantic import Field

from ustress.app.charts import kind
from ustress.app.jobs.asked import BreakpointAsked, CompareAsked, CurveAsked, HitAsked, RunAsked
from ustress.app.pages.address import Address
from ustress.app.pages.asking import NOT_YET, asked, found, needed
from ustress.app.state import Served
from ustress.core.dates import show_day
from ustress.core.errors import CannotError, UnknownNameError
from ustress.core.evidence import Evidence
from ustress.report.charts import by_year, catalogue, single
from ustress.report.charts.base import Absent, Declared
from ustress.report.charts.single import short
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.tables import Cell, Column, Row, Table, cell, unit_words
from ustress.report.views import Fan
from ustress.report.wording import day_cell
from ustress.workflows.served import FoundBreakpoint, HitView, PairView, RunView

OBSERVABLES = (
    "ust.10y", "ust.2y", "ust.30y", "dysfunction", "dislocation", "dealers.use", "repo.spread",
    "fed.bought", "fed.purchases",
)  # fmt: skip
SALE = "sale.foreign_private"


class RunAddress(Address):
    """A scenario with keys set; `vs` another one on the same shocks, with its own keys."""

    scenario: str = "tactical-qe"
    paths: int = 2000
    seed: int = 7
    horizon: int = 252
    set: tuple[str, ...] = ()
    vs: str | None = None
    vs_set: tuple[str, ...] = ()

    def question(self, held: Served) -> RunAsked:
        """The run asked for."""
        return asked(RunAsked, scenario=self.scenario, overrides=list(self.set), **self._how(held))

    def pair(self, held: Served) -> CompareAsked | None:
        """The comparison asked for, if one is."""
        if self.vs is None:
            return None
        return asked(
            CompareAsked, first=self.scenario, second=self.vs, first_overrides=list(self.set),
            second_overrides=list(self.vs_set), **self._how(held),
        )  # fmt: skip

    def _how(self, held: Served) -> dict[str, Any]:
        day = self.as_of or held.opening_day()
        return {"as_of": day, "paths": self.paths, "seed": self.seed, "horizon": self.horizon}


class FanAddress(RunAddress):
    """One observable of a run (or of a comparison's difference)."""

    name: str = "ust.10y"


class BreakAddress(Address):
    """A breaking point; `amount` is the sale whose paths are looked at, `over` its days."""

    paths: int = 2000
    seed: int = 7
    business_days: int = 20
    within: int = 60
    amount: float | None = Field(None, ge=0, le=20_000)
    over: int | None = Field(None, ge=1, le=250)

    @property
    def sold_over(self) -> int:
        """Business days over which the sale looked at lasts."""
        return self.over or self.business_days

    def question(self, held: Served, kind: type[BreakpointAsked] = CurveAsked) -> BreakpointAsked:
        """The breaking point asked for, by amount alone or with the frontier."""
        return asked(
            kind, as_of=self.as_of or held.opening_day(), paths=self.paths,
            seed=self.seed, business_days=self.business_days, within=self.within,
        )  # fmt: skip

    def frontier(self, held: Served) -> BreakpointAsked:
        """The same with the frontier of amount and pace."""
        return self.question(held, BreakpointAsked)

    def known(self, held: Served) -> FoundBreakpoint | None:
        """The chances by amount, if they have been simulated, with the frontier or without."""
        alone = found(held, self.question(held), FoundBreakpoint)
        return alone or found(held, self.frontier(held), FoundBreakpoint)

    def sale(self, held: Served) -> RunAddress | None:
        """The run of the sale looked at: nothing else happens."""
        if self.amount is None:
            return None
        keys = (
            f"{SALE}.amount_usdbn={self.amount:g}",
            f"{SALE}.business_days={self.sold_over}",
        )
        return RunAddress(
            as_of=self.as_of or held.opening_day(), scenario="baseline", paths=self.paths,
            seed=self.seed, horizon=126, set=keys if self.amount else (),
        )  # fmt: skip


class HitAddress(Address):
    """Who is hit in a scenario against another."""

    scenario: str = "prolonged-disruption"
    against: str = "baseline"
    paths: int = 2000
    seed: int = 7
    horizon: int = 252

    def question(self, held: Served) -> HitAsked:
        """What is asked for."""
        return asked(
            HitAsked, as_of=self.as_of or held.opening_day(), scenario=self.scenario,
            against=self.against, paths=self.paths, seed=self.seed, horizon=self.horizon,
        )  # fmt: skip


@kind("fan", FanAddress)
def fan(held: Served, address: FanAddress) -> Declared | Absent:
    """One observable of a run."""
    run = needed(held, address.question(held), RunView)
    title = _sold(address.set) or run.scenario.title + (", keys changed" if address.set else "")
    view = _of(run.scenario.fans, address.name)
    return _declared(view, run.scenario.key, title, run.scenario.paths)


def _sold(keys: tuple[str, ...]) -> str:
    """A sale of an amount and nothing else, in words; empty for anything else."""
    given = dict(text.split("=", 1) for text in keys if "=" in text)
    if set(given) != {f"{SALE}.amount_usdbn", f"{SALE}.business_days"}:
        return ""
    amount, days = (float(text) for text in given.values())
    return f"${amount:,.0f}bn sold over {days:.0f} business day{'s' if days > 1 else ''}"


@kind("difference", FanAddress)
def difference(held: Served, address: FanAddress) -> Declared | Absent:
    """One observable of a comparison, path by path."""
    question = address.pair(held)
    if question is None:
        return Absent("difference", words("The difference"), words("nothing to compare with"))
    pair = needed(held, question, PairView)
    first, second = pair.first.scenario, pair.second.scenario
    title = f"{first.title} less {second.title}"
    view, kept = _of(pair.fans, address.name), first.paths - pair.left_out
    return _declared(view, first.key, title, kept, change=True)


def _declared(
    view: Fan, scenario: str, title: str, paths: int = 0, *, change: bool = False
) -> Declared:
    made = single.declare_fan(view, scenario, title, paths, change=change)
    return replace(made, table=every_day(view, change=change))


def every_day(view: Fan, *, change: bool = False) -> Table:
    """Every quantile of every day: what a chart draws; a `change` has its sign."""
    levels = sorted(view.bands)

    def said(day: date, q: float, value: float) -> Cell:
        figure = Figure(f"{view.key}.{day}.q{q:g}", value, view.unit, Evidence.ASSUMED)
        return cell(Num(figure, "delta" if change else "bare"))

    columns = (
        Column("Day", align="left"),
        *(Column(f"{100 * q:g} %", unit_words(view.unit), "right") for q in levels),
    )
    days: list[date] = view.days.astype("datetime64[D]").tolist()
    rows = tuple(
        Row((
            Cell(day_cell(day)),
            *(said(day, q, float(view.bands[q][i])) for q in levels),
        ))
        for i, day in enumerate(days)
    )  # fmt: skip
    return Table(Text((Name(f"{view.title}: quantiles over paths"),)), columns, rows)


def _of(fans: Any, name: str) -> Fan:
    if name not in fans:
        raise UnknownNameError("observable", name, tuple(fans))
    one: Fan = fans[name]
    return one


@kind("breakpoint", BreakAddress)
def breakpoint_(held: Served, address: BreakAddress) -> Declared | Absent:
    """The chance against the amount."""
    seen = address.known(held)
    if seen is None:
        raise CannotError(NOT_YET)
    return _of_breakpoint("breakpoint", held, seen)


@kind("frontier", BreakAddress)
def frontier(held: Served, address: BreakAddress) -> Declared | Absent:
    """Amount against pace at which no return reaches one chance in ten."""
    return _of_breakpoint("frontier", held, needed(held, address.frontier(held), FoundBreakpoint))


def _of_breakpoint(name: str, held: Served, seen: FoundBreakpoint) -> Declared | Absent:
    contents = held.board(seen.as_of).contents
    return catalogue.DECLARE[name](replace(contents, breakpoint=seen.curve))


class LineAddress(HitAddress):
    """One line of one group of those who are hit."""

    line: str = ""


@kind("hit", LineAddress)
def hit(held: Served, address: LineAddress) -> Declared | Absent:
    """A quantity along time, by business day or by fiscal year."""
    seen = needed(held, address.question(held), HitView)
    lines = {line.id: line for group in seen.groups for line in group.lines}
    if address.line not in lines:
        raise UnknownNameError("line", address.line, tuple(lines))
    line = lines[address.line]
    n = Figure("hit.paths", float(seen.paths), "count")
    foot = say(
        "Source: ustress simulation, {n} paths, opening state of {d}; weakest input: {e} {m}.",
        n=n, d=seen.as_of, e=line.evidence.value, m=line.evidence.mark,
    )  # fmt: skip
    if line.days is None:
        return by_year.declare(line, address.scenario, seen.title, foot)
    samples = np.empty((0, line.days.size)) if line.samples is None else line.samples
    view = Fan(line.id, line.label, line.unit, line.days, line.bands, samples, line.evidence)
    made = _declared(view, address.scenario, seen.title)
    return replace(made, title=_at_the_end(view, seen.title), foot=foot)


def _at_the_end(view: Fan, title: str) -> Text:
    """What a line comes to after its last day."""
    low, middle, high = (
        Figure(f"hit.{view.key}.end.q{q:g}", float(view.bands[q][-1]), view.unit, view.evidence)
        for q in (0.05, 0.5, 0.95)
    )
    last: date = view.days[-1].astype("datetime64[D]").item()
    return say(
        "{t}: {q} {m} {w} on the median path, nine tenths from {a} to {b}", t=Name(title),
        q=Name(short(view.title)), m=middle, w=Name(f"by {show_day(last)}"), a=Num(low, "bare"),
        b=high,
    )  # fmt: skip
