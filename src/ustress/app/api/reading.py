"""Reading: the monitor, claims, scenarios, series, the store, words."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from ustress.app.api.common import FAILURES, ONLY_DESCRIBED, AsOf, Held, document
from ustress.app.judging import at_once
from ustress.app.wording import NAME, SERIES
from ustress.core import glossary
from ustress.core.errors import BadInputError, UnknownNameError
from ustress.workflows import scenarios as scenario_job
from ustress.workflows import series as series_job
from ustress.workflows.common import resolve_day
from ustress.workflows.data import store_status
from ustress.workflows.market import market_since
from ustress.workflows.rights import kept_back

router = APIRouter(
    prefix="/api/v1", tags=["reading"], responses=FAILURES, dependencies=ONLY_DESCRIBED
)
Since = Annotated[
    date | None, Query(description="an earlier date: what changed since", examples=["2025-04-04"])
]
Prefix = Annotated[
    str | None,
    Query(pattern=SERIES, description="only series under it, as tic.", examples=["ust.par"]),
]
Last = Annotated[int, Query(ge=1, le=20_000, description="newest observations given")]
Vintages = Annotated[bool, Query(description="every value as it became known, with its date")]
ScenarioName = Annotated[
    str, Path(pattern=NAME, description="a built-in scenario", examples=["tactical-qe"])
]
SeriesName = Annotated[str, Path(pattern=SERIES, description="a series", examples=["ust.par.10y"])]


@router.get("/monitor", response_model=dict[str, Any])
def monitor(held: Held, as_of: AsOf = None, since: Since = None) -> Response:
    """The state of the market; with `since`, what changed between the two dates."""
    if since is not None:
        day = resolve_day(as_of)
        return document(
            held.kept("since", day, lambda: market_since(since, day).to_json(), since)
        )  # fmt: skip
    return document(held.board(as_of).contents.snapshot)


@router.get("/claims", response_model=dict[str, Any])
def claims(held: Held, as_of: AsOf = None) -> Response:
    """Verdicts on the built-in claims; statements about the mechanism are not simulated here.

    POST the same address to have these simulated too.
    """
    return document(at_once(held, as_of).to_json())


@router.get("/scenarios", response_model=list[dict[str, Any]])
def scenarios() -> Response:
    """What can be simulated."""
    return document(scenario_job.listing())


@router.get("/scenarios/{name}", response_model=dict[str, Any])
def scenario(name: ScenarioName) -> Response:
    """One scenario in full."""
    names = tuple(line.name for line in scenario_job.listing())
    if name not in names:  # a name is never looked for on disk
        raise UnknownNameError("scenario", name, names)
    return document(scenario_job.show(name))


@router.get("/keys", response_model=list[dict[str, Any]])
def keys() -> Response:
    """Every key a scenario may set, with unit, range and default."""
    return document(scenario_job.keys())


@router.get("/series", response_model=dict[str, Any])
def catalogue(
    as_of: AsOf = None,
    prefix: Prefix = None,
) -> Response:
    """The catalogue, all of it or under a prefix."""
    found = series_job.look_up(prefix, as_of)
    return document(_may_leave(found))


@router.get("/series/{name}", response_model=dict[str, Any])
def series(
    name: SeriesName,
    as_of: AsOf = None,
    last: Last = 12,
    vintages: Vintages = False,
) -> Response:
    """The newest observations of a series as known on a date, or its vintages."""
    return document(_may_leave(series_job.look_up(name, as_of, last=last, vintages=vintages)))


@router.get("/data/status", response_model=dict[str, Any])
def status(held: Held, as_of: AsOf = None) -> Response:
    """Coverage, age, rights and source of every family of series."""
    return document(held.kept("status", as_of, lambda: store_status(as_of)))


@router.get("/glossary", response_model=list[dict[str, Any]])
def words() -> Response:
    """What words mean here."""
    return document(glossary.terms())


def _may_leave(found: series_job.SeriesFound) -> series_job.SeriesFound:
    """The values, unless they are licensed or the reader's own."""
    if found.rows:
        for info in found.infos:
            if kept_back(info):
                raise BadInputError(
                    f"{info.name} is {info.rights.value}; its values do not leave by the interface"
                )
    return found
