"""*Now*: every line of the monitor with its year, and the charts of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from fastapi import APIRouter
from starlette.requests import Request

from ustress.app.charts import Drawn, drawn
from ustress.app.drawings import BOARD, OnDay
from ustress.app.pages.address import Address
from ustress.app.pages.render import Shown, view
from ustress.app.sparkline import sparkline
from ustress.app.state import Served, served
from ustress.report import roles, tabular
from ustress.report.auction_table import auctions, auctions_ahead, beside_table
from ustress.report.changed import since as changed_table
from ustress.report.figures import Figure
from ustress.workflows.common import resolve_day
from ustress.workflows.live import Reading, Snapshot
from ustress.workflows.market import market_since

router = APIRouter()
HEADS = (("Day", ("1d",)), ("Week", ("1w",)), ("Month", ("1m", "4w")),
         ("Year", ("12m", "52w", "4q", "1y")))  # fmt: skip


class NowAddress(Address):
    """The state of a day, all of it or what is unusual; or what changed since another."""

    path: ClassVar[str] = "/"
    show: Literal["all", "unusual"] = "all"
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the monitor."""

    reading: Reading
    value: Figure
    changes: tuple[Figure | None, ...]
    percentile: Figure | None
    spark: str
    unusual: bool
    to: str


@view(router, "/")
def now(request: Request) -> Shown:
    """The monitor of a day."""
    held, address = served(request), NowAddress.read(request.query_params)
    board = held.board(address.as_of)
    snapshot = board.contents.snapshot
    found = snapshot.composite
    day = OnDay(as_of=address.as_of)
    families = lines_by_family(snapshot, board.sparks, address)
    return "now.html.j2", {
        "address": address,
        "snapshot": snapshot,
        "day": resolve_day(address.as_of),
        "composite": tabular.composite(found) if found.value is not None else None,
        "composite_figure": Figure("composite", found.value, "index", reason=found.reason),
        "by_family": sorted(found.by_family().items(), key=lambda kv: -kv[1]),
        "family_name": roles.family,
        "families": families,
        "heads": [head for head, _ in HEADS],
        "auctions": auctions(snapshot),
        "ahead": auctions_ahead(snapshot) if snapshot.auctions_to_come else None,
        "unfilled": [r for r in snapshot.readings if r.outside and r.value is None],
        "stale": sum(r.stale for r in snapshot.readings if r.value is not None),
        "standing": (beside := len(tabular.unusual(beside_table(snapshot)))),
        "standing_auctions": len(tabular.unusual(snapshot)) - beside,
        "charts": _charts(held, day),
        "changed": _changed(address),
        "covered": _covered(held, address),
    }


def _covered(held: Served, address: NowAddress) -> date | None:
    """The newest day with complete figures, where it lies before the day shown."""
    day = held.opening_day()
    return day if day < resolve_day(address.as_of) else None


def lines_by_family(
    snapshot: Snapshot, sparks: Mapping[str, tuple[float, ...]], address: NowAddress
) -> list[tuple[str, list[Line]]]:
    """The readings as lines under their families; auctions stand in their own table."""
    unusual = {r.key for r in tabular.unusual(snapshot)}
    only = address.show == "unusual"
    found: dict[str, list[Line]] = {}
    for r in snapshot.readings:
        hidden = (r.outside and r.value is None) or (only and r.key not in unusual)
        if hidden or (r.family.startswith("auction") and r.key not in unusual):
            continue
        line = _line(r, sparks, unusual, address)
        found.setdefault(roles.family(r.family), []).append(line)
    return list(found.items())


def _line(
    r: Reading, sparks: Mapping[str, tuple[float, ...]], unusual: set[str], address: Address
) -> Line:
    changes = tuple(
        next((tabular.change_figure(r, one) for one in labels if one in r.changes), None)
        for _, labels in HEADS
    )
    to = Address(as_of=address.as_of).to(f"/history/{r.key}")
    return Line(
        r, tabular.reading_figure(r), changes,
        None if r.percentile is None else tabular.percentile_figure(r),
        sparkline(sparks.get(r.key, ())), r.key in unusual, to,
    )  # fmt: skip


def _charts(held: Served, day: OnDay) -> list[Drawn]:
    return [drawn(held, name, day) for name in BOARD]


def _changed(address: NowAddress) -> object:
    if address.since is None:
        return None
    found = market_since(address.since, address.as_of)
    return changed_table(found.moved, found.since, found.as_of)
