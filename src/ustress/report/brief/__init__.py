"""The brief: composed once from its contents, then written as HTML, Markdown or numbers."""

from __future__ import annotations

from typing import Any

from ustress.report.charts.easel import Easel
from ustress.report.views import BriefContents


def render(contents: BriefContents, easel: Easel | None = None) -> str:
    """The brief as one HTML file: no script, no network, light, dark and print."""
    from ustress.report.brief.compose import composed
    from ustress.report.brief.page import to_html

    return to_html(composed(contents), easel)


def to_markdown(contents: BriefContents) -> str:
    """The brief as Markdown: every sentence and table, and each chart's finding."""
    from ustress.report.brief.compose import composed
    from ustress.report.brief.plain import to_markdown as write

    return write(composed(contents))


def to_pdf(contents: BriefContents, easel: Easel | None = None) -> bytes:
    """The brief on A4 pages.

    Raises:
        CannotError: if WeasyPrint or the Pango library is not installed.
    """
    from ustress.report.brief.compose import composed
    from ustress.report.brief.paper import to_pdf as write

    return write(composed(contents), easel)


def check_pdf() -> None:
    """Whether a PDF can be set here, asked before the work starts.

    Raises:
        CannotError: if WeasyPrint or the Pango library is not installed.
    """
    from ustress.report.brief.paper import typesetter

    typesetter()


def numbers(contents: BriefContents) -> dict[str, Any]:
    """Every number of the brief by the id it carries in the page."""
    from ustress.report.brief.compose import composed
    from ustress.report.brief.plain import to_numbers

    return to_numbers(composed(contents))


def summary(contents: BriefContents) -> tuple[str, ...]:
    """The first screen in at most ten lines, for a terminal."""
    from ustress.report.brief.compose import composed
    from ustress.report.brief.plain import to_lines

    return to_lines(composed(contents))
