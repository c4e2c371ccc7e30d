"""One measured series with its records, or the main indicators as small panels of the same kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import numpy as np

from ustress.core.dates import show_day
from ustress.core.units import show
from ustress.report import spoken
from ustress.report.charts import parts
from ustress.report.charts.base import Declared, Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Day, Figure, Name, Text, say, words
from ustress.report.tables import Column, Table, cell, number, unit_words
from ustress.report.tables import Row as TableRow
from ustress.report.views import Event, History
from ustress.report.wording import foot, in_words, newest

LAST_ROWS = 24


def declare_history(
    found: History, as_of: date, events: Sequence[Event] = (), record: str = ""
) -> Declared:
    """The series as far back as its figures go, its highest and lowest values marked.

    Args:
        found: at least two observations.
        as_of: the date whose knowledge it is.
        events: drawn as thin verticals.
        record: what the newest value is a record of, in words; empty if of nothing.
    """
    last = newest(found, f"chart.{found.key}.newest")
    title = say("{t}: {v} on {d}", t=Name(found.title, "series"), v=last, d=Day(last.day))
    if record:
        title = title + say(", {r}", r=spoken.told(record, f"chart.{found.key}.record"))
    return Declared(
        name=f"history-{found.key}".replace(".", "-"),
        title=title,
        subtitle=say("{u}; {s}", u=in_words(found.unit).capitalize(), s=_span(found)),
        foot=foot((found.source,), as_of),
        table=_table(found),
        draw=partial(plot, found, tuple(events)),
    )


def _span(found: History) -> Text:
    days = found.dates()
    n = Figure(f"chart.{found.key}.observations", float(len(days)), "count", source=found.source)
    return say("{n} observations from {d}; highest and lowest marked", n=n, d=Day(days[0]))


def plot(found: History, events: Sequence[Event], size: Size) -> Spec:
    """The line; extremes as open dots with their values; the newest in the accent colour."""
    first, last = found.dates()[0], found.dates()[-1]
    room = last + (last - first) // (5 if size.narrow else 9)
    values = [float(v) for v in found.values]
    x = parts.x_day(first, room, tickCount=4 if size.narrow else 7)
    low, high = min(values), max(values)
    room_y = 0.2 * ((high - low) or abs(high) or 1.0)
    y = parts.y_value((low - 0.8 * room_y, high + 1.2 * room_y), format=_format(values))
    end: Row = {
        "day": parts.moment(last),
        "value": values[-1],
        "text": show(values[-1], found.unit),
    }
    return parts.fit(
        parts.layers([
            parts.events(events, x, first, room, size),
            parts.line(parts.rows(found.days, found.values), "measured", x, y, strokeWidth=1.2),
            *_extremes(found, x, y),
            parts.dot(end, "accent", x, y),
            parts.label(end, "accent", x, y, dx=8, fontWeight="bold"),
        ]),
        size,
    )  # fmt: skip


def _extremes(found: History, x: Spec, y: Spec) -> list[Spec]:
    out: list[Spec] = []
    for i, below in ((int(np.argmax(found.values)), False), (int(np.argmin(found.values)), True)):
        if i == len(found.values) - 1:
            continue  # the newest is marked already
        day: date = found.days[i].astype("datetime64[D]").item()
        row: Row = {
            "day": parts.moment(day), "value": float(found.values[i]),
            "text": f"{show(float(found.values[i]), found.unit)}, {show_day(day)}",
        }  # fmt: skip
        early = i < len(found.values) // 2
        style = {"dx": 0, "dy": 14 if below else -12, "align": "left" if early else "right"}
        ring = {"filled": False, "size": 40, "color": light("slate"), "opacity": 1}
        out += [
            parts.mark("point", [row], {"x": x, "y": y}, **ring),
            parts.label(row, "muted", x, y, fontSize=11, **style),
        ]
    return out


def _format(values: Sequence[float]) -> str:
    spread = max(values) - min(values)
    return ",.0f" if spread >= 10 else ".1f" if spread >= 1 else ".2f"


def _table(found: History) -> Table:
    days = found.dates()
    rows = tuple(
        TableRow((
            cell(Day(days[i])),
            number(Figure(f"chart.{found.key}.{days[i]}", float(found.values[i]), found.unit,
                          found.evidence, days[i])),
        ))
        for i in range(len(days) - 1, max(len(days) - 1 - LAST_ROWS, -1), -1)
    )  # fmt: skip
    columns = (Column("Date"), Column("Value", unit_words(found.unit), "right"))
    return Table(words("The newest observations"), columns, rows)
