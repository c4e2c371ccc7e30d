"""Declared charts as one picture in a file: SVG, or the same drawing as PNG.

Each chart stands on paper with its finding, quantity and foot as text around the drawing, so that
the drawing keeps its height however long the finding is.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Sequence
from textwrap import wrap

from ustress.report.charts.base import FONT, Declared, Size, svg
from ustress.report.charts.palette import light

PICTURE = Size("picture", 760, 330, 2)
PANEL = Size("panel", 372, 200, 1)
GAP, MARGIN = 28, 20
PNG_SCALE = 2.0
# size, weight, colour, line height, width of a character as a share of the size
_FINDING = (16, "bold", "ink", 20, 0.53)
_QUANTITY = (12, "normal", "muted", 16, 0.49)
_FOOT = (11, "normal", "muted", 15, 0.49)

_SIZES = re.compile(r'<svg [^>]*?width="([\d.]+)"[^>]*?height="([\d.]+)"')
_Style = tuple[int, str, str, int, float]


def as_svg(charts: Sequence[Declared], columns: int = 1) -> str:
    """The charts under each other, in columns, each with its finding, on paper.

    Args:
        charts: at least one.
        columns: how many stand beside each other.
    """
    size = PICTURE if columns == 1 else PANEL
    blocks = [_block(one, size) for one in charts]
    width = max(wide for _, wide, _ in blocks)
    pieces, top, bottom = [], MARGIN, MARGIN
    for i, (inside, _, high) in enumerate(blocks):
        if i % columns == 0:
            top = bottom + (GAP if i else 0)
            bottom = top
        left = MARGIN + (i % columns) * (width + GAP)
        pieces.append(f'<g transform="translate({left},{top})">{inside}</g>')
        bottom = max(bottom, top + high)
    across = min(columns, len(blocks))
    return _on_paper(pieces, 2 * MARGIN + across * width + (across - 1) * GAP, bottom + MARGIN)


def as_png(charts: Sequence[Declared], columns: int = 1) -> bytes:
    """The same picture in pixels, two for each of its points."""
    import vl_convert

    drawn: bytes = vl_convert.svg_to_png(as_svg(charts, columns), scale=PNG_SCALE)
    return drawn


def _block(chart: Declared, size: Size) -> tuple[str, int, int]:
    """One chart with its words: what to draw, its width and its height."""
    drawing = svg(chart, size)
    found = _SIZES.search(drawing)
    if found is None:
        raise ValueError(f"the drawing of {chart.name} has no size")
    wide, high = (math.ceil(float(part)) for part in found.groups())
    across = max(wide, size.width)
    head, y = _words(str(chart.title), _FINDING, across, 0)
    below, y = _words(str(chart.subtitle), _QUANTITY, across, y)
    placed = drawing.replace("<svg ", f'<svg y="{y + 6}" overflow="visible" ', 1)
    foot, end = _words(str(chart.foot), _FOOT, across, y + 6 + high + 2)
    return f"{head}{below}{placed}{foot}", across, end + 4


def _words(text: str, style: _Style, width: int, top: int) -> tuple[str, int]:
    """Lines of text from `top` on, and where they end."""
    size, weight, role, line, share = style
    lines = wrap(text, max(int(width / (share * size)), 20))
    drawn = "".join(
        f'<text x="0" y="{top + line * (i + 1) - (line - size)}" font-size="{size}" '
        f'font-weight="{weight}" fill="{light(role)}">{html.escape(words)}</text>'
        for i, words in enumerate(lines)
    )
    return drawn, top + line * len(lines) + 2


def _on_paper(pieces: Sequence[str], width: int, height: int) -> str:
    ground = f'<rect width="{width}" height="{height}" fill="{light("paper")}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{html.escape(FONT)}">{ground}'
        f"{''.join(pieces)}</svg>\n"
    )
