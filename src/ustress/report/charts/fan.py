"""One panel of a fan: history solid, simulation shaded, half and nine tenths, median, samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
import numpy as np

from ustress.report.charts import parts
from ustress.report.charts.base import Row, Size
from ustress.report.charts.palette import light, scenario_role
from ustress.report.views import Fan, History, ScenarioView

_SPACING = 18
_AXIS = 44


@dataclass(frozen=True, slots=True)
class Panel:
    """What one panel shows; `band` is a horizontal range worth marking, with its word."""

    title: str
    role: str
    fan: Fan
    history: History | None = None
    band: tuple[float, float, str] | None = None
    format: str = ".1f"


def of(
    scenario: ScenarioView, fan: Fan, history: History | None = None, **more: Any
) -> Panel:
    """The panel of a scenario's fan, in the scenario's colour."""
    return Panel(scenario.title, scenario_role(scenario.key), fan, history, **more)


def grid(panels: Sequence[Panel], size: Size, *, zero: bool = False) -> alt.ConcatChart:
    """Panels on one scale, as many in a row as the size has room for."""
    columns = min(size.panels, len(panels))
    width = (size.width - _SPACING * (columns - 1)) // columns - _AXIS
    height = {4: 210, 2: 150}.get(size.panels, 120)
    domain = _domain(panels, zero)
    drawn = [
        panel(p, domain, width, height, words=i == 0).properties(title=_head(p))
        for i, p in enumerate(panels)
    ]
    return alt.concat(*drawn, columns=columns, spacing=_SPACING)


def _head(p: Panel) -> alt.TitleParams:
    return alt.TitleParams(
        text=p.title, color=light(p.role), fontSize=13, anchor="start", frame="bounds", offset=6
    )


def _domain(panels: Sequence[Panel], zero: bool) -> tuple[float, float]:
    values = [float(v) for p in panels for q in (0.05, 0.95) for v in p.fan.bands[q]]
    values += [float(v) for p in panels if p.history is not None for v in p.history.values]
    values += [edge for p in panels if p.band for edge in p.band[:2]]
    return parts.nice_range(values, zero=zero)


def panel(
    p: Panel, domain: tuple[float, float], width: int, height: int, *, words: bool
) -> alt.LayerChart:
    """One panel; `words` labels bands and lines (the first panel explains the others)."""
    opening: date = p.fan.days[0].astype("datetime64[D]").item()
    end: date = p.fan.days[-1].astype("datetime64[D]").item()
    first = p.history.dates()[0] if p.history is not None and len(p.history.days) else opening
    last = end + timedelta(days=max((end - first).days // 5, 6))
    x = parts.x_day(
        (parts.moment(first), parts.moment(last)), tickCount={"interval": "month", "step": 1}
        if (end - first).days < 150 else 4, format="%b" if (end - first).days < 330 else "%b %y",
        labelOverlap=True,
    )  # fmt: skip
    y = parts.y_value(domain, format=p.format, tickCount=4)
    return parts.layers([
        _shade(opening, last, x), _band(p, y, words, width),
        _area(p, 0.05, 0.95, 0.20, x, domain), _area(p, 0.25, 0.75, 0.34, x, domain),
        *_samples(p, x, y),
        None if p.history is None else parts.line(
            parts.rows(p.history.days, p.history.values), "measured", x, y),
        parts.line(parts.rows(p.fan.days, p.fan.median), p.role, x, y, strokeWidth=2.2),
        *_ends(p, end, x, y),
    ]).properties(width=width, height=height)  # fmt: skip


def _shade(opening: date, last: date, x: alt.X) -> alt.Chart:
    row: Row = {"day": parts.moment(opening), "end": parts.moment(last)}
    mark = alt.Chart(parts.data([row])).mark_rect(color=light("shade"), opacity=1)
    return mark.encode(x=x, x2="end:T")


def _band(p: Panel, y: alt.Y, words: bool, width: int) -> alt.LayerChart | None:
    if p.band is None:
        return None
    low, high, word = p.band
    base = alt.Chart(parts.data([{"value": low, "high": high, "text": word}]))
    rect = base.mark_rect(color=light("accent"), opacity=0.13).encode(y=y, y2="high:Q")
    if not words:
        return alt.layer(rect)
    text = base.mark_text(
        align="right", baseline="top", dy=3, fontSize=11, color=light("accent")
    ).encode(y=alt.Y("high:Q"), x=alt.value(width - 4), text="text:N")
    return alt.layer(rect, text)


def _area(
    p: Panel, low: float, high: float, opacity: float, x: alt.X, domain: tuple[float, float]
) -> alt.Chart:
    floor, top = np.clip(p.fan.bands[low], *domain), np.clip(p.fan.bands[high], *domain)
    rows = parts.rows(p.fan.days, floor)
    for row, upper in zip(rows, top, strict=True):
        row["high"] = round(float(upper), 6)
    mark = alt.Chart(parts.data(rows)).mark_area(color=light(p.role), opacity=opacity, line=False)
    return mark.encode(x=x, y=alt.Y("value:Q"), y2="high:Q")


def _samples(p: Panel, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    return [
        parts.line(parts.rows(p.fan.days, path), p.role, x, y, strokeWidth=0.7, opacity=0.55)
        for path in p.fan.samples[:3]
    ]


def _ends(p: Panel, end: date, x: alt.X, y: alt.Y) -> list[alt.LayerChart]:
    """The end of the median, and of the nine tenths smaller, as direct labels."""
    places = 2 if p.format.endswith("2f") else 0 if p.format.endswith("0f") else 1
    places = 2 if p.fan.unit == "pct" else places
    out = []
    for q, role, size in ((0.95, "muted", 11), (0.5, p.role, 12), (0.05, "muted", 11)):
        value = float(p.fan.bands[q][-1])
        row: Row = {"day": parts.moment(end), "value": value, "text": f"{value:,.{places}f}"}
        weight = "bold" if q == 0.5 else "normal"
        out.append(parts.label(row, role, x, y, dx=4, fontSize=size, fontWeight=weight))
    return out
