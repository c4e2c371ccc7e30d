"""What a declared chart is, and how it becomes an Altair chart or an SVG."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from ustress.report.charts.palette import light
from ustress.report.figures import Text
from ustress.report.tables import Table

FONT = '"Helvetica Neue", Arial, "Liberation Sans", sans-serif'
Row = dict[str, Any]
# Charts layered, concatenated or single: what the drawing functions return.
Drawing = alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.ConcatChart | alt.Chart


@dataclass(frozen=True, slots=True)
class Size:
    """A size a chart is drawn for: pixels of the whole drawing, panels in a row."""

    name: str
    width: int
    height: int
    panels: int

    @property
    def narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < 420


FULL = Size("full", 1120, 300, 4)
WIDE = Size("wide", 600, 290, 2)
NARROW = Size("narrow", 344, 262, 1)


@dataclass(frozen=True, slots=True)
class Declared:
    """A chart: what it finds, in what quantity and unit, from which source, and how it is drawn.

    `full` charts have panels and span the page where there is room for them in one row.
    """

    name: str
    title: Text
    subtitle: Text
    foot: Text
    table: Table
    draw: Callable[[Size], Drawing]
    full: bool = False

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes a page needs."""
        return (FULL, WIDE, NARROW) if self.full else (WIDE, NARROW)


@dataclass(frozen=True, slots=True)
class Absent:
    """A chart that cannot be drawn on this date, and why."""

    name: str
    title: Text
    reason: Text


def chart(declared: Declared, size: Size = WIDE) -> Drawing:
    """The Altair chart with title (the finding), subtitle and foot, for a notebook or a file."""
    drawing = _dressed(declared.draw(size))
    per_line = size.width // 7
    return drawing.properties(
        title=alt.TitleParams(
            text=_wrap(str(declared.title), per_line),
            subtitle=[
                *_wrap(str(declared.subtitle), per_line),
                *_wrap(str(declared.foot), per_line + per_line // 5),
            ],
        )
    )


def svg(declared: Declared, size: Size = WIDE, *, titled: bool = False) -> str:
    """The chart as SVG text: no script, no style sheet, nothing fetched.

    Args:
        declared: the chart.
        size: what it is drawn for.
        titled: with title, subtitle and foot inside (a file on its own); a page sets them as text.
    """
    drawing = chart(declared, size) if titled else _dressed(declared.draw(size))
    return _clean(_render(drawing.to_dict(validate=False)), f"{declared.name}-{size.name}")


def _render(spec: dict[str, Any]) -> str:
    import vl_convert

    text: str = vl_convert.vegalite_to_svg(spec)
    return text


_DROP = (
    re.compile(r' (?:aria-[a-z]+|role|class|pointer-events|xmlns:xlink|version)="[^"]*"'),
    re.compile(r'<path d="[^"]*" display="none"/>|<path d="M0,0h0v0h0Z"/>|<g/>'),
    re.compile(r'<rect width="\d+" height="\d+" fill="transparent"/>'),
)


def _clean(text: str, prefix: str) -> str:
    """The SVG without Vega's bookkeeping, silent for screen readers, its ids unique in a page."""
    for pattern in _DROP:
        text = pattern.sub("", text)
    text = re.sub(r"(\d\.\d{2})\d+", r"\1", text)
    text = re.sub(r'(id="|url\(#)(clip|gradient)', rf"\1{prefix}-\2", text)
    return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _dressed(drawing: Drawing) -> Drawing:
    return drawing.configure(**_config())


@lru_cache(maxsize=1)
def _config() -> Mapping[str, Any]:
    return {
        "font": FONT,
        "background": None,
        "padding": {"left": 2, "right": 6, "top": 6, "bottom": 2},
        "view": {"stroke": None},
        "axis": _axis(),
        "axisY": {"domain": False, "ticks": False, "labelPadding": 6},
        "axisX": {"grid": False, "domainColor": light("rule"), "tickColor": light("rule")},
        "title": _title(),
        "text": {"fontSize": 12, "color": light("ink")},
        "concat": {"spacing": 18},
    }


def _axis() -> dict[str, Any]:
    return {
        "labelFontSize": 12,
        "labelColor": light("muted"),
        "gridColor": light("grid"),
        "title": None,
        "tickSize": 4,
        "labelFlush": False,
    }


def _title() -> dict[str, Any]:
    return {
        "anchor": "start",
        "frame": "group",
        "fontSize": 16,
        "fontWeight": "bold",
        "color": light("ink"),
        "subtitleColor": light("muted"),
        "subtitleFontSize": 12,
        "offset": 10,
    }


def _wrap(text: str, per_line: int) -> list[str]:
    from textwrap import wrap

    return wrap(text, max(per_line, 24)) or [""]
