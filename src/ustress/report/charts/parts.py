"""Pieces of Vega-Lite the charts share: rows, axes, marks, direct labels, events, shading.

A piece is a plain mapping. Altair's own objects copy every layer several times on the way to a
drawing; as mappings the same declarations draw an order of magnitude faster, and Altair reads and
validates the finished one (`base.chart`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from ustress.report.charts.base import Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.views import Days, Event, Values


def moment(day: date | np.datetime64) -> str:
    """A day as Vega reads it in local time (a bare date would be taken as UTC and shift)."""
    return f"{day}T00:00:00"


def rows(days: Days, values: Values) -> list[Row]:
    """Rows (day, value); missing values become gaps."""
    return [
        {"day": moment(d), "value": None if v != v else round(float(v), 6)}
        for d, v in zip(days.astype("datetime64[D]"), values, strict=True)
    ]


def band_rows(days: Days, low: Values, high: Values) -> list[Row]:
    """Rows (day, value, high) of an area."""
    found = rows(days, low)
    for row, upper in zip(found, high, strict=True):
        row["high"] = round(float(upper), 6)
    return found


def mark(kind: str, values: Sequence[Row], encoding: Spec, **style: Any) -> Spec:
    """One layer: rows, mark, encoding."""
    return {
        "data": {"values": list(values)},
        "mark": {"type": kind, **style},
        "encoding": encoding,
    }


def field(name: str, kind: str = "quantitative", **more: Any) -> Spec:
    """An encoding of a field."""
    return {"field": name, "type": kind, **more}


def text(name: str = "text") -> Spec:
    """An encoding of words."""
    return {"field": name, "type": "nominal"}


def x_day(first: date, last: date, **axis: Any) -> Spec:
    """The time axis from one day to another."""
    scale = {"domain": [moment(first), moment(last)]}
    return field("day", "temporal", scale=scale, axis={"tickCount": 6, **axis})


def y_value(domain: tuple[float, float], **axis: Any) -> Spec:
    """The value axis; nought has no sign."""
    scale = {"domain": list(domain), "nice": False, "zero": False}
    signed = {"labelExpr": _UNSIGNED_ZERO} if str(axis.get("format", "")).startswith("+") else {}
    return field("value", scale=scale, axis={"tickCount": 5, **signed, **axis})


_UNSIGNED_ZERO = "datum.value == 0 ? '0' : datum.label"


def line(values: Sequence[Row], role: str, x: Spec, y: Spec, **style: Any) -> Spec:
    """A line in a role's colour."""
    given = {"strokeWidth": 1.6, "strokeJoin": "round", "clip": True, **style}
    return mark("line", values, {"x": x, "y": y}, color=light(role), **given)


def area(values: Sequence[Row], role: str, opacity: float, x: Spec, y: Spec) -> Spec:
    """A band between `value` and `high`."""
    encoding = {"x": x, "y": y, "y2": {"field": "high"}}
    return mark("area", values, encoding, color=light(role), opacity=opacity, clip=True)


def label(row: Row, role: str, x: Spec, y: Spec, **style: Any) -> Spec:
    """A direct label at a row's place, its words under `text`, with a halo of paper."""
    given = {"align": "left", "dx": 6, "baseline": "middle", "fontSize": 12, **style}
    encoding = {"x": x, "y": y, "text": text()}
    halo = {"color": light("paper"), "stroke": light("paper"), "strokeWidth": 4}
    back = mark("text", [row], encoding, **{**given, **halo, "strokeJoin": "round"})
    return {"layer": [back, mark("text", [row], encoding, **{**given, "color": light(role)})]}


def dot(row: Row, role: str, x: Spec, y: Spec, size: int = 44) -> Spec:
    """A filled dot at a row's place."""
    style = {"filled": True, "size": size, "opacity": 1, "color": light(role)}
    return mark("point", [row], {"x": x, "y": y}, **style)


def level(value: float, role: str = "ink", **style: Any) -> Spec:
    """A horizontal rule at a value."""
    given = {"strokeWidth": 1, "color": light(role), **style}
    return mark("rule", [{"value": value}], {"y": field("value")}, **given)


def events(found: Sequence[Event], x: Spec, first: date, last: date, size: Size) -> Spec | None:
    """Thin verticals with a word at the top; words that would collide are left out."""
    inside = sorted((e for e in found if first <= e.day <= last), key=lambda e: e.day)
    if not inside:
        return None
    placed = _placed(inside, first, last, size)
    rule = mark(
        "rule", placed, {"x": x}, color=light("rule"), strokeWidth=1, strokeDash=[2, 2]
    )  # fmt: skip
    style: dict[str, Any] = {"baseline": "top", "fontSize": 11, "color": light("muted"), "dy": -1}
    encoding = {"x": x, "y": {"value": 0}, "text": text()}
    ahead = mark("text", [r for r in placed if not r["end"]], encoding, align="left", dx=3, **style)
    behind = mark("text", [r for r in placed if r["end"]], encoding, align="right", dx=-3, **style)
    return {"layer": [rule, ahead, behind]}


def _placed(inside: Sequence[Event], first: date, last: date, size: Size) -> list[Row]:
    """Newest words first: what happened last matters most where there is no room for all."""
    span, free = max((last - first).days, 1), 1e9
    out: list[Row] = []
    for event in reversed(inside):
        at = (event.day - first).days / span * size.width * 0.93
        wide = 6.2 * len(event.word) + 8
        behind = at + wide > min(free, size.width * 0.93)
        left = at - wide if behind else at
        fits = (at if behind else at + wide) <= free and left >= 0
        free = left if fits else free
        out.append({"day": moment(event.day), "text": event.word if fits else "", "end": behind})
    return out


def spread(
    positions: Sequence[float], gap: float, inside: tuple[float, float] | None = None
) -> list[float]:
    """Label positions pushed apart to at least `gap`, in their order, kept `inside` a range."""
    order = np.argsort(np.asarray(positions, dtype=float), kind="stable")
    placed = np.asarray(positions, dtype=float)[order]
    for _ in range(100):
        short = np.maximum(gap - np.diff(placed), 0.0)
        if not (short > 1e-9 * gap).any():
            break
        placed[:-1] -= short / 2
        placed[1:] += short / 2
    if inside is not None:
        steps = gap * np.arange(placed.size)
        low, high = inside[0] + steps, inside[1] - steps[::-1]
        placed = np.minimum(np.maximum(placed, low), high)
    out = np.empty_like(placed)
    out[order] = placed
    return [float(v) for v in out]


def nice_range(
    values: Sequence[float], *, zero: bool = False, pad: float = 0.06
) -> tuple[float, float]:
    """A domain with a little air around the values, reaching zero where zero means something."""
    finite = [v for v in values if v == v]
    low, high = min(finite), max(finite)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    air = (high - low or abs(high) or 1.0) * pad
    return (low if zero and low == 0 else low - air, high if zero and high == 0 else high + air)


def layers(parts: Sequence[Spec | None]) -> Spec:
    """The layers that are there."""
    return {"layer": [p for p in parts if p is not None]}


def fit(drawing: Spec, size: Size, height: int | None = None) -> Spec:
    """The drawing at a size, axes and labels included."""
    return {
        **drawing, "width": size.width, "height": height or size.height,
        "autosize": {"type": "fit", "contains": "padding"},
    }  # fmt: skip
