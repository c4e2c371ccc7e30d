"""Exporting: series and the monitor as files, with units, sources, dates known and rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from ustress.app.api.common import FAILURES, ONLY_DESCRIBED, AsOf
from ustress.core.errors import BadInputError
from ustress.report import sheets
from ustress.workflows import export as job

Ending = Literal["csv", "parquet", "xlsx"]
Names = Annotated[
    list[Annotated[str, Query(pattern=r"^[a-z0-9_.]{3,80}$")]],
    Query(min_length=1, max_length=40, description="series, or prefixes such as tic."),
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
    prefix="/api/v1/export",
    tags=["exporting"],
    responses=_DESCRIBED,
    default_response_class=Response,
    dependencies=ONLY_DESCRIBED,
)


@router.get("/monitor.{ending}")
def monitor(ending: Ending, as_of: AsOf = None) -> Response:
    """Every indicator of a date; licensed figures and the reader's own are kept back."""
    return _file("monitor", ending, lambda: job.of_monitor(as_of))


@router.get("/series.{ending}")
def series(ending: Ending, name: Names, as_of: AsOf = None, since: date | None = None) -> Response:
    """Series as known on a date, one row an observation; only those that may leave."""
    return _file("series", ending, lambda: job.of_series(name, as_of, since))


def _file(name: str, ending: str, make: Callable[[], sheets.Export]) -> Response:
    sheets.check_ending(f"{name}.{ending}", f".{ending}")
    found = make()
    rows = found.data.frame.height
    if rows > MOST_ROWS:
        raise BadInputError(f"{rows:,} rows; expected at most {MOST_ROWS:,}: ask for fewer series")
    headers = {"content-disposition": f'attachment; filename="{name}-{found.as_of}.{ending}"'}
    return Response(sheets.written(found, f".{ending}"), media_type=_TYPES[ending], headers=headers)
