"""SOFR over the rate on reserve balances, with its dearest percentile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.figures import Day, Figure, Text, say, words
from ustress.report.tables import Column, Table, cell, number
from ustress.report.tables import Row as TableRow
from ustress.report.views import BriefContents, Event, History
from ustress.report.wording import foot, newest

NAME = "funding"
_YEARS = 3


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    spread = contents.histories.get("funding.sofr_iorb")
    if spread is None or len(spread.days) < 2:
        reason = contents.missing.get("funding", "no SOFR and IORB were known on this date")
        return Absent(NAME, words("Overnight funding"), words(reason))
    tail = contents.histories.get("funding.p99_iorb")
    spread = spread.last_years(_YEARS)
    tail = None if tail is None else tail.last_years(_YEARS)
    return Declared(
        name=NAME,
        title=_title(spread, tail),
        subtitle=words("Rate minus the rate on reserve balances (IORB), basis points, daily"),
        foot=foot((spread.source,), contents.as_of),
        table=_table(spread, tail),
        draw=partial(plot, spread, tail, contents.events),
    )


def _title(spread: History, tail: History | None) -> Text:
    now = newest(spread, "chart.funding.spread")
    side = "above" if (now.value or 0) >= 0 else "below"
    size = Figure(
        now.id, abs(now.value or 0), now.unit, now.evidence, now.day, now.known, now.source
    )
    line = say("SOFR stood {v} {s} the rate on reserves", v=size, s=side)
    if tail is None or not len(tail.days):
        return line
    return line + say("; its dearest hundredth at {t}", t=newest(tail, "chart.funding.p99"))


def plot(spread: History, tail: History | None, events: Sequence[Event], size: Size) -> Spec:
    """The spread as a line, the tail fainter, zero marked."""
    first, last = spread.dates()[0], spread.dates()[-1]
    room = last + timedelta(days=round((last - first).days * (0.26 if size.narrow else 0.16)))
    shown = [("measured", "SOFR", spread, 1.6)]
    if tail is not None and len(tail.days):
        shown.insert(0, ("second", "99th percentile", tail, 1.1))
    values = [float(v) for _, _, h, _ in shown for v in h.values]
    x = parts.x_day(first, room, format="%b %y", tickCount=4)
    domain = parts.nice_range(values, zero=True, pad=0.08)
    y = parts.y_value(domain, format="+.0f")
    gap = 15 * (domain[1] - domain[0]) / (size.height - 40)
    ends = parts.spread([float(h.values[-1]) for _, _, h, _ in shown], gap)
    pieces: list[Spec | None] = [
        parts.events(events, x, first, last, size),
        parts.level(0.0, "rule"),
    ]
    for (role, name, history, width), end in zip(shown, ends, strict=True):
        at: Row = {"day": parts.moment(history.days[-1]), "value": end, "text": name}
        rows = parts.rows(history.days, history.values)
        pieces += [parts.line(rows, role, x, y, strokeWidth=width)]
        pieces += [parts.label(at, role, x, y, fontSize=11.5)]
    return parts.fit(parts.layers(pieces), size)


def _table(spread: History, tail: History | None) -> Table:
    columns = (
        Column("Date"), Column("SOFR minus IORB", "bp", "right"),
        Column("99th percentile minus IORB", "bp", "right"),
    )  # fmt: skip
    days = spread.dates()[-30:]
    rows = tuple(
        TableRow((cell(Day(d)), number(_on(spread, "spread", d)), number(_on(tail, "p99", d))))
        for d in reversed(days)
    )
    return Table(words("The newest thirty observations, newest first"), columns, rows)


def _on(history: History | None, what: str, day: date) -> Figure:
    value = None if history is None else history.on(day)
    return Figure(f"chart.funding.{what}.{day}", value, "bp_level", reason="not published that day")
