"""Every chart at an address of its own: as drawing instructions, SVG, PNG and figures."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ustress.app.pages.address import Address
from ustress.app.state import Served, served
from ustress.core.errors import CannotError
from ustress.report.charts import base
from ustress.report.charts.base import Absent, Declared, Size
from ustress.report.figures import Num
from ustress.report.tables import Cell, Table
from ustress.workflows.common import today

router = APIRouter(include_in_schema=False)
Ending = Literal["json", "svg", "png", "csv"]
SIZES = {size.name: size for size in (base.FULL, base.WIDE, base.NARROW)}
_TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart in a page: what it says and the query under which its other forms are found."""

    chart: Declared | Absent
    query: str
    click: str = ""

    @property
    def absent(self) -> bool:
        """Whether it cannot be drawn."""
        return isinstance(self.chart, Absent)

    def to(self, ending: str) -> str:
        """The address of one of its forms."""
        kind, _, query = self.query.partition("?")
        return f"/charts/{kind}.{ending}" + (f"?{query}" if query else "")


Make = Callable[[Served, Any], Declared | Absent]
_KINDS: dict[str, tuple[type[Address], Make]] = {}
_CHANGING: set[str] = set()


def kind(name: str, address: type[Address], *, changing: bool = False) -> Callable[[Make], Make]:
    """Register a kind of chart under its name in addresses.

    `changing` says that more simulations can change it under the same address.
    """

    def register(make: Make) -> Make:
        _KINDS[name] = (address, make)
        if changing:
            _CHANGING.add(name)
        return make

    return register


def drawn(held: Served, name: str, address: Address, *, click: str = "") -> Drawn:
    """A chart for a page."""
    query = address.query()
    return Drawn(_KINDS[name][1](held, address), name + (f"?{query}" if query else ""), click)


@router.get("/charts/{name}.{ending}")
async def chart(name: str, ending: Ending, request: Request) -> Response:
    """One form of one chart."""
    if name not in _KINDS:
        raise HTTPException(404, "there is no such chart")
    held = served(request)
    simulated = held.desk.results.changes if name in _CHANGING else None
    key = (request.url.path, request.url.query, await held.look(), today(), simulated)
    found: Any = held.pages.look(key)
    if found is None:
        found = await run_in_threadpool(held.pages.get, key, lambda: _form(name, ending, request))
    body, headers = found
    return Response(body, headers=headers)


def _form(name: str, ending: str, request: Request) -> tuple[bytes, dict[str, str]]:
    address, make = _KINDS[name]
    found = make(served(request), address.read(request.query_params, ("size",)))
    if isinstance(found, Absent):
        raise CannotError(f"{found.title}: {found.reason}")
    size = SIZES.get(request.query_params.get("size", ""), base.WIDE)
    if ending == "json":
        body = JSONResponse(_compiled(found, size)).body
        return bytes(body), {"content-type": "application/json", "cache-control": "no-cache"}
    return _export(found, ending, size), {
        "content-type": _TYPES[ending],
        "cache-control": "no-cache",
        "content-disposition": f'attachment; filename="{found.name}.{ending}"',
    }


_ONE_AT_A_TIME = threading.Lock()
"""The converter has one engine; calls from two threads at once were seen to stop each other."""


def _compiled(found: Declared, size: Size) -> dict[str, Any]:
    """The declaration as Vega: compiled here once, so that browsers only draw."""
    import vl_convert

    spec = base.spec(found, size, titled=False)
    with _ONE_AT_A_TIME:
        made: dict[str, Any] = vl_convert.vegalite_to_vega(spec)
    return made


def _export(found: Declared, ending: str, size: Size) -> bytes:
    """A chart that travels has its title, subtitle and source inside."""
    if ending == "csv":
        return figures(found.table).encode()
    if ending == "svg":
        with _ONE_AT_A_TIME:
            return base.svg(found, size, titled=True).encode()
    import vl_convert

    drawing = {**base.spec(found, size, titled=True), "background": "#fefefe"}
    with _ONE_AT_A_TIME:
        made: bytes = vl_convert.vegalite_to_png(drawing, scale=2)
    return made


def figures(table: Table) -> str:
    """A table's figures as CSV: full values, not as rounded for reading; units in the head."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    grouped = any(row.group for row in table.rows)
    heads = [f"{c.head} ({c.unit})" if c.unit else c.head for c in table.columns]
    write.writerow((["group"] if grouped else []) + heads)
    for row in table.rows:
        cells = [_value(cell) for cell in row.cells]
        write.writerow(([row.group] if grouped else []) + cells)
    for note in table.notes:
        write.writerow([f"# {note}"])
    return out.getvalue()


def _value(cell: Cell) -> str:
    """The one number of a cell in full; words (and several numbers) as they are shown."""
    numbers = [part.figure for part in cell.text.parts if isinstance(part, Num)]
    if len(numbers) == 1 and len([p for p in cell.text.parts if p]) == 1:
        value = numbers[0].value
        return "" if value is None or value != value else repr(float(value))
    text = str(cell.text).replace("\N{NO-BREAK SPACE}", " ")
    return f"'{text}" if text[:1] in ("=", "+", "@") else text
