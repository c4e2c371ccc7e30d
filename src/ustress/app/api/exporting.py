"""Exporting: series, the monitor and simulated results as files, with units, sources and rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from ustress.app.api.common import FAILURES, ONLY_DESCRIBED, AsOf, Held
from ustress.app.api.running import Id, finished
from ustress.app.exports import of_result
from ustress.app.jobs.asked import (
    Asked,
    BreakpointAsked,
    ClaimsAsked,
    CurveAsked,
    HitAsked,
    RunAsked,
)
from ustress.app.pages.asking import PLACES
from ustress.app.state import Served
from ustress.core.errors import BadInputError, CannotError
from ustress.report import sheets
from ustress.workflows import export as job
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.report.sheets import Export

Ending = Annotated[
    Literal["csv", "parquet", "xlsx"], Path(description="the file's form", examples=["csv"])
]
Names = Annotated[
    list[Annotated[str, Query(pattern=r"^[a-z0-9_.]{3,80}$")]],
    Query(
        min_length=1, max_length=40, description="series, or prefixes such as tic.",
        examples=[["ust.par.10y"]],
    ),
]  # fmt: skip
Since = Annotated[
    date | None, Query(description="observations from this date on", examples=["2025-01-02"])
]
MOST_ROWS = 200_000
_TYPES: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DESCRIBED: dict[int | str, dict[str, Any]] = {
    **FAILURES,
    200: {
        "description": "the file",
        "content": {kind.split(";")[0]: {} for kind in _TYPES.values()},
    },
}
router = APIRouter(
    prefix="/api/v1", tags=["exporting"], responses=_DESCRIBED, default_response_class=Response,
    dependencies=ONLY_DESCRIBED,
)  # fmt: skip


@router.get("/export/monitor.{ending}")
def monitor(held: Held, ending: Ending, as_of: AsOf = None) -> Response:
    """Every indicator of a date; licensed figures and the reader's own are kept back."""
    day = resolve_day(as_of)
    made = partial(held.kept, "monitor as a file", day, lambda: job.of_monitor(day))
    return _file("monitor", ending, made)


@router.get("/export/series.{ending}")
def series(ending: Ending, name: Names, as_of: AsOf = None, since: Since = None) -> Response:
    """Series as known on a date, one row an observation; only those that may leave."""
    return _file("series", ending, lambda: job.of_series(name, as_of, since))


@router.get("/export/claims.{ending}")
def claims(held: Held, ending: Ending, question: Annotated[ClaimsAsked, Query()]) -> Response:
    """Verdicts as known then and today, once the statements about the mechanism are simulated."""
    return _known(held, "claims", ending, question)


@router.get("/export/breakpoint.{ending}")
def breakpoint_(
    held: Held, ending: Ending, question: Annotated[BreakpointAsked, Query()]
) -> Response:
    """The point of no return by pace, and both chances by amount, once it is simulated."""
    return _known(held, "breakpoint", ending, question)


@router.get("/export/curve.{ending}")
def curve(held: Held, ending: Ending, question: Annotated[CurveAsked, Query()]) -> Response:
    """Both chances by amount at one pace, once they are simulated."""
    return _known(held, "curve", ending, question)


@router.get("/export/outcomes.{ending}")
def outcomes(held: Held, ending: Ending, question: Annotated[HitAsked, Query()]) -> Response:
    """Who is hit, a row a quantity, and the lines along time, once both are simulated."""
    return _known(held, "outcomes", ending, question)


@router.get("/export/run.{ending}")
def run(held: Held, ending: Ending, question: Annotated[RunAsked, Query()]) -> Response:
    """A run by observable and business day, once it is simulated."""
    return _known(held, "run", ending, question)


@router.get("/jobs/{id_}/export.{ending}")
def of_job(held: Held, id_: Id, ending: Ending) -> Response:
    """The result of a job that is done as a file; comparisons and replays are documents alone."""
    found, result = finished(held, id_)
    return _file(found.kind, ending, lambda: of_result(found.kind, result))


def _known(held: Served, name: str, ending: str, question: Asked) -> Response:
    """The file of a question whose result is kept.

    Raises:
        CannotError: if it has not been simulated on these figures.
    """
    result = held.desk.known(question)
    if result is None:
        raise CannotError(
            "not simulated yet on these figures; "
            f"POST the same question to /api/v1/{PLACES[question.kind]} first"
        )
    return _file(name, ending, lambda: of_result(question.kind, result))


def _file(name: str, ending: str, make: Callable[[], Export]) -> Response:
    sheets.check_ending(f"{name}.{ending}", f".{ending}")
    found = make()
    rows = found.data.frame.height
    if rows > MOST_ROWS:
        raise BadInputError(f"{rows:,} rows; expected at most {MOST_ROWS:,}: ask for fewer series")
    headers = {"content-disposition": f'attachment; filename="{name}-{found.as_of}.{ending}"'}
    return Response(sheets.written(found, f".{ending}"), media_type=_TYPES[ending], headers=headers)
