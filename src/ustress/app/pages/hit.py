"""*Who is hit*: what a scenario does to those who pay, against another on the same shocks."""

from __future__ import annotations

from typing import Any, ClassVar

from fastapi import APIRouter
from starlette.requests import Request

from ustress.app.charts import drawn
from ustress.app.pages.asking import ask, files, found
from ustress.app.pages.render import Shown, results, view
from ustress.app.simulated import HitAddress, LineAddress
from ustress.app.state import served
from ustress.report import outcome_tables
from ustress.workflows import scenarios
from ustress.workflows.served import HitView

router = APIRouter()


class PageAddress(HitAddress):
    """The page's address."""

    path: ClassVar[str] = "/who-is-hit"


@view(router, "/who-is-hit", results)
def who_is_hit(request: Request) -> Shown:
    """The outcomes, if they are known; else the question for the page's script."""
    held, address = served(request), PageAddress.read(request.query_params)
    question = address.question(held)
    known = found(held, question, HitView)
    groups: list[tuple[Any, Any, list[Any]]] = []
    for group in () if known is None else known.groups:
        shared = address.model_dump()
        charts = [drawn(held, "hit", LineAddress(**shared, line=one.id)) for one in group.lines]
        groups.append((group, outcome_tables.group(group), charts))
    return "hit.html.j2", {
        "address": address,
        "day": address.as_of or held.opening_day(),
        "days": held.opening_days(),
        "listed": scenarios.listing(),
        "known": known,
        "groups": groups,
        "files": [] if known is None else files("outcomes", question),
        "asks": [] if known is not None else [ask("both scenarios on the same shocks", question)],
    }
