"""The charts pages show, each made from its address alone: measured ones and simulated ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import numpy as np
from pydantic import Field

from ustress.app.charts import kind
from ustress.app.judging import judged
from ustress.app.pages.address import Address
from ustress.app.state import Served
from ustress.core.errors import UnknownNameError
from ustress.report.charts import catalogue, parts
from ustress.report.charts import claims as claim_charts
from ustress.report.charts.base import Absent, Declared, Size, Spec
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.tables import Cell, Column, Row, Table, number, unit_words
from ustress.report.views import Event, History
from ustress.report.wording import day_cell, foot, in_words
from ustress.workflows import live
from ustress.workflows.common import resolve_day

BOARD = ("ten-year", "curve", "holdings", "auctions", "funding", "composite")
YEARS = (1, 2, 5, 10, 40)
_MOST_POINTS = 1600


class OnDay(Address):
    """A chart of a day."""


class OfIndicator(Address):
    """The past of one indicator."""

    key: str = "curve.10y"
    years: int = Field(5, ge=1, le=60)


class OfClaim(Address):
    """The chart of one claim."""

    number: int = 1


def _of_board(name: str, held: Served, address: Address) -> Declared | Absent:
    return catalogue.DECLARE[name](held.board(address.as_of).contents)


for _name in BOARD:
    kind(_name, OnDay)(partial(_of_board, _name))


@kind("history", OfIndicator)
def of_indicator(held: Served, address: OfIndicator) -> Declared | Absent:
    """The past of one indicator as known on the day."""
    day = resolve_day(address.as_of)
    past = held.kept(
        "past", day, lambda: live.indicator_past(address.key, day), address.key
    )  # fmt: skip
    name = "history-" + address.key.replace(".", "-").replace("_", "-")
    reading = past.reading
    if past.history is None:
        why = reading.reason or past.reason
        return Absent(name, Text((Name(reading.title),)), Text((Name(why),)))
    shown = past.history.last_years(address.years)
    events = held.board(address.as_of).contents.events
    return Declared(
        name=name,
        title=_finding(past),
        subtitle=Text((Name(f"{in_words(reading.unit).capitalize()}; {reading.title}"),)),
        foot=foot((shown.source,), day),
        table=_table(shown),
        draw=partial(_line, shown, events),
        full=True,
    )


def _finding(past: live.IndicatorPast) -> Text:
    r = past.reading
    value = Figure(f"monitor.{r.key}", r.value, r.unit, r.evidence, r.day, r.known)
    if r.percentile is None or r.day is None:
        return say("{t}: {v}", t=Name(r.title), v=value)
    pct = Figure(f"monitor.{r.key}.percentile", r.percentile, "count")
    return say(
        "{t} stood at {v} on {d}, above {p} % of its past", t=Name(r.title), v=value, d=r.day,
        p=Num(pct, "bare"),
    )  # fmt: skip


def _table(shown: History) -> Table:
    """Every observation of the window, newest first."""
    rows = tuple(
        Row((Cell(day_cell(day)), number(Figure(f"{shown.key}.{day}", float(v), shown.unit))))
        for day, v in zip(reversed(shown.dates()), shown.values[::-1], strict=True)
    )
    columns = (Column("Of"), Column(shown.title, unit_words(shown.unit), "right"))
    return Table(words("Observations"), columns, rows)


def _line(shown: History, events: tuple[Event, ...], size: Size) -> Spec:
    at = np.unique(np.linspace(0, shown.days.size - 1, _MOST_POINTS).round().astype(int))
    days, values = shown.days[at], shown.values[at]
    first: date = days[0].astype("datetime64[D]").item()
    last: date = days[-1].astype("datetime64[D]").item()
    end = last + max((last - first) // 40, timedelta(days=2))
    low, high = parts.nice_range([float(v) for v in values], pad=0.08)
    x = parts.x_day(first, end, labelOverlap="greedy", labelSeparation=8)
    y = parts.y_value((low, high), format=_format(high - low), tickCount=5)
    newest = {"day": parts.moment(last), "value": float(values[-1])}
    zero = parts.level(0.0, "rule") if low < 0 < high else None
    step = {"interpolate": "step-after"} if days.size < 80 else {}
    drawing = parts.layers([
        zero,
        parts.events(events, x, first, last, size),
        parts.line(parts.rows(days, values), "measured", x, y, strokeWidth=1.4, **step),
        parts.dot(newest, "accent", x, y),
    ])  # fmt: skip
    return parts.fit(drawing, size, 320 if size.panels == 4 else size.height)


def _format(spread: float) -> str:
    return ",.0f" if spread >= 10 else ",.1f" if spread >= 1 else ",.2f"


@kind("claim", OfClaim, changing=True)
def of_claim(held: Served, address: OfClaim) -> Declared | Absent:
    """The series a claim turns on."""
    for verdict in judged(held, address.as_of).verdicts:
        if verdict.number == address.number:
            return claim_charts.declare(verdict)
    raise UnknownNameError("claim", str(address.number))


def without_full(found: Declared) -> Declared:
    """A chart that takes half of the page."""
    return replace(found, full=False)


@kind("composite-past", OnDay)
def composite_past(held: Served, address: OnDay) -> Declared | Absent:
    """The composite over the years with the happenings of the record."""
    day = resolve_day(address.as_of)
    past: History = held.kept("composite-past", day, lambda: live.composite_past(day))
    if past.days.size < 2:
        why = "too few families of indicators had figures"
        return Absent("composite-past", words("The composite's past"), words(why))
    at = int(np.argmax(past.values))
    high = Figure("composite.highest", float(past.values[at]), "index", past.evidence)
    events = held.board(address.as_of).contents.events
    return Declared(
        name="composite-past",
        title=say("Composite stress was highest on {d}, at {v}", d=past.dates()[at], v=high),
        subtitle=words("Index between nought and one, Fridays; each value in its own past"),
        foot=foot(("ustress, from the indicators of Now",), day),
        table=_table(past),
        draw=partial(_line, past, events),
        full=True,
    )
