"""*Breaking point*: how much selling until the Fed buys; a point opens its paths."""

from __future__ import annotations

from typing import Any, ClassVar

from fastapi import APIRouter
from starlette.requests import Request

from ustress.app.charts import drawn
from ustress.app.jobs.asked import BreakpointAsked, RunAsked
from ustress.app.jobs.results import Result
from ustress.app.pages.asking import ask, found
from ustress.app.pages.render import Shown, view
from ustress.app.simulated import BreakAddress, FanAddress
from ustress.app.state import Served, served
from ustress.report import simulation_tables
from ustress.workflows.served import FoundBreakpoint, RunView

router = APIRouter()
PATHS = ("dysfunction", "ust.10y", "dealers.use", "fed.bought")


class PageAddress(BreakAddress):
    """The page's address."""

    path: ClassVar[str] = "/breaking-point"


@view(router, "/breaking-point", keep=False)
def breaking_point(request: Request) -> Shown:
    """The curves, the frontier of amount and pace, and the paths of the amount chosen."""
    held, address = served(request), PageAddress.read(request.query_params)
    question = address.question(held)
    known = found(held, question, FoundBreakpoint)
    asks = [] if known is not None else [ask("the breaking point", question)]
    whole = address.question(held, BreakpointAsked)
    frontier = _frontier(address, held.desk.known(whole))
    if not frontier:
        asks.append(ask("the frontier of amount and pace", whole))
    sale = address.sale(held)
    run: RunView | None = None
    charts: list[Any] = []
    if sale is not None:
        asked: RunAsked = sale.question(held)
        run = found(held, asked, RunView)
        if run is None:
            asks.append(ask(f"the paths of ${address.amount:,.0f}bn", asked))
        else:
            shared = sale.model_dump()
            charts = [drawn(held, "fan", FanAddress(**shared, name=n)) for n in PATHS]
    return "breaking.html.j2", {
        "address": address,
        "day": address.as_of or held.opening_day(),
        "known": known,
        "chart": None if known is None else _chart(held, address),
        "notes": [] if known is None else simulation_tables.breakpoint_(known.curve).notes,
        "points": [] if known is None else _points(address, known),
        "frontier": frontier,
        "asks": asks,
        "run": run,
        "paths": charts,
    }


def _chart(held: Served, address: PageAddress) -> Any:
    plain = BreakAddress(**address.model_dump(exclude={"amount"}))
    return drawn(held, "breakpoint", plain, click=address.to(amount="AMOUNT") + "#paths")


def _points(address: PageAddress, known: FoundBreakpoint) -> list[dict[str, Any]]:
    """Every amount with its chances and the address of its paths."""
    curve = known.curve
    return [
        {
            "amount": float(amount),
            "to": address.to(amount=f"{amount:g}") + "#paths",
            "chance": float(curve.chance[i]),
            "error": float(curve.error[i]),
            "low": None if curve.low is None else float(curve.low[i]),
            "high": None if curve.high is None else float(curve.high[i]),
            "no_return": None if curve.no_return is None else float(curve.no_return[i]),
            "chosen": address.amount == float(amount),
        }
        for i, amount in enumerate(curve.amounts_usdbn)
    ]


def _frontier(address: PageAddress, result: Result | None) -> list[dict[str, Any]]:
    """The frontier as the interface gives it, each point with the address of its paths."""
    if result is None:
        return []
    return [
        {
            **point,
            "to": None if point["amount_usdbn"] is None else address.to(
                amount=f"{round(point['amount_usdbn'])}", business_days=point["business_days"]
            ) + "#paths",
        }
        for point in result["document"].get("frontier", ())
    ]  # fmt: skip
