"""The page of one indicator, and of one series with its vintages."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from ustress.app.charts import drawn
from ustress.app.drawings import YEARS, OfIndicator
from ustress.app.pages.address import Address
from ustress.app.pages.asking import export_files
from ustress.app.pages.render import Shown, view
from ustress.app.state import served
from ustress.core.errors import UnknownNameError, UstressError
from ustress.report import roles, tabular
from ustress.workflows import live
from ustress.workflows import series as job
from ustress.workflows.common import resolve_day
from ustress.workflows.rights import kept_back

router = APIRouter()
_SHOWN = 40


class HistoryAddress(Address):
    """The past of an indicator over some years."""

    years: int = Field(5, ge=1, le=60)


class SeriesAddress(Address):
    """A series as known on a day, or with all its vintages."""

    vintages: bool = False


@view(router, "/history/{key}")
def history(request: Request) -> Shown:
    """One indicator: value, record, definition, past, and the series behind it with vintages."""
    held, address = served(request), HistoryAddress.read(request.query_params)
    key = request.path_params["key"]
    day = resolve_day(address.as_of)
    past = held.kept("past", day, lambda: live.indicator_past(key, day), key)
    reading = past.reading
    chart = drawn(held, "history", OfIndicator(as_of=address.as_of, key=key, years=address.years))
    readings = held.board(address.as_of).contents.snapshot.readings
    beside = [r for r in readings if r.family == reading.family and r.value is not None]
    return "history.html.j2", {
        "address": address,
        "here_path": f"/history/{key}",
        "day": day,
        "reading": reading,
        "family": roles.family(reading.family),
        "value": tabular.reading_figure(reading),
        "changes": [(label, tabular.change_figure(reading, label)) for label in reading.changes],
        "years": YEARS,
        "chart": chart,
        "series": [_series(name, day) for name in reading.sources],
        "beside": beside,
    }


@view(router, "/series/{name}")
def series(request: Request) -> Shown:
    """One series: what it is, its newest values or vintages, first releases against later."""
    address, name = SeriesAddress.read(request.query_params), request.path_params["name"]
    day = resolve_day(address.as_of)
    found = job.look_up(name, day, last=_SHOWN, vintages=address.vintages)
    if not found.rows and all(info.name != name for info in found.infos):
        raise UnknownNameError("series", name, tuple(info.name for info in found.infos))
    return "series.html.j2", {
        "address": address, "here_path": f"/series/{name}", "day": day, "found": found,
        "info": found.infos[0], "revisions": _revisions(name, day),
        "files": [] if kept_back(found.infos[0]) else export_files("series", name=name, as_of=day),
    }  # fmt: skip


def _series(name: str, day: object) -> job.SeriesFound | None:
    try:
        return job.look_up(name, day, last=8, vintages=True)  # type: ignore[arg-type]
    except UstressError:
        return None


def _revisions(name: str, day: object) -> job.Revisions | None:
    try:
        return job.revisions(name, day, last=_SHOWN)  # type: ignore[arg-type]
    except UstressError:
        return None
