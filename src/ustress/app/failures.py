"""Failures as readers meet them: one sentence with a next step, and nothing of our insides."""

from __future__ import annotations

import logging
import secrets

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from ustress.app.jobs.desk import BusyError
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


def answer(request: Request, status: int, sentence: str) -> Response:
    """A failure as a page for browsers and as JSON for programs."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        headers = {"retry-after": "10"} if status == 503 else None
        return JSONResponse({"detail": sentence}, status, headers)
    from ustress.app.pages.render import page

    context = {"sentence": sentence, "meaning": MEANING.get(status, "Failed"), "status": status}
    return page("failed.html.j2", request, context, status=status)


def _ours(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, UstressError)
    return answer(request, status_of(failure), str(failure))


def _validation(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, RequestValidationError)
    first = failure.errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    return answer(request, 422, f"{place or 'the request'}: {first['msg'].lower()}")


def _http(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    said = "there is nothing at this address" if failure.status_code == 404 else failure.detail
    sentence = failure.detail if failure.detail != "Not Found" else said
    found = answer(request, failure.status_code, sentence)
    found.headers.update(failure.headers or {})
    return found


def _defect(request: Request, failure: Exception) -> Response:
    """Named in the log under a number that the reader can quote."""
    number = secrets.token_hex(4)
    log.error("defect %s at %s", number, request.url.path, exc_info=failure)
    return answer(request, 500, f"a defect in ustress; the server's log has it as {number}")
