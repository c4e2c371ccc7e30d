"""One panel of a fan: history solid, simulation shaded, half and nine tenths, median, samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from ustress.report.charts import parts
from ustress.report.charts.base import Row, Size, Spec
from ustress.report.charts.palette import light, scenario_role
from ustress.report.views import Fan, History, ScenarioView

_SPACING = 20
_AXIS = 40
_HEIGHTS = {4: 210, 2: 132, 1: 124}


@dataclass(frozen=True, slots=True)
class Panel:
    """What one panel shows; `band` is a horizontal range worth marking, with its word."""

    title: str
    role: str
    fan: Fan
    history: History | None = None
    band: tuple[float, float, str] | None = None
    format: str = ".1f"
    places: int = 1


def of(scenario: ScenarioView, fan: Fan, history: History | None = None, **more: Any) -> Panel:
    """The panel of a scenario's fan, in the scenario's colour."""
    return Panel(scenario.title, scenario_role(scenario.key), fan, history, **more)


def grid(panels: Sequence[Panel], size: Size, *, zero: bool = False) -> Spec:
    """Panels on one scale, as many in a row as the size has room for."""
    columns = min(size.panels, len(panels))
    width = (size.width - _SPACING * (columns - 1)) // columns - _AXIS
    domain = domain_of(panels, zero=zero)
    drawn = [
        {
            **panel(p, domain, width, worded=i == 0),
            "width": width, "height": _HEIGHTS[size.panels], "title": _head(p),
        }
        for i, p in enumerate(panels)
    ]  # fmt: skip
    return {"concat": drawn, "columns": columns, "spacing": _SPACING}


def _head(p: Panel) -> Spec:
    return {
        "text": p.title, "color": light(p.role), "fontSize": 13, "anchor": "start",
        "frame": "bounds", "offset": 6,
    }  # fmt: skip


def domain_of(panels: Sequence[Panel], *, zero: bool = False) -> tuple[float, float]:
    """One scale for all panels."""
    values = [float(v) for p in panels for q in (0.05, 0.95) for v in p.fan.bands[q]]
    values += [float(v) for p in panels if p.history is not None for v in p.history.values]
    values += [edge for p in panels if p.band for edge in p.band[:2]]
    return parts.nice_range(values, zero=zero)


def panel(p: Panel, domain: tuple[float, float], width: int, *, worded: bool) -> Spec:
    """The layers of one panel; `worded` names what is marked (the first explains the others)."""
    opening, end = edges(p.fan)
    first = p.history.dates()[0] if p.history is not None and len(p.history.days) else opening
    room = max(round((end - first).days * 40 / max(width, 80)), 3)
    last = end + timedelta(days=room)
    x = parts.x_day(first, last, **ticks((end - first).days))
    y = parts.y_value(domain, format=p.format, tickCount=4)
    history = None
    if p.history is not None:
        history = parts.line(parts.rows(p.history.days, p.history.values), "measured", x, y)
    return parts.layers([
        shade(opening, last, x), _band(p, y, worded=worded),
        *_bands(p, x, y), *_samples(p, x, y), history,
        parts.line(parts.rows(p.fan.days, p.fan.median), p.role, x, y, strokeWidth=2.2),
        *_ends(p, end, x, y, domain),
    ])  # fmt: skip


def signless(words: str) -> str:
    """A label with a true minus, and nought without a sign."""
    nought = not any(c in "123456789" for c in words)
    return words.lstrip("+-") if nought else words.replace("-", "\N{MINUS SIGN}")


def edges(fan: Fan) -> tuple[date, date]:
    """The opening day and the last day of a fan."""
    days = fan.days.astype("datetime64[D]")
    return days[0].item(), days[-1].item()


def ticks(days: int, until: date | None = None) -> Spec:
    """Month names, with the year where more than one is in sight; days where a month is.

    After `until` there are labels of the chart's own and no time.
    """
    end = "" if until is None else f"datetime({until.year}, {until.month - 1}, {until.day})"
    ended = {"labelExpr": f"datum.value > {end} ? '' : datum.label"} if end else {}
    if days < 45:
        return {"tickCount": {"interval": "week", "step": 1}, "format": "%-d %b", **ended}
    every = 1 if days < 130 else 2 if days < 280 else 4
    return {
        **ended,
        "tickCount": {"interval": "month", "step": every}, "labelOverlap": True,
        "format": "%b" if days < 280 else "%b ’%y",
    }  # fmt: skip


def shade(opening: date, last: date, x: Spec) -> Spec:
    """The ground of what is simulated."""
    row: Row = {"day": parts.moment(opening), "end": parts.moment(last)}
    encoding = {"x": x, "x2": {"field": "end"}}
    return parts.mark("rect", [row], encoding, color=light("shade"), opacity=0.5)


def _band(p: Panel, y: Spec, *, worded: bool) -> Spec | None:
    if p.band is None:
        return None
    low, high, word = p.band
    row: Row = {"value": low, "high": high, "text": word}
    style = {"color": light("accent"), "opacity": 0.13}
    rect = parts.mark("rect", [row], {"y": y, "y2": {"field": "high"}}, **style)
    if not worded:
        return rect
    encoding = {"y": parts.field("high"), "x": {"value": 5}, "text": parts.text()}
    word_style: dict[str, Any] = {"align": "left", "baseline": "bottom", "dy": -3, "fontSize": 11}
    return {
        "layer": [rect, parts.mark("text", [row], encoding, color=light("accent"), **word_style)]
    }


def _bands(p: Panel, x: Spec, y: Spec) -> list[Spec]:
    pairs = ((0.05, 0.95, 0.20), (0.25, 0.75, 0.34))
    bands = p.fan.bands
    return [
        parts.area(parts.band_rows(p.fan.days, bands[low], bands[high]), p.role, opacity, x, y)
        for low, high, opacity in pairs
    ]


def _samples(p: Panel, x: Spec, y: Spec) -> list[Spec]:
    style = {"strokeWidth": 0.7, "opacity": 0.55}
    return [
        parts.line(parts.rows(p.fan.days, path), p.role, x, y, **style)
        for path in p.fan.samples[:3]
    ]


def _ends(p: Panel, end: date, x: Spec, y: Spec, domain: tuple[float, float]) -> list[Spec]:
    """The ends of the median and, smaller, of the nine tenths, as direct labels.

    A single path, which has no spread, has one.
    """
    styles = [(0.95, "muted", "normal"), (0.5, p.role, "bold"), (0.05, "muted", "normal")]
    if np.array_equal(p.fan.bands[0.05], p.fan.bands[0.95]):
        styles = styles[1:2]
    values = [float(p.fan.bands[q][-1]) for q, _, _ in styles]
    places = parts.spread(values, 0.085 * (domain[1] - domain[0]), domain)
    out = []
    for (_, role, weight), value, place in zip(styles, values, places, strict=True):
        words = signless(f"{value:{'+' if '+' in p.format else ''},.{p.places}f}")
        row: Row = {"day": parts.moment(end), "value": place, "text": words}
        out.append(parts.label(row, role, x, y, dx=4, fontSize=11, fontWeight=weight))
    return out
