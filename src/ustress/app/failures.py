"""Failures as readers meet them: one sentence with a next step, and nothing of our insides."""

from __future__ import annotations

import logging
import secrets

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from ustress.app.jobs.desk import BusyError
from ustress.app.wording import sentence
from ustress.core.errors import BadInputError, UnknownNameError, UstressError

log = logging.getLogger("ustress.app")
MEANING = {
    400: "Not understood", 401: "Token wanted", 403: "Not from here", 404: "Not found",
    405: "Not that way", 409: "Not possible now", 413: "Too large", 422: "Not understood",
    503: "Busy", 500: "A defect of ours",
}  # fmt: skip


def add_to(app: FastAPI) -> None:
    """Register how failures are answered."""
    app.add_exception_handler(UstressError, _ours)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _defect)


def status_of(failure: UstressError) -> int:
    """The HTTP status of a failure that has an exit code."""
    if isinstance(failure, BusyError):
        return 503
    if isinstance(failure, UnknownNameError):
        return 404
    return 422 if isinstance(failure, BadInputError) else 409


def told(failure: UstressError) -> str:
    """Its sentence; an option of the command line has no dashes here."""
    return str(failure).removeprefix("--")


def answer(request: Request, status: int, said: str) -> Response:
    """A failure as a page for browsers and as JSON for programs."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        headers = {"retry-after": "10"} if status == 503 else None
        return JSONResponse({"detail": said}, status, headers)
    from ustress.app.pages.render import page

    context = {"sentence": said, "meaning": MEANING.get(status, "Failed"), "status": status}
    return page("failed.html.j2", request, context, status=status)


def _ours(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, UstressError)
    return answer(request, status_of(failure), told(failure))


def _validation(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, RequestValidationError)
    return answer(request, 422, sentence(failure.errors(), _fields(request)))


def _fields(request: Request) -> tuple[str, ...]:
    """The names a body may have at this address."""
    body = getattr(request.scope.get("route"), "body_field", None)
    model = getattr(getattr(body, "field_info", None), "annotation", None)
    return tuple(getattr(model, "model_fields", ()))


def _http(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    said = failure.detail if failure.detail != "Not Found" else "there is nothing at this address"
    found = answer(request, failure.status_code, said)
    found.headers.update(failure.headers or {})
    return found


def _defect(request: Request, failure: Exception) -> Response:
    """Named in the log under a number that the reader can quote."""
    number = secrets.token_hex(4)
    log.error("defect %s at %s", number, request.url.path, exc_info=failure)
    return answer(request, 500, f"a defect in ustress; the server's log has it as {number}")
