"""From templates to pages, and pages kept while the figures behind them stand."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fastapi import APIRouter
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ustress.app.state import Served, served
from ustress.app.static_files import stamp
from ustress.core.dates import show_day
from ustress.core.evidence import Evidence
from ustress.core.status import PathStatus, breaks
from ustress.core.units import show
from ustress.core.version import VERSION
from ustress.report.brief import document as doc
from ustress.report.charts.base import Absent
from ustress.report.figures import Figure, Num
from ustress.report.simulation_tables import chance_figure
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


@dataclass(frozen=True, slots=True)
class Made:
    """A page made once: its bytes, packed too, and the word that tells it from another."""

    body: bytes
    packed: bytes
    tag: str
    status: int = 200

    def answer(self, request: Request) -> Response:
        """The page, or the news that the reader has it already."""
        headers = {"etag": self.tag, "cache-control": "no-cache", "vary": "accept-encoding"}
        if self.status == 200 and request.headers.get("if-none-match") == self.tag:
            return Response(status_code=304, headers=headers)
        body = self.body
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["content-encoding"] = self.packed, "gzip"
        return HTMLResponse(body, self.status, headers=headers)


@dataclass(frozen=True, slots=True)
class Moved:
    """Another address is meant."""

    to: str

    def answer(self, _: Request) -> Response:
        """The way there."""
        return RedirectResponse(self.to, 303)


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


Shown = tuple[str, dict[str, Any]] | Moved
"""A page's template and what goes into it; or where it is."""


def figures(_: Served) -> object:
    """What a page stands on besides its address, the stored figures and the day: nothing."""
    return None


def results(held: Served) -> object:
    """The same for a page of simulations: what has been simulated."""
    return held.desk.results.changes


def view(
    router: APIRouter, path: str, on: Callable[[Served], object] = figures
) -> Callable[[Callable[[Request], Shown]], Callable[[Request], Shown]]:
    """Register a page, made once for its address, the stored figures, the day and `on`."""

    def register(make: Callable[[Request], Shown]) -> Callable[[Request], Shown]:
        async def answered(request: Request) -> Response:
            held = served(request)
            place = (request.url.path, request.url.query)
            key = (*place, await held.look(), today(), on(held))
            found: Any = held.pages.look(key)
            if found is None:
                found = await run_in_threadpool(held.pages.get, key, lambda: _made(make, request))
            answer: Response = found.answer(request)
            return answer

        router.add_api_route(path, answered, methods=["GET", "HEAD"], include_in_schema=False)
        return make

    return register


def _made(make: Callable[[Request], Shown], request: Request) -> Made | Moved:
    shown = make(request)
    if isinstance(shown, Moved):
        return shown
    context = shown[1]
    status = max((one.status for one in context.get("asks", ())), default=200)
    body = render(shown[0], request, context).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Made(body, gzip.compress(body, 5, mtime=0), tag, status)


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
    found.globals["paper"] = False  # the brief's tables differ on paper
    found.tests.update({name: _is(kind) for name, kind in _TESTS.items()})
    found.globals["paper"] = False  # the brief's tables ask whether they are printed
    found.filters["day"] = lambda day: "—" if day is None else show_day(day)
    found.filters["figure"] = lambda figure, form="unit": Num(figure, form)
    found.filters["unit"] = unit_words
    found.filters["chance"] = _chance
    found.filters["points"] = _points
    found.filters["probability"] = _probability
    found.filters["breaks"] = _breaks
    found.filters["span"] = _span
    found.filters["signed3"] = lambda value: f"{value:.3f}".replace("-", "\N{MINUS SIGN}")
    found.filters["shown"] = lambda value, unit: show(value, unit, bare=True)
    return found


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _chance(chance: Chance) -> str:
    """A probability with its error."""
    return str(Num(chance_figure("shown", chance)))


def _probability(p: float, error: float | None = None) -> str:
    """The same of bare numbers."""
    return str(Num(Figure("chance", p, "probability", Evidence.ASSUMED, error=error)))


def _breaks(counts: Mapping[str, int]) -> str:
    """Counts of broken paths by the break's name, in words."""
    return breaks({PathStatus[name.upper()]: n for name, n in counts.items()})


_SPANS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}


def _span(label: str) -> str:
    """What a change is over: `1d` is 1 day, `friday_week` a complete calendar week."""
    if label == "friday_week":
        return "Complete week"
    number, unit = label[:-1], _SPANS.get(label[-1:], "")
    if number.isdigit() and unit:
        return f"{number} {unit}{'' if number == '1' else 's'}"
    return label.replace("_", " ").capitalize()


def _points(chance: Chance) -> str:
    """A difference of probabilities in percentage points, with its paired error."""
    if chance.value is None:
        return "—"
    sign = "+" if chance.value > 0 else "−" if chance.value < 0 else ""
    error = "" if (chance.error or 0.0) < 0.0005 else f" ± {100 * (chance.error or 0.0):.1f}"
    return f"{sign}{abs(100 * chance.value):.1f}{error}"
