"""Pieces the charts share: rows, axes, lines, direct labels, events, shading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import numpy as np

from ustress.report.charts.base import Row, Size
from ustress.report.charts.palette import light
from ustress.report.views import Days, Event, Values


def moment(day: date | np.datetime64) -> str:
    """A day as Vega reads it in local time (a bare date would be taken as UTC and shift)."""
    return f"{day}T00:00:00"


def rows(days: Days, values: Values, **fixed: str) -> list[Row]:
    """Long rows (day, value) with fixed columns; missing values become gaps."""
    return [
        {"day": moment(d), "value": None if v != v else round(float(v), 6), **fixed}
        for d, v in zip(days.astype("datetime64[D]"), values, strict=True)
    ]


def data(values: Sequence[Row]) -> alt.InlineData:
    """Inline data for a layer."""
    return alt.InlineData(values=list(values))


def x_day(domain: Sequence[str] | None = None, **axis: Any) -> alt.X:
    """The time axis."""
    scale = alt.Scale(domain=list(domain)) if domain else alt.Undefined
    return alt.X("day:T", scale=scale, axis=alt.Axis(**{"tickCount": 6, **axis}))


def y_value(
    domain: tuple[float, float] | None = None, *, zero: bool = False, **axis: Any
) -> alt.Y:
    """The value axis: it starts where the quantity's meaning starts."""
    scale = alt.Scale(zero=zero, nice=True) if domain is None else alt.Scale(domain=list(domain))
    return alt.Y("value:Q", scale=scale, axis=alt.Axis(**{"tickCount": 5, **axis}))


def line(values: Sequence[Row], role: str, x: alt.X, y: alt.Y, **mark: Any) -> alt.Chart:
    """A line in a role's colour."""
    style = {"strokeWidth": 1.6, "strokeJoin": "round", "clip": True, **mark}
    return alt.Chart(data(values)).mark_line(color=light(role), **style).encode(x=x, y=y)


def label(
    row: Row, role: str, x: alt.X, y: alt.Y, *, halo: bool = True, **mark: Any
) -> alt.LayerChart:
    """A direct label at a row's (day, value), its words under `text`, with a halo of paper."""
    style = {"align": "left", "dx": 6, "baseline": "middle", "fontSize": 12, **mark}
    base = alt.Chart(data([row])).encode(x=x, y=y, text="text:N")
    front = base.mark_text(color=light(role), **style)
    if not halo:
        return alt.layer(front)
    back = base.mark_text(
        color=light("paper"), stroke=light("paper"), strokeWidth=4, strokeJoin="round", **style
    )
    return alt.layer(back, front)


def dot(row: Row, role: str, x: alt.X, y: alt.Y, size: int = 44) -> alt.Chart:
    """A filled dot at a row's (day, value)."""
    return (
        alt.Chart(data([row]))
        .mark_point(filled=True, size=size, color=light(role), opacity=1)
        .encode(x=x, y=y)
    )


def events(
    found: Sequence[Event], x: alt.X, first: date, last: date, size: Size
) -> alt.LayerChart | None:
    """Thin verticals with a word at the top; a phone keeps the rules and drops crowded words."""
    inside = [e for e in found if first <= e.day <= last]
    if not inside:
        return None
    span = max((last - first).days, 1)
    out: list[Row] = []
    taken = -1e9
    for event in sorted(inside, key=lambda e: e.day):
        at = (event.day - first).days / span * size.width
        fits = at - taken > 6.4 * len(event.word) + 10
        near_end = at + 6.4 * len(event.word) > size.width * 0.97
        out.append({"day": moment(event.day), "text": event.word if fits else "", "end": near_end})
        taken = at if fits else taken
    base = alt.Chart(data(out)).encode(x=x)
    rule = base.mark_rule(color=light("rule"), strokeWidth=1, strokeDash=[2, 2])
    style: dict[str, Any] = {"baseline": "top", "y": -2, "fontSize": 11, "color": light("muted")}
    ahead = base.transform_filter("!datum.end").mark_text(align="left", dx=3, **style)
    behind = base.transform_filter("datum.end").mark_text(align="right", dx=-3, **style)
    return alt.layer(
        rule, ahead.encode(text="text:N", y=alt.value(0)), behind.encode(text="text:N", y=alt.value(0))
    )


def spread(positions: Sequence[float], gap: float) -> list[float]:
    """Label positions pushed apart to at least `gap`, keeping their order and their mean place."""
    order = np.argsort(np.asarray(positions, dtype=float), kind="stable")
    placed = np.asarray(positions, dtype=float)[order]
    for _ in range(50):
        short = np.maximum(gap - np.diff(placed), 0.0)
        if not (short > 1e-12).any():
            break
        placed[:-1] -= short / 2
        placed[1:] += short / 2
    out = np.empty_like(placed)
    out[order] = placed
    return [float(v) for v in out]


def nice_range(values: Sequence[float], *, zero: bool = False, pad: float = 0.06) -> tuple[float, float]:
    """A domain with a little air around the values, reaching zero where zero means something."""
    finite = [v for v in values if v == v]
    low, high = min(finite), max(finite)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    air = (high - low or abs(high) or 1.0) * pad
    return (low if zero and low == 0 else low - air, high if zero and high == 0 else high + air)


def layers(parts: Sequence[alt.Chart | alt.LayerChart | None]) -> alt.LayerChart:
    """The layers that are there."""
    return alt.layer(*(p for p in parts if p is not None))


def fit(drawing: alt.LayerChart, size: Size, height: int | None = None) -> alt.LayerChart:
    """The drawing at a size, axes and labels included."""
    return drawing.properties(
        width=size.width,
        height=height or size.height,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )
