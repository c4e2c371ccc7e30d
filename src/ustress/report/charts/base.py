"""What a declared chart is, and how it becomes an Altair chart, a Vega-Lite mapping or an SVG."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ustress.core.cache import Keep
from ustress.report.charts.palette import light
from ustress.report.figures import Text
from ustress.report.tables import Table

if TYPE_CHECKING:
    import altair as alt

    Drawing = alt.TopLevelMixin

FONT = (
    '"Helvetica Neue", Arial, "Liberation Sans", "Nimbus Sans", "DejaVu Sans Condensed", sans-serif'
)
Row = dict[str, Any]
Spec = dict[str, Any]


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
WIDE = Size("wide", 552, 280, 2)
NARROW = Size("narrow", 344, 262, 1)
# On A4 between margins: the whole measure, half of it, and under the answers of the first page.
PAPER = Size("paper", 668, 270, 2)
COVER = Size("cover", 668, 168, 2)
HALF = Size("half", 324, 220, 1)


@dataclass(frozen=True, slots=True)
class Declared:
    """A chart: what it finds, in what quantity and unit, from which source, and how it is drawn.

    `full` charts have panels and span the page where there is room for them in one row; `small`
    ones stand in a text and have one size everywhere.
    """

    name: str
    title: Text
    subtitle: Text
    foot: Text
    table: Table
    draw: Callable[[Size], Spec]
    full: bool = False
    small: bool = False

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes a page needs."""
        if self.small:
            return (NARROW,)
        return (FULL, WIDE, NARROW) if self.full else (WIDE, NARROW)

    @property
    def paper_size(self) -> Size:
        """The one size a printed page needs."""
        return PAPER if self.full else HALF


@dataclass(frozen=True, slots=True)
class Absent:
    """A chart that cannot be drawn on this date, and why."""

    name: str
    title: Text
    reason: Text


def spec(declared: Declared, size: Size = WIDE, *, titled: bool = True) -> Spec:
    """The chart as Vega-Lite: one mapping for browser, notebook and drawing.

    Args:
        declared: the chart.
        size: what it is drawn for.
        titled: with title (the finding), subtitle and foot inside; a page sets them as text.
    """
    drawing = {"$schema": _SCHEMA, **declared.draw(size), "config": _CONFIG}
    return {**drawing, "title": _title(declared, size)} if titled else drawing


def chart(declared: Declared, size: Size = WIDE) -> Drawing:
    """The chart as an Altair object, validated, for a notebook.

    Raises:
        altair.utils.schemapi.SchemaValidationError: if the declaration is no valid Vega-Lite.
    """
    import altair as alt

    made: Drawing = alt.Chart.from_dict(spec(declared, size))
    return made


def svg(declared: Declared, size: Size = WIDE, *, titled: bool = False) -> str:
    """The chart as SVG text: no script, no style sheet, nothing fetched; see `spec`.

    Drawn once for a specification, a prefix of ids and a converter, and kept on disk: this file's
    own text counts, because it cleans what was drawn.
    """
    drawing, prefix = spec(declared, size, titled=titled), f"{declared.name}-{size.name}"
    key = hashlib.sha256(f"{_drawn_by()} {prefix} {json.dumps(drawing)}".encode()).hexdigest()
    found = _KEPT.get(key)
    if found is None:
        import vl_convert

        found = _clean(vl_convert.vegalite_to_svg(drawing), prefix)
        _KEPT.put(key, found)
    return found


_KEPT = Keep("drawings", 3000, 32 << 20)


@lru_cache(maxsize=1)
def _drawn_by() -> str:
    return f"{version('vl-convert-python')} {Path(__file__).read_text('utf-8')}"


def _title(declared: Declared, size: Size) -> Spec:
    wide = size.width // 7
    below = [declared.subtitle, declared.foot]
    return {
        "text": wrap(str(declared.title), wide * 4 // 5),
        "subtitle": [part for text in below for part in wrap(str(text), wide)],
    }


_LONG = re.compile(r"(\d\.\d{2})\d+")  # coordinates; never words
_DROP = (
    re.compile(r' (?:aria-[a-z]+|role|class|pointer-events|xmlns:xlink|version)="[^"]*"'),
    re.compile(r'<path d="[^"]*" display="none"/>|<path d="M0,0h0v0h0Z"/>|<g/>'),
    re.compile(r'<rect width="\d+" height="\d+" fill="transparent"/>'),
)


def _clean(text: str, prefix: str) -> str:
    """The SVG without Vega's bookkeeping, silent for screen readers, its ids unique in a page.

    Vega numbers ids by how much a process drew before; here they count from nought in a drawing.
    """
    numbers: dict[str, int] = {}

    def own(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[2] + found[3], len(numbers))
        return f"{found[1]}{prefix}-{found[2]}{number}"

    for pattern in _DROP:
        text = pattern.sub("", text)
    text = re.sub(r"<[^>]+>", lambda tag: _LONG.sub(r"\1", tag[0]), text)
    text = re.sub(r'(id="|url\(#)(clip|gradient)(\w*)', own, text)
    return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_AXIS = {
    "labelFontSize": 12,
    "labelColor": light("muted"),
    "gridColor": light("grid"),
    "title": None,
    "titleColor": light("muted"),
    "titleFontWeight": "normal",
    "tickSize": 4,
}
_TITLE = {
    "anchor": "start",
    "frame": "group",
    "fontSize": 16,
    "fontWeight": "bold",
    "color": light("ink"),
    "subtitleColor": light("muted"),
    "subtitleFontSize": 12,
    "offset": 10,
}
_CONFIG: Spec = {
    "font": FONT,
    "background": "transparent",
    "padding": {"left": 2, "right": 6, "top": 6, "bottom": 2},
    "view": {"stroke": None},
    "axis": _AXIS,
    "axisY": {"domain": False, "ticks": False, "labelPadding": 6},
    "axisX": {"grid": False, "domainColor": light("rule"), "tickColor": light("rule")},
    "title": _TITLE,
    "text": {"fontSize": 12, "color": light("ink")},
}
