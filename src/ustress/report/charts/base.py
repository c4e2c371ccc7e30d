"""What a declared chart is, and how it becomes an Altair chart, a Vega-Lite mapping or an SVG."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ustress.report.charts.drawing import Spec as Spec
from ustress.report.charts.drawing import drawn
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
PAPER = Size("paper", 668, 216, 2)
COVER = Size("cover", 668, 150, 2)
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

    Drawn once and kept on disk: see `drawing.drawn`.
    """
    return drawn(*asked(declared, size, titled=titled))


def asked(declared: Declared, size: Size, *, titled: bool = False) -> tuple[Spec, str]:
    """What `drawing.drawn` is given for the chart: its specification and the prefix of its ids."""
    return spec(declared, size, titled=titled), f"{declared.name}-{size.name}"


def _title(declared: Declared, size: Size) -> Spec:
    wide = size.width // 7
    below = [declared.subtitle, declared.foot]
    return {
        "text": wrap(str(declared.title), wide * 4 // 5),
        "subtitle": [part for text in below for part in wrap(str(text), wide)],
    }


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
