"""*Episodes*: the dated happenings of the record, and what the model makes of their flows."""

from __future__ import annotations

from typing import Any, ClassVar

from fastapi import APIRouter
from starlette.requests import Request

from ustress.app.charts import drawn
from ustress.app.drawings import OnDay
from ustress.app.pages.asking import ask
from ustress.app.pages.render import Shown, results, view
from ustress.app.replayed import RecordAddress, ReplayAddress
from ustress.app.state import Served, served
from ustress.report import replay_tables
from ustress.workflows import live, replay

router = APIRouter()


class EpisodesAddress(ReplayAddress):
    """All of them, as of a date for the composite's past; and the one that is replayed."""

    path: ClassVar[str] = "/episodes"


@view(router, "/episodes", results)
def episodes(request: Request) -> Shown:
    """Each episode with composite and dysfunction of its day; one replayed, if asked for."""
    held, address = served(request), EpisodesAddress.read(request.query_params)
    replayed = _replayed(held, address)  # refuses a wrong name before anything is computed
    return "episodes.html.j2", {
        "address": address,
        "episodes": held.kept("episodes", None, live.episodes),
        "chart": drawn(held, "composite-past", OnDay(as_of=address.as_of)),
        "parts": ("depth", "spread", "wedge", "funding"),
        "lines": [line for line in replay.episodes() if line.replayed],
        **replayed,
    }


def _replayed(held: Served, address: EpisodesAddress) -> dict[str, Any]:
    """The replay asked for: what is known of it, or the question for the page's script."""
    question = address.question()
    seen = address.seen(held)
    if question is None or seen is None:
        return {"seen": None, "asks": [] if question is None else [ask("the replay", question)]}
    asked = {k: getattr(address, k) for k in ("replay", "paths", "seed")}
    charts = [
        drawn(held, "replay", RecordAddress(**asked, name=one.fan.key)) for one in seen.against
    ]
    tables = replay_tables.days(seen), replay_tables.left(seen), replay_tables.flows(seen)
    return {"seen": seen, "asks": [], "charts": charts, "tables": tables}
