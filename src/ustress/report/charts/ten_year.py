"""Ten years of the ten-year yield, with events and the week's move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import numpy as np

from ustress.core.dates import add_business_days
from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.figures import Day, Figure, Num, say, words
from ustress.report.tables import Column, Table, cell, number
from ustress.report.tables import Row as TableRow
from ustress.report.views import BriefContents, Event, History
from ustress.report.wording import change_between, foot, moved, newest, value_before

YEARS = 10
NAME = "ten-year"


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    history = contents.histories.get("ust.10y")
    title = words("The ten-year yield")
    if history is None or len(history.days) < 2:
        reason = contents.missing.get("ust.10y", "no ten-year yield was known on this date")
        return Absent(NAME, title, words(reason))
    history = history.last_years(YEARS)
    level, week = figures(history)
    return Declared(
        name=NAME,
        title=say(
            "The ten-year yield {moved} in the week to {d}, to {level}",
            moved=moved(week),
            d=history.dates()[-1],
            level=level,
        ),
        subtitle=words("Ten-year Treasury par yield, per cent, daily; the last week marked"),
        foot=foot((history.source,), contents.as_of),
        table=_table(history),
        draw=partial(plot, history, contents.events, _words(week)),
    )


def figures(history: History) -> tuple[Figure, Figure]:
    """The level and the change over five business days, as the monitor counts a week."""
    level = newest(history, "chart.ten-year.level")
    before = value_before(history, _week_before(history))
    if before is None:
        gap = Figure("chart.ten-year.week", None, "bp", reason="no figure a week before")
        return level, gap
    return level, change_between("chart.ten-year.week", float(history.values[-1]), before[1], level)


def plot(history: History, events: Sequence[Event], note: str, size: Size) -> Spec:
    """The line, its last week in the accent colour, events as verticals."""
    first, last = history.dates()[0], history.dates()[-1]
    level = newest(history, "chart.ten-year.level")
    room = last + (last - first) // (4 if size.narrow else 7)
    values = [float(v) for v in history.values]
    low = parts.nice_range(values, zero=min(values) > 0)[0]
    x = parts.x_day(first, room, format="%Y")
    y = parts.y_value((low, max(values) + 0.12 * (max(values) - low)), format=".0f")
    week = history.days >= np.datetime64(_week_before(history), "D")
    end: Row = {"day": parts.moment(last), "value": values[-1], "text": str(Num(level))}
    change: Row = {**end, "text": note}
    recent = parts.rows(history.days[week], history.values[week])
    return parts.fit(
        parts.layers([
            parts.events(events, x, first, room, size),
            parts.line(parts.rows(history.days, history.values), "measured", x, y, strokeWidth=1.2),
            parts.line(recent, "accent", x, y, strokeWidth=3),
            parts.dot(end, "accent", x, y),
            parts.label(end, "accent", x, y, dx=8, dy=-7, fontWeight="bold"),
            parts.label(change, "accent", x, y, dx=8, dy=8, fontSize=11),
        ]),
        size,
    )  # fmt: skip


def _week_before(history: History) -> date:
    return add_business_days(history.dates()[-1], -5)


def _words(week: Figure) -> str:
    return "" if week.missing else f"{Num(week, 'signed')} in a week"


def _later(first: date, last: date) -> date:
    """A little room to the right of the last observation."""
    return last + (last - first) // 40


def _table(history: History) -> Table:
    """Month ends and the last seven observations; every day would bury the reader."""
    months = history.days.astype("datetime64[M]")
    ends = np.flatnonzero(np.append(months[1:] != months[:-1], True))
    picked = sorted({*ends.tolist(), *range(max(len(months) - 7, 0), len(months))}, reverse=True)
    return Table(
        words("Ten-year yield: month ends and the newest week, newest first"),
        (Column("Date"), Column("Yield", "%", "right")),
        tuple(_row(history, i) for i in picked),
    )


def _row(history: History, i: int) -> TableRow:
    day = history.dates()[i]
    value = Figure(f"chart.ten-year.{day}", float(history.values[i]), history.unit, day=day)
    return TableRow((cell(Day(day)), number(value)))
