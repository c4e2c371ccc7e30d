"""*Episodes*: the dated happenings of the record and how much was measured to be broken."""

from __future__ import annotations

from typing import ClassVar

from fastapi import APIRouter
from starlette.requests import Request

from ustress.app.charts import drawn
from ustress.app.drawings import OnDay
from ustress.app.pages.address import Address
from ustress.app.pages.render import Shown, view
from ustress.app.state import served
from ustress.workflows import live

router = APIRouter()


class EpisodesAddress(Address):
    """All of them; as of a date for the composite's past."""

    path: ClassVar[str] = "/episodes"


@view(router, "/episodes")
def episodes(request: Request) -> Shown:
    """Each episode with composite, dysfunction and the way to the market of that day."""
    held, address = served(request), EpisodesAddress.read(request.query_params)
    return "episodes.html.j2", {
        "address": address,
        "episodes": held.kept("episodes", None, live.episodes),
        "chart": drawn(held, "composite-past", OnDay(as_of=address.as_of)),
        "parts": ("depth", "spread", "wedge", "funding"),
    }
