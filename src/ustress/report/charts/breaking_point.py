"""The chance that the Fed buys against the amount sold, with real amounts marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from ustress.report import simulation_tables
from ustress.report.by_pace import AmountMark
from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.views import BreakpointView, BriefContents

NAME = "breakpoint"


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    found = contents.breakpoint
    if found is None or len(found.amounts_usdbn) < 2:
        why = contents.missing.get("breakpoint", "the breaking point was not computed")
        return Absent(NAME, words("The breaking point"), words(why))
    return Declared(
        name=NAME,
        title=_title(found),
        subtitle=say(
            "Chance that the Fed buys within {w} business days, against billions of dollars sold "
            "over {s}; shaded: middle eight tenths of parameter draws",
            w=simulation_tables.days("breakpoint.within_days", found.within_days),
            s=simulation_tables.days("breakpoint.sale_days", found.sale_days),
        ),
        foot=say(
            "Source: ustress simulation, opening state of {d}; marks: {m}.",
            d=contents.as_of, m=Name(_marked(found)),
        ),
        table=simulation_tables.breakpoint_(found),
        draw=partial(plot, found),
        full=True,
    )  # fmt: skip


def _marked(found: BreakpointView) -> str:
    return "; ".join(dict.fromkeys(m.source for m in found.marks)) or "none"


def _title(found: BreakpointView) -> Text:
    if not found.crossings:
        return _ends(found)
    crossing = min(found.crossings, key=lambda c: abs(c.level - 0.5))
    low, middle, high = simulation_tables.crossing_figures(crossing)
    if middle.missing:
        return _ends(found)
    level = Figure("breakpoint.level", crossing.level, "probability")
    line = say(
        "Selling {m} brings the Fed in with a chance of {p}",
        m=Num(middle, "about"), p=level,
    )  # fmt: skip
    if low.missing or high.missing:
        return line + words("; over parameters the range is open")
    return line + say("; over parameters it takes {a} to {b}", a=low, b=high)


def _ends(found: BreakpointView) -> Text:
    most = Figure("breakpoint.most", float(found.amounts_usdbn[-1]), "usdbn_whole")
    chance = Figure(
        "breakpoint.most.chance",
        float(found.chance[-1]),
        "probability",
        error=float(found.error[-1]),
    )
    return say(
        "Selling {m}, the most tried, brings the Fed in with a chance of {p}", m=most, p=chance
    )


def plot(found: BreakpointView, size: Size) -> Spec:
    """The averaged curve with its error, the spread over parameters, the marks."""
    x = parts.field(
        "amount", scale={"domain": [0, _last(found)], "nice": False},
        axis={
            "format": "$,.0f", "tickCount": 5 if size.narrow else 8,
            "labelExpr": "datum.label + 'bn'",
        },
    )  # fmt: skip
    y = parts.y_value((0.0, 1.0), format=".0%", tickCount=5)
    rows = [row for row in _rows(found) if row["amount"] <= _last(found)]
    error = {"x": x, "y": parts.field("less"), "y2": {"field": "more"}}
    pieces = [
        _spread(found, rows, x),
        *_marks(found, x, y, size),
        parts.line(rows, "accent", x, y, strokeWidth=2.4),
        parts.mark("rule", rows, error, color=light("accent"), strokeWidth=1.2),
        *(parts.dot(row, "accent", x, y, 26) for row in rows),
    ]
    return parts.fit(parts.layers(pieces), size, 330 if size.panels == 4 else size.height)


def _last(found: BreakpointView) -> float:
    """Where the axis ends: past the last mark, and past where the chance is as good as one."""
    most = float(found.amounts_usdbn[-1])
    sure = np.flatnonzero(found.chance >= 0.995)
    enough = float(found.amounts_usdbn[sure[0]]) if sure.size else most
    marked = max((1.1 * m.amount_usdbn for m in found.marks), default=0.0)
    return min(most, max(enough, marked))


def _rows(found: BreakpointView) -> list[Row]:
    low = found.low if found.low is not None else np.full_like(found.chance, np.nan)
    high = found.high if found.high is not None else np.full_like(found.chance, np.nan)
    return [
        {
            "amount": float(a), "value": float(c), "less": float(max(c - 2 * e, 0.0)),
            "more": float(min(c + 2 * e, 1.0)), "low": _gap(lo), "high": _gap(hi),
        }
        for a, c, e, lo, hi in zip(
            found.amounts_usdbn, found.chance, found.error, low, high, strict=True
        )
    ]  # fmt: skip


def _gap(value: float) -> float | None:
    return None if value != value else float(value)


def _spread(found: BreakpointView, rows: Sequence[Row], x: Spec) -> Spec | None:
    if found.low is None or found.high is None:
        return None
    encoding = {"x": x, "y": parts.field("low"), "y2": {"field": "high"}}
    return parts.mark("area", rows, encoding, color=light("accent"), opacity=0.14)


def _marks(found: BreakpointView, x: Spec, y: Spec, size: Size) -> list[Spec]:
    """Real amounts as verticals, their words staggered from the top so that none overlap."""
    top = _last(found)
    inside: Sequence[AmountMark] = sorted(
        (m for m in found.marks if m.amount_usdbn <= top), key=lambda m: m.amount_usdbn
    )
    out: list[Spec] = []
    for i, mark in enumerate(inside):
        right = mark.amount_usdbn > 0.6 * top
        step = 0.065 * i * (1.3 if size.narrow else 1)
        high = np.interp(mark.amount_usdbn, found.amounts_usdbn, found.chance) > 0.5
        row: Row = {
            "amount": mark.amount_usdbn,
            "value": 0.14 + step if high else 1 - step,
            "text": f"{mark.label} {mark.amount_usdbn:,.0f}",
        }
        style = {"color": light("rule"), "strokeDash": [3, 2], "strokeWidth": 1}
        side = {"align": "right", "dx": -5} if right else {"align": "left", "dx": 5}
        out += [
            parts.mark("rule", [row], {"x": x}, **style),
            parts.label(row, "muted", x, y, fontSize=11.5, baseline="top", **side),
        ]
    return out
