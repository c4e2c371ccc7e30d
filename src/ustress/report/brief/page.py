"""The document as one HTML page."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ustress.core.evidence import Evidence
from ustress.core.version import VERSION
from ustress.report.brief import document as doc
from ustress.report.charts import palette
from ustress.report.charts.base import Absent, svg

_TESTS = {
    "paragraph": doc.Paragraph,
    "bullets": doc.Bullets,
    "grid": doc.Grid,
    "charts": doc.Charts,
    "claims": doc.Claims,
    "terms": doc.Terms,
    "absent": Absent,
}


def to_html(document: doc.Document) -> str:
    """The page: styles and drawings inside, no script, nothing fetched."""
    page = _environment().get_template("page.html.j2")
    return page.render(
        document=document, css=Markup(_css()), evidence=tuple(Evidence), version=VERSION
    )


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
    environment.globals["svg"] = lambda chart, size: Markup(svg(chart, size))
    return environment


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _css() -> str:
    """The one style sheet with the palette's variables and the repainting of drawings."""
    style = files("ustress.report.brief").joinpath("templates/brief.css").read_text("utf-8")
    return (
        f":root {{ color-scheme: light dark; {palette.variables(dark=False)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ "
        f"{palette.variables(dark=True)} }} }}\n"
        f"{palette.dark_rules('.drawing')}\n{style}"
    )
