"""Draws the pictures of docs/slow-layer.md from the solver.

Usage: python -m tools.slow_layer_figures [docs/pictures]
"""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import wrap
from typing import Any

import altair as alt
import numpy as np
import vl_convert

from tools.slow_layer_numbers import PICTURES, Line, Picture
from ustress.report.charts.base import FONT
from ustress.report.charts.palette import light
from ustress.report.charts.parts import spread

WIDTH, HEIGHT = 760, 280
FOOT = "Source: ustress, solved when the picture was drawn; tools/slow_layer_numbers.py."
Spec = dict[str, Any]


def main(folder: Path) -> None:
    """Write one SVG a picture."""
    folder.mkdir(parents=True, exist_ok=True)
    for make in PICTURES:
        picture = make()
        path = folder / f"slow-layer-{picture.name}.svg"
        path.write_text(svg(picture) + "\n", encoding="utf-8")
        print(f"{path}: {picture.title}")


def svg(picture: Picture) -> str:
    """The picture as SVG on a paper-coloured ground."""
    drawn: str = vl_convert.vegalite_to_svg(chart(picture).to_dict())
    return drawn


def chart(picture: Picture) -> alt.TopLevelMixin:
    """The picture as a validated Altair chart."""
    panels = list(dict.fromkeys(line.panel for line in picture.lines))
    parts = [_panel(picture, name, len(panels)) for name in panels]
    words = [*wrap(picture.subtitle, 115), FOOT]
    title = {
        "text": wrap(picture.title, 88), "subtitle": words, "anchor": "start", "fontSize": 15,
        "color": light("ink"), "subtitleColor": light("muted"), "offset": 12,
    }  # fmt: skip
    return alt.Chart.from_dict({"title": title, "hconcat": parts, "config": _config()})


def _panel(picture: Picture, name: str, count: int) -> Spec:
    lines = [line for line in picture.lines if line.panel == name]
    low, high = _range(picture.lines)
    x_low = min(float(line.x.min()) for line in picture.lines)
    x_high = max(float(line.x.max()) for line in picture.lines)
    scale: Spec = {"domain": [x_low, x_high], "nice": False}
    if picture.log_x:
        scale["type"] = "log"
    axis: Spec = {"title": picture.x_title, "grid": False, "labelFlush": False}
    if picture.ticks:
        axis["values"] = list(picture.ticks)
    x = {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}
    y = {
        "field": "y", "type": "quantitative", "axis": {"title": None, "tickCount": 6},
        "scale": {"domain": [low, high], "nice": False, "zero": False},
    }  # fmt: skip
    layers = [_line(line, x, y) for line in lines]
    layers += _labels(lines, x, y, (low, high), x_high)
    if low < 0 < high:
        rule = {"type": "rule", "color": light("rule")}
        layers.insert(0, {"data": {"values": [{"y": 0}]}, "mark": rule, "encoding": {"y": y}})
    width = WIDTH // count - 60
    return {"title": name, "width": width, "height": HEIGHT, "layer": layers}


def _range(lines: tuple[Line, ...]) -> tuple[float, float]:
    low = min(float(line.y.min()) for line in lines)
    high = max(float(line.y.max()) for line in lines)
    air = 0.05 * (high - low)
    return (0.0 if low >= 0 else low - air), (0.0 if high <= 0 else high + air)


def _line(line: Line, x: Spec, y: Spec) -> Spec:
    pairs = zip(line.x, line.y, strict=True)
    rows = [{"x": round(float(a), 6), "y": round(float(b), 6)} for a, b in pairs]
    mark = {"type": "line", "color": light(line.role), "strokeWidth": 2, "clip": True}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}}


def _labels(
    lines: list[Line], x: Spec, y: Spec, domain: tuple[float, float], right: float
) -> list[Spec]:
    """Words at the lines' right ends, pushed apart, or on a line where it stands alone."""
    ends = [line for line in lines if line.label and line.at is None]
    gap = 0.055 * (domain[1] - domain[0])
    places = spread([float(line.y[-1]) for line in ends], gap, domain)
    found = [_text(line, right, at, x, y, 5) for line, at in zip(ends, places, strict=True)]
    for line in lines:
        if line.at is not None:
            height = float(np.interp(line.at, line.x, line.y))
            found += [_text(line, line.at, height, x, y, 0, halo) for halo in (True, False)]
    return found


def _text(
    line: Line, at: float, height: float, x: Spec, y: Spec, dx: int, halo: bool = False
) -> Spec:
    style: Spec = {"color": light(line.role)}
    if halo:
        style = {"color": light("paper"), "stroke": light("paper"), "strokeWidth": 6}
    align = "left" if dx else "center"
    mark = {"type": "text", "align": align, "dx": dx, "baseline": "middle", "fontSize": 12}
    return {
        "data": {"values": [{"x": at, "y": height, "text": line.label}]},
        "mark": {**mark, **style},
        "encoding": {"x": x, "y": y, "text": {"field": "text", "type": "nominal"}},
    }


def _config() -> Spec:
    axis = {
        "labelFontSize": 12, "labelColor": light("muted"), "titleColor": light("muted"),
        "titleFontWeight": "normal", "titleFontSize": 12, "gridColor": light("grid"),
        "domainColor": light("rule"), "tickColor": light("rule"),
    }  # fmt: skip
    return {
        "font": FONT, "background": light("paper"), "view": {"stroke": None}, "axis": axis,
        "padding": {"left": 10, "right": 14, "top": 10, "bottom": 8},
        "title": {"anchor": "start", "fontSize": 13, "color": light("ink")},
        "concat": {"spacing": 78},
    }  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/pictures"))
