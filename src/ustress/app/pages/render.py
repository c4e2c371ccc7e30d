"""From templates to pages, and pages kept while the figures behind them stand."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fastapi import APIRouter
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ustress.app.state import served
from ustress.app.static_files import stamp
from ustress.core.dates import show_day
from ustress.core.evidence import Evidence
from ustress.core.units import show, show_probability
from ustress.core.version import VERSION
from ustress.report.brief import document as doc
from ustress.report.charts.base import Absent
from ustress.report.figures import Num
from ustress.report.tables import unit_words
from ustress.report.views import Chance
from ustress.workflows.common import today

PAGES = (
    ("/", "Now"), ("/claims", "Claims"), ("/what-if", "What if"),
    ("/breaking-point", "Breaking point"), ("/who-is-hit", "Who is hit"),
    ("/episodes", "Episodes"), ("/data", "Data"),
)  # fmt: skip
_TESTS = {
    "paragraph": doc.Paragraph, "bullets": doc.Bullets, "grid": doc.Grid, "charts": doc.Charts,
    "claims": doc.Claims, "terms": doc.Terms, "absent": Absent,
}  # fmt: skip
_SMALL = 1024


@dataclass(frozen=True, slots=True)
class Made:
    """A page made once: its bytes, packed too, and the word that tells it from another."""

    body: bytes
    packed: bytes
    tag: str

    def answer(self, request: Request) -> Response:
        """The page, or the news that the reader has it already."""
        headers = {"etag": self.tag, "cache-control": "no-cache", "vary": "accept-encoding"}
        if request.headers.get("if-none-match") == self.tag:
            return Response(status_code=304, headers=headers)
        body = self.body
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["content-encoding"] = self.packed, "gzip"
        return HTMLResponse(body, headers=headers)


def page(
    template: str, request: Request, context: dict[str, Any], *, status: int = 200
) -> Response:
    """A page that is not kept."""
    return HTMLResponse(
        render(template, request, context), status, headers={"cache-control": "no-store"}
    )


def render(template: str, request: Request, context: dict[str, Any]) -> str:
    """A template with what every page shows."""
    here = request.url.path
    common = {
        "pages": PAGES, "here": here, "version": VERSION, "evidence": tuple(Evidence),
        "keeps": served(request).settings, "stamp": stamp(),
    }  # fmt: skip
    return environment().get_template(template).render(**common, **context)


Shown = tuple[str, dict[str, Any]]
"""A page's template and what goes into it."""


def view(
    router: APIRouter, path: str, *, keep: bool = True
) -> Callable[[Callable[[Request], Any]], Callable[[Request], Any]]:
    """Register a page; a kept one is made once for its address, the figures and the day.

    A page that is not kept may also answer with a response of its own.
    """

    def register(make: Callable[[Request], Any]) -> Callable[[Request], Any]:
        def made(request: Request) -> Made:
            template, context = make(request)
            body = render(template, request, context).encode()
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            return Made(body, gzip.compress(body, 5, mtime=0), tag)

        async def kept(request: Request) -> Response:
            held = served(request)
            key = (request.url.path, request.url.query, held.generation, today())
            found: Any = held.pages.look(key)
            if found is None:
                found = await run_in_threadpool(held.pages.get, key, lambda: made(request))
            answer: Response = found.answer(request)
            return answer

        async def fresh(request: Request) -> Response:
            found = await run_in_threadpool(make, request)
            if isinstance(found, Response):
                return found
            return await run_in_threadpool(page, found[0], request, found[1])

        endpoint: Callable[[Request], Awaitable[Response]] = kept if keep else fresh
        router.add_api_route(path, endpoint, methods=["GET", "HEAD"], include_in_schema=False)
        return make

    return register


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Our templates and the brief's, whose tables are the same."""
    found = Environment(
        loader=ChoiceLoader([
            PackageLoader("ustress.app", "templates"),
            PrefixLoader({"brief": PackageLoader("ustress.report.brief", "templates")}),
        ]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    found.tests.update({name: _is(kind) for name, kind in _TESTS.items()})
    found.filters["day"] = lambda day: "—" if day is None else show_day(day)
    found.filters["figure"] = lambda figure, form="unit": Num(figure, form)
    found.filters["unit"] = unit_words
    found.filters["chance"] = _chance
    found.filters["points"] = _points
    found.filters["shown"] = lambda value, unit: show(value, unit, bare=True)
    return found


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _chance(chance: Chance) -> str:
    """A probability with its error."""
    return show_probability(chance.value, chance.error)


def _points(chance: Chance) -> str:
    """A difference of probabilities in percentage points, with its paired error."""
    if chance.value is None:
        return "—"
    sign = "+" if chance.value > 0 else "−" if chance.value < 0 else ""
    error = "" if chance.error is None else f" ± {100 * chance.error:.1f}"
    return f"{sign}{abs(100 * chance.value):.1f}{error}"
