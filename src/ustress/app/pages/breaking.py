"""*Breaking point*: how much selling until the Fed buys; a point opens its paths."""

from __future__ import annotations

from typing import Any, ClassVar

from fastapi import APIRouter
from starlette.requests import Request

from ustress.app.charts import Drawn, drawn
from ustress.app.pages.asking import Ask, ask, files, found, standing
from ustress.app.pages.render import Shown, results, view
from ustress.app.simulated import BreakAddress, FanAddress
from ustress.app.state import Served, served
from ustress.report import simulation_tables
from ustress.workflows.served import FoundBreakpoint, RunView

router = APIRouter()
PATHS = ("dysfunction", "ust.10y", "dealers.use", "fed.bought")


class PageAddress(BreakAddress):
    """The page's address."""

    path: ClassVar[str] = "/breaking-point"


@view(router, "/breaking-point", results)
def breaking_point(request: Request) -> Shown:
    """The curves, the frontier of amount and pace, and the paths of the amount chosen."""
    held, address = served(request), PageAddress.read(request.query_params)
    known = address.known(held)
    asks = [] if known is not None else [ask("the breaking point", address.question(held))]
    whole = found(held, address.frontier(held), FoundBreakpoint)
    if whole is None:
        asks.append(ask("the frontier of amount and pace", address.frontier(held)))
    return "breaking.html.j2", {
        "address": address,
        "day": address.as_of or held.opening_day(),
        "days": held.opening_days(),
        "known": known,
        "chart": None if known is None else _chart(held, address),
        "notes": [] if known is None else simulation_tables.breakpoint_(known.curve).notes,
        "files": _files(held, address, known, whole),
        "points": [] if known is None else _points(address, known),
        **_frontier(held, address, whole),
        **_paths(held, address, asks),
        "asks": standing(asks),
    }


def _files(
    held: Served,
    address: PageAddress,
    known: FoundBreakpoint | None,
    whole: FoundBreakpoint | None,
) -> list[tuple[str, str]]:
    """The most that is known as a file."""
    if whole is not None:
        return files("breakpoint", address.frontier(held))
    return [] if known is None else files("curve", address.question(held))


def _chart(held: Served, address: PageAddress) -> Drawn:
    click = address.to(amount="__amount__", over=None) + "#paths"
    return drawn(held, "breakpoint", _plain(address), click=click)


def _plain(address: PageAddress) -> BreakAddress:
    return BreakAddress(**address.model_dump(exclude={"amount", "over"}))


def _points(address: PageAddress, known: FoundBreakpoint) -> list[dict[str, Any]]:
    """Every amount with its chances and the address of its paths."""
    curve = known.curve
    return [
        {
            "amount": float(amount),
            "to": address.to(amount=f"{amount:g}", over=None) + "#paths",
            "chance": float(curve.chance[i]),
            "error": float(curve.error[i]),
            "low": None if curve.low is None else float(curve.low[i]),
            "high": None if curve.high is None else float(curve.high[i]),
            "no_return": None if curve.no_return is None else float(curve.no_return[i]),
            "chosen": address.amount == float(amount) and address.over is None,
        }
        for i, amount in enumerate(curve.amounts_usdbn)
    ]


def _frontier(held: Served, address: PageAddress, whole: FoundBreakpoint | None) -> dict[str, Any]:
    """The frontier, each of its points with the address of its paths."""
    pace = None if whole is None else whole.curve.by_pace
    if pace is None:
        return {"frontier": None, "paces": []}
    click = address.to(amount="__value__", over="__days__") + "#paths"
    paces = [
        (point, _to_point(address, point.amount_usdbn, point.business_days))
        for point in pace.points
    ]
    return {"frontier": drawn(held, "frontier", _plain(address), click=click), "paces": paces}


def _to_point(address: PageAddress, amount_usdbn: float | None, days: int) -> str:
    if amount_usdbn is None:
        return ""
    return address.to(amount=f"{round(amount_usdbn)}", over=days) + "#paths"


def _paths(held: Served, address: PageAddress, asks: list[Ask]) -> dict[str, Any]:
    """The paths of the amount chosen; asked for if they are not known."""
    sale = address.sale(held)
    if sale is None:
        return {"run": None, "paths": []}
    run = found(held, sale.question(held), RunView)
    if run is None:
        asks.append(ask(f"the paths of ${address.amount:,.0f}bn", sale.question(held)))
        return {"run": None, "paths": []}
    shared = sale.model_dump()
    charts = [drawn(held, "fan", FanAddress(**shared, name=name)) for name in PATHS]
    return {"run": run, "paths": charts}
