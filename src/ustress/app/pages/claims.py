"""*Claims*: each judged as known then and as known today, with the series it turns on."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from fastapi import APIRouter
from starlette.requests import Request

from ustress.app.charts import Drawn, drawn
from ustress.app.drawings import OfClaim
from ustress.app.jobs.asked import ClaimsAsked
from ustress.app.judging import judged, whole
from ustress.app.pages.address import Address
from ustress.app.pages.asking import ask, asked, files
from ustress.app.pages.render import Shown, results, view
from ustress.app.state import served
from ustress.report.brief.sections import claimed

router = APIRouter()


class ClaimsAddress(Address):
    """The date whose knowledge counts as then."""

    path: ClassVar[str] = "/claims"


@view(router, "/claims", results)
def claims(request: Request) -> Shown:
    """Every claim with its two verdicts, the reason, the chart and the numbers behind it."""
    held, address = served(request), ClaimsAddress.read(request.query_params)
    question = asked(ClaimsAsked, as_of=address.as_of)
    found = judged(held, address.as_of)
    contents = replace(held.board(found.as_of).contents, verdicts=found.verdicts)
    section, block = claimed.section(contents), claimed.judged(contents)
    charts: dict[int, Drawn] = {
        v.number: drawn(held, "claim", OfClaim(as_of=address.as_of, number=v.number))
        for v in found.verdicts
    }
    known = whole(held, address.as_of) is not None
    asks = [] if known else [ask("the statements about the mechanism", question)]
    kept = files("claims", question) if known else []
    return "claims.html.j2", {
        "address": address, "found": found, "section": section, "block": block, "charts": charts,
        "asks": asks, "files": kept,
    }  # fmt: skip
