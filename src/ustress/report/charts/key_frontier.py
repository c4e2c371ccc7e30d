"""The point of no return along two keys of a scenario."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ustress.report.charts import parts
from ustress.report.charts.base import Declared, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Name, say, words
from ustress.report.tables import Column, Row, Table, cell

if TYPE_CHECKING:
    from ustress.simulate.frontier.keys import KeyFrontier


def declare_keys(found: KeyFrontier) -> Declared:
    """The chart of a frontier along two keys."""
    one, two = found.first.info, found.second.info
    known = [i for i, point in enumerate(found.points) if point.value is not None]
    reached = f"{len(known)} of {len(found.points)} values of {one.key}"
    rows = tuple(
        Row((cell(Name(f"{value:,.4g}")), cell(Name(found.words(i)))))
        for i, value in enumerate(found.first.values)
    )
    return Declared(
        name="frontier",
        title=say("{k} decides between return and none at {n}", k=Name(two.key), n=Name(reached)),
        subtitle=say(
            "{a} ({u}) at which the chance of no return is one in ten, against {b} ({v})",
            a=Name(two.description), u=Name(two.unit_words), b=Name(one.description),
            v=Name(one.unit_words),
        ),
        foot=say(
            "Source: ustress simulation, opening state of {d}; besides: {s}; purchases off.",
            d=found.as_of, s=Name(found.scenario),
        ),
        table=Table(words("Along two keys"), (Column(one.key), Column(two.key)), rows),
        draw=partial(plot, found),
        full=True,
    )  # fmt: skip


def plot(found: KeyFrontier, size: Size) -> Spec:
    """The frontier with two errors up and down, inside the range that was looked at."""
    low, high = found.second.values
    x = parts.field("first", axis={"title": found.first.info.key})
    y = parts.y_value((low, high), title=found.second.info.key)
    rows = [
        {
            "first": value, "value": p.value,
            "less": max(p.value - 2 * (p.error or 0.0), low),
            "more": min(p.value + 2 * (p.error or 0.0), high),
        }
        for value, p in zip(found.first.values, found.points, strict=True)
        if p.value is not None
    ]  # fmt: skip
    away = [
        {
            "first": value, "text": found.words(i),
            "value": high if (p.status == "not_reached") != found.falls[i] else low,
        }
        for i, (value, p) in enumerate(zip(found.first.values, found.points, strict=True))
        if p.value is None
    ]  # fmt: skip
    error = {"x": x, "y": {**y, "field": "less"}, "y2": {"field": "more"}}
    pieces = [
        parts.line(rows, "accent", x, y, strokeWidth=2.4),
        parts.mark("rule", rows, error, color=light("accent"), strokeWidth=1.2),
        *(parts.dot(row, "accent", x, y, 30) for row in rows),
        parts.mark("point", away, {"x": x, "y": y}, color=light("muted"), size=40),
    ]
    return parts.fit(parts.layers(pieces), size, 330 if size.panels == 4 else size.height)
