"""Custody holdings of the two largest countries the argument is about."""

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
from ustress.report.wording import change_between, foot, moved, newest, value_before

NAME = "holdings"
_WHO = (("holdings.china", "China", "accent"), ("holdings.japan", "Japan", "measured"))
_YEARS = 15


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    found = [
        (contents.histories[key].last_years(_YEARS), name, role)
        for key, name, role in _WHO
        if key in contents.histories and len(contents.histories[key].days) > 1
    ]
    if not found:
        reason = contents.missing.get("holdings", "no holdings by country were known on this date")
        return Absent(NAME, words("Holdings by country"), words(reason))
    return Declared(
        name=NAME,
        title=_title(found),
        subtitle=words("Treasuries by country of custody, billions of dollars, monthly"),
        foot=foot(
            tuple(h.source for h, _, _ in found), contents.as_of,
            note="Custody, not ownership; breaks at annual surveys are no flows.",
        ),
        table=_table(found),
        draw=partial(plot, found, contents.events),
    )  # fmt: skip


Found = Sequence[tuple[History, str, str]]


def _title(found: Found) -> Text:
    parts_ = []
    for history, name, _ in found:
        level = newest(history, f"chart.holdings.{name.lower()}")
        before = value_before(history, history.dates()[-1] - timedelta(days=364))
        change = (
            Figure(f"{level.id}.year", None, "usdbn_change", reason="no figure a year before")
            if before is None
            else change_between(f"{level.id}.year", float(history.values[-1]), before[1], level)
        )
        parts_.append(say("{n} {m} to {l}", n=f"{name}’s", m=moved(change), l=level))
    day = found[0][0].dates()[-1]
    both = Text(
        tuple(p for i, t in enumerate(parts_) for p in ([", "] if i else []) + list(t.parts))
    )
    return say("In the year to {d} holdings moved: {b}", d=Day(day, shown=f"{day:%B %Y}"), b=both)


def plot(found: Found, events: Sequence[Event], size: Size) -> Spec:
    """Two lines from zero, labelled at their ends."""
    first = min(h.dates()[0] for h, _, _ in found)
    last = max(h.dates()[-1] for h, _, _ in found)
    room = last + timedelta(days=(last - first).days * (0.2 if size.narrow else 0.12))
    top = max(float(h.values.max()) for h, _, _ in found) * 1.08
    x = parts.x_day(first, room, format="%Y")
    y = parts.y_value((0.0, top), format=",.0f")
    pieces: list[Spec | None] = [parts.events(events, x, first, room, size)]
    for history, name, role in found:
        end: Row = {
            "day": parts.moment(history.days[-1]), "value": float(history.values[-1]),
            "text": name,
        }  # fmt: skip
        pieces += [
            parts.line(parts.rows(history.days, history.values), role, x, y),
            parts.dot(end, role, x, y, 28),
            parts.label(end, role, x, y, fontWeight="bold"),
        ]
    return parts.fit(parts.layers(pieces), size)


def _table(found: Found) -> Table:
    days = sorted({d for h, _, _ in found for d in h.dates()})
    columns = (Column("Month"), *(Column(name, "$bn", "right") for _, name, _ in found))
    rows = tuple(
        TableRow((cell(Day(d)), *(number(_on(h, name, d)) for h, name, _ in found)))
        for d in reversed(days[-37:])
    )
    return Table(words("Holdings by month, newest first"), columns, rows)


def _on(history: History, name: str, day: date) -> Figure:
    id_ = f"chart.holdings.{name.lower()}.{day}"
    return Figure(id_, history.on(day), history.unit, source=history.source, reason="not published")
