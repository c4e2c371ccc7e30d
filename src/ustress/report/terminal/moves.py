"""A series' newest move in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ustress.core.evidence import Evidence
from ustress.report.figures import Day, Figure, Name, Num, say
from ustress.report.terminal.typeset import Line

if TYPE_CHECKING:
    from rich.console import RenderableType


def move(seen: Any) -> tuple[RenderableType, ...]:
    """Size, standard deviations, rank and record of the move."""

    def fig(name: str, value: float | None, unit: str, reason: str = "") -> Figure:
        return Figure(f"move.{name}", value, unit, Evidence.MEASURED, reason=reason)

    head = say(
        "{t}: {c} over {w}, {a} on {from_} to {b} on {to}",
        t=Name(seen.info.title), c=Num(fig("change", seen.change, seen.unit), "signed"),
        w=Name(seen.window), a=Num(fig("first", seen.first, seen.info.unit)), from_=Day(seen.start),
        b=Num(fig("last", seen.last, seen.info.unit)), to=Day(seen.end),
    )  # fmt: skip
    why = "fewer than 30 such changes in the five years before"
    rank = say(
        "{z} of such changes in the five years before; percentile {p} of {n} windows",
        z=Num(fig("deviations", seen.deviations, "sd", why)),
        p=Num(fig("percentile", seen.percentile, "share_pct"), "bare"),
        n=Num(fig("windows", float(seen.windows), "count")),
    )
    return Line(head, strong=True), Line(rank), Line(Name(seen.record).words)
