"""The document as a PDF: the page in its paper form, set by WeasyPrint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ustress.core.errors import CannotError
from ustress.report.brief.document import Document
from ustress.report.brief.page import to_html
from ustress.report.charts.easel import Easel


def to_pdf(document: Document, easel: Easel | None = None) -> bytes:
    """A4 pages with numbers and a running foot; charts and table rows are never cut.

    Args:
        document: what it says.
        easel: draws from the other end.

    Raises:
        CannotError: if WeasyPrint or the Pango library is not installed.
    """
    write = typesetter()
    return write(to_html(document, easel, paper=True))


def typesetter() -> Callable[[str], bytes]:
    """What sets a page as PDF; asked for before the work starts, so that nobody waits in vain.

    Raises:
        CannotError: if WeasyPrint or the Pango library is not installed.
    """
    try:
        from weasyprint import HTML  # type: ignore[import-untyped]
    except ImportError:
        raise CannotError(
            "a PDF needs WeasyPrint, which is not installed; expected: pip install 'ustress[pdf]'"
        ) from None
    except OSError:
        raise CannotError(
            "a PDF needs the Pango library, which is not installed; expected: "
            "apt install libpango-1.0-0 libpangoft2-1.0-0 (Debian) or brew install pango (macOS)"
        ) from None

    def write(page: str) -> bytes:
        made: Any = HTML(string=page, url_fetcher=_nothing_is_fetched).write_pdf()
        return bytes(made)

    return write


def _nothing_is_fetched(url: str, *_: object, **__: object) -> dict[str, Any]:
    raise ValueError(f"the brief needs nothing from outside, not {url}")
