"""What every part of the interface shares: failures as described, the date, documents."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi.security import HTTPBearer
from starlette.requests import Request
from starlette.responses import Response

from ustress.app.state import Served, served
from ustress.app.wording import A_DAY
from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.jsonform import dumps

Failed = {"model": dict[str, str], "description": "one sentence: what, where, what was expected"}
FAILURES: dict[int | str, dict[str, Any]] = {
    401: Failed, 403: Failed, 404: Failed, 409: Failed, 413: Failed, 422: Failed,
}  # fmt: skip
AsOf = Annotated[
    date | None,
    Query(
        description="known by the end of this date in New York; today if absent", examples=[A_DAY]
    ),
]


async def of_request(request: Request) -> Served:
    """The server's state."""
    return served(request)


Held = Annotated[Served, Depends(of_request)]


async def nothing_else(request: Request) -> None:
    """Refuse a parameter that the description does not have: left out, it would mislead.

    Raises:
        BadInputError: naming it.
    """
    paths = request.app.openapi()["paths"]
    said = paths.get(request.scope["route"].path_format, {}).get(request.method.lower(), {})
    names = tuple(p["name"] for p in said.get("parameters", ()) if p["in"] == "query")
    for name in request.query_params:
        if name not in names:
            raise BadInputError(str(UnknownNameError("parameter", name[:40], names)))


TOKEN = Depends(
    HTTPBearer(auto_error=False, description="asked for everywhere but on loopback; see `serve`")
)
"""Described here; the guard at the door looks at it before anything else."""
ONLY_DESCRIBED = [TOKEN, Depends(nothing_else)]


def document(value: object) -> Response:
    """A document as the command line prints it."""
    return Response(dumps(value), media_type="application/json")
