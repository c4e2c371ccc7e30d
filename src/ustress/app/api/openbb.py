"""OpenBB Workspace and its add-in for Excel: two descriptions at the root, and flat tables.

Formats: docs.openbb.co/workspace/developers/json-specs, widgets.json and apps.json. Workspace adds
parameters of its own (a theme) and may send an empty date, so that these addresses take both.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BeforeValidator
from starlette.responses import JSONResponse, Response

from ustress.app.api.common import FAILURES, TOKEN, Held, document
from ustress.app.judging import judged
from ustress.app.wording import A_DAY
from ustress.report import roles
from ustress.workflows.data import store_status

router = APIRouter(tags=["openbb"], dependencies=[TOKEN], responses=FAILURES)
AsOf = Annotated[
    date | None,
    BeforeValidator(lambda given: given or None),
    Query(description="known by the end of this date; today if absent or empty", examples=[A_DAY]),
]
_DATE = {
    "paramName": "as_of", "label": "As of", "type": "date", "value": None, "show": True,
    "description": "Known by the end of this date; today if empty", "optional": True,
}  # fmt: skip


def _column(field: str, head: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"field": field, "headerName": head, "cellDataType": kind, **more}


def _widget(name: str, description: str, path: str, columns: list[Any], **more: Any) -> Any:
    return {
        "name": name, "description": description, "category": "US Treasuries",
        "subCategory": "Stress", "source": ["ustress"], "type": "table",
        "endpoint": f"api/v1/openbb/{path}", "gridData": {"w": 40, "h": 16}, "params": [_DATE],
        "data": {"table": {"showAll": True, "columnsDefs": columns}}, **more,
    }  # fmt: skip


WIDGETS = {
    "ustress_composite": {
        "name": "Composite stress",
        "description": "Composite stress (0 to 1), its change over five business days, and where "
        "it stands in its past.",
        "category": "US Treasuries", "subCategory": "Stress", "source": ["ustress"],
        "type": "metric", "endpoint": "api/v1/openbb/composite", "gridData": {"w": 10, "h": 5},
        "params": [_DATE],
    },
    "ustress_monitor": _widget(
        "Treasury market monitor", "Every indicator: value, changes, percentile, record, age.",
        "monitor",
        [
            _column("indicator", "Indicator", pinned="left"), _column("family", "Family"),
            _column("value", "Value", "number"), _column("unit", "Unit"),
            _column("change_1d", "Day", "number"), _column("change_1w", "Week", "number"),
            _column("percentile", "Percentile", "number"), _column("record", "Record"),
            _column("day", "Of", "dateString"), _column("stale", "Old", "boolean"),
            _column("evidence", "Evidence"), _column("source", "Series"),
        ],
    ),
    "ustress_claims": _widget(
        "Claims and verdicts", "Each claim as known then and as known today, with the reason.",
        "claims",
        [
            _column("number", "No", "number"), _column("claim", "Claim", pinned="left"),
            _column("then", "Then"), _column("today", "Today"), _column("because", "Because"),
        ],
    ),
    "ustress_data": _widget(
        "Coverage of the figures", "Families of series with coverage, age, rights and source.",
        "data",
        [
            _column("family", "Family", pinned="left"), _column("publisher", "Publisher"),
            _column("series", "Series", "number"), _column("last_day", "Newest", "dateString"),
            _column("stale", "Old", "boolean"), _column("rights", "Rights"),
        ],
    ),
}  # fmt: skip
_GROUP = "Group 1"
"""Widgets of one group share the date; Workspace names groups so."""
APPS = [{
    "name": "US Treasuries under stress",
    "description": "How much selling can the market for US Treasuries take before the Fed has to "
    "buy, and what follows? State, claims and coverage.",
    "img": "", "img_dark": "", "img_light": "", "allowCustomization": True,
    "tabs": {
        "state": {"id": "state", "name": "Now", "layout": [
            {"i": "ustress_composite", "x": 0, "y": 0, "w": 10, "h": 5, "groups": [_GROUP]},
            {"i": "ustress_monitor", "x": 0, "y": 5, "w": 40, "h": 22, "groups": [_GROUP]},
        ]},
        "claims": {"id": "claims", "name": "Claims", "layout": [
            {"i": "ustress_claims", "x": 0, "y": 0, "w": 40, "h": 24, "groups": [_GROUP]},
        ]},
        "data": {"id": "data", "name": "Data", "layout": [
            {"i": "ustress_data", "x": 0, "y": 0, "w": 40, "h": 16, "groups": [_GROUP]},
        ]},
    },
    "groups": [{
        "name": _GROUP, "type": "param", "paramName": "as_of",
        "widgetIds": ["ustress_composite", "ustress_monitor", "ustress_claims", "ustress_data"],
    }],
}]  # fmt: skip


@router.get("/widgets.json", response_model=dict[str, Any])
async def widgets() -> Response:
    """The tables OpenBB Workspace can show."""
    return JSONResponse(WIDGETS)


@router.get("/apps.json", response_model=list[dict[str, Any]])
async def apps() -> Response:
    """A dashboard of them."""
    return JSONResponse(APPS)


@router.get("/api/v1/openbb/composite", response_model=list[dict[str, Any]])
def composite(held: Held, as_of: AsOf = None) -> Response:
    """The composite as a metric: its value, and its change over five business days."""
    contents = held.board(as_of).contents
    found = contents.snapshot.composite
    before = None if contents.earlier is None else contents.earlier.composite.value
    value = "—" if found.value is None else f"{found.value:.3f}"
    shown = {"label": "Composite stress", "value": value}
    if found.value is not None and before is not None:
        shown["delta"] = f"{found.value - before:+.3f}"
    if found.percentile is not None:
        shown["subvalue"] = f"above {found.percentile:.0f} % of its past"
    return JSONResponse([shown])


@router.get("/api/v1/openbb/monitor", response_model=list[dict[str, Any]])
def monitor(held: Held, as_of: AsOf = None) -> Response:
    """The monitor, one flat row an indicator."""
    return document([
        {
            "indicator": r.title, "family": roles.family(r.family), "value": r.value,
            "unit": r.unit, "change_1d": r.changes.get("1d"), "change_1w": r.changes.get("1w"),
            "percentile": r.percentile, "record": r.record.text if r.record else "",
            "day": r.day, "stale": r.stale, "evidence": r.evidence,
            "source": ", ".join(r.sources),
        }
        for r in held.board(as_of).contents.snapshot.readings
    ])  # fmt: skip


@router.get("/api/v1/openbb/claims", response_model=list[dict[str, Any]])
def claims(held: Held, as_of: AsOf = None) -> Response:
    """The claims, one flat row each."""
    return document([
        {
            "number": v.number, "claim": v.title, "then": v.then.outcome.words,
            "today": v.today.outcome.words, "because": v.then.because,
        }
        for v in judged(held, as_of).verdicts
    ])  # fmt: skip


@router.get("/api/v1/openbb/data", response_model=list[dict[str, Any]])
def data(held: Held, as_of: AsOf = None) -> Response:
    """The store's families, one flat row each."""
    found = held.kept("status", as_of, lambda: store_status(as_of))
    return document([
        {
            "family": f.family, "publisher": f.publisher, "series": f.series,
            "last_day": f.last_day, "stale": f.stale, "rights": f.rights,
        }
        for f in found.families
    ])  # fmt: skip
