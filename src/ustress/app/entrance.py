"""Where a reader shows the token once; a cookie shows it from then on. And whether we live."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ustress.app.guard import COOKIE, same
from ustress.app.pages.render import environment
from ustress.app.state import served
from ustress.app.static_files import stamp
from ustress.core.version import VERSION

router = APIRouter()
_A_MONTH_S = 30 * 24 * 3600


@router.get("/enter", include_in_schema=False)
async def enter(request: Request) -> Response:
    """The form; or, with the token in the address as it was printed, straight in."""
    to = _inside(request.query_params.get("to", "/"))
    given = request.query_params.get("token")
    if given is not None:
        return _answer(request, given, to)
    return _form(to, wrong=False, status=200)


@router.post("/enter", include_in_schema=False)
async def entered(request: Request) -> Response:
    """The form sent."""
    given = parse_qs((await request.body()).decode("utf-8", "replace"))
    return _answer(request, given.get("token", [""])[0], _inside(given.get("to", ["/"])[0]))


@router.get("/healthz", tags=["server"])
async def healthz() -> dict[str, Any]:
    """Whether the server answers, and which version it is."""
    return {"status": "ok", "version": VERSION}


def _answer(request: Request, given: str, to: str) -> Response:
    token = served(request).settings.token
    if token and not same(given, token):
        return _form(to, wrong=True, status=401)
    found = RedirectResponse(to, 303)
    if token:
        found.set_cookie(COOKIE, token, max_age=_A_MONTH_S, httponly=True, samesite="strict")
    return found


def _form(to: str, *, wrong: bool, status: int) -> Response:
    page = environment().get_template("enter.html.j2").render(to=to, wrong=wrong, stamp=stamp())
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})


def _inside(to: str) -> str:
    """A place on this server, whatever the address says."""
    parts = urlsplit(to)
    inside = to.startswith("/") and not to.startswith(("//", "/\\"))
    plain = not parts.scheme and not parts.netloc and to.isprintable() and "\\" not in to
    return to if inside and plain else "/"
