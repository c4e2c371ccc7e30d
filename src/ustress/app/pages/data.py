"""*Data*: what the store covers, how old it is, and the update."""

from __future__ import annotations

from typing import ClassVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ustress.app.pages.address import Address
from ustress.app.pages.render import Shown, view
from ustress.app.state import served
from ustress.core.errors import CannotError
from ustress.workflows import series as job
from ustress.workflows.data import store_status

router = APIRouter()


class DataAddress(Address):
    """The store as of a date, or the series of one family."""

    path: ClassVar[str] = "/data"
    family: str | None = None


@view(router, "/data", lambda held: held.update.stands)
def data(request: Request) -> Shown:
    """Every family with coverage, age, rights and source; one family's series."""
    held, address = served(request), DataAddress.read(request.query_params)
    found = held.kept("status", address.as_of, lambda: store_status(address.as_of))
    listed = None if address.family is None else job.look_up(address.family, address.as_of)
    return "data.html.j2", {
        "address": address, "found": found, "listed": listed, "update": held.update,
        "allowed": held.settings.updates, "stale": [f for f in found.families if f.stale],
    }  # fmt: skip


@router.post("/data/update", include_in_schema=False)
async def update(request: Request) -> Response:
    """Begin an update, where readers may; one at a time."""
    held = served(request)
    if not held.settings.updates:
        raise CannotError("updates are not allowed here; start `ustress serve --updates`")
    held.update.begin()
    return RedirectResponse("/data#update", 303)
