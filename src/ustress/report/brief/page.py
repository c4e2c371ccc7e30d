"""The document as one HTML page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ustress.core.evidence import Evidence
from ustress.core.version import VERSION
from ustress.report.brief import document as doc
from ustress.report.brief.columns import unbroken, widths_pct
from ustress.report.charts import palette
from ustress.report.charts.base import COVER, FONT, Absent, Declared, Size, svg
from ustress.report.charts.easel import Easel
from ustress.report.figures import Day

_TESTS = {
    "paragraph": doc.Paragraph,
    "bullets": doc.Bullets,
    "grid": doc.Grid,
    "charts": doc.Charts,
    "claims": doc.Claims,
    "terms": doc.Terms,
    "absent": Absent,
}


def to_html(document: doc.Document, easel: Easel | None = None, *, paper: bool = False) -> str:
    """The page: styles and drawings inside, no script, nothing fetched.

    Args:
        document: what it says.
        easel: draws from the other end.
        paper: set for printed pages: each chart drawn once, nothing folded.
    """
    if easel is not None:
        easel.ahead(_wanted(document, paper=paper))
    page = _environment().get_template("page.html.j2")
    return page.render(
        document=document,
        css=Markup(_paper_css(document) if paper else _css()),
        evidence=tuple(Evidence),
        version=VERSION,
        paper=paper,
    )


def _wanted(document: doc.Document, *, paper: bool) -> Iterator[tuple[Declared, Size]]:
    """Every drawing of the page, in its order."""
    if paper and document.cover is not None:
        yield document.cover, COVER
    for chart in document.charts():
        for size in (chart.paper_size,) if paper else chart.sizes:
            yield chart, size


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ustress.report.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests.update({name: _is(kind) for name, kind in _TESTS.items()})
    environment.tests["annexed"] = _annexed
    environment.globals["show"] = Day
    environment.globals["columns"] = widths_pct
    environment.globals["unbroken"] = unbroken
    environment.globals["svg"] = lambda chart, size: Markup(svg(chart, size))
    environment.globals["printed"] = lambda chart: Markup(_printed(chart, chart.paper_size))
    environment.globals["cover"] = lambda chart: Markup(_printed(chart, COVER))
    return environment


def _printed(chart: Declared, size: Size) -> str:
    """A drawing for paper; the typesetter wants its fonts as a bare list without quotes."""
    return re.sub(r'font-family="[^"]*"', f'font-family="{_BARE_FONT}"', svg(chart, size))


_BARE_FONT = ",".join(name.strip(' "') for name in FONT.split(","))


def _annexed(block: object) -> bool:
    """What a screen opens on demand stands in the annex on paper."""
    if isinstance(block, doc.Bullets):
        return bool(block.title)
    return isinstance(block, doc.Grid) and block.folded


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _read(name: str) -> str:
    return files("ustress.report.brief").joinpath(f"templates/{name}").read_text("utf-8")


def _paper_css(document: doc.Document) -> str:
    """The style of printed pages; the running foot says of which day they are."""
    day = f"{document.as_of.day} {document.as_of:%B %Y}"
    foot = (
        f'@page {{ @bottom-left {{ content: "US Treasuries under stress, as known on {day}"; }} }}'
    )
    return f":root {{ {palette.variables(dark=False)} }}\n{_read('paper.css')}\n{foot}"


def _css() -> str:
    """The one style sheet with the palette's variables and the repainting of drawings."""
    style = _read("brief.css")
    return (
        f":root {{ color-scheme: light dark; {palette.variables(dark=False)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ "
        f"{palette.variables(dark=True)} }} }}\n"
        f"{palette.dark_rules('.drawing')}\n{style}"
    )
