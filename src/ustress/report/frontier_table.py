"""The point of no return by pace, as one table."""

from __future__ import annotations

from dataclasses import replace

from ustress.core.evidence import Evidence
from ustress.report import spoken
from ustress.report.by_pace import PacePoint, PaceView
from ustress.report.figures import Figure, Name, say
from ustress.report.simulation_tables import days
from ustress.report.tables import Column, Row, Table, number


def frontier(found: PaceView) -> Table:
    """Amount by pace with its error, and its spread over parameter draws."""
    columns = (
        Column("Sold over", "business days", "right"), Column("Amount", "$bn", "right"),
        Column("±", "$bn", "right", minor=1), Column("10 %", "of draws, $bn", "right"),
        Column("50 %", "of draws, $bn", "right"), Column("90 %", "of draws, $bn", "right"),
    )  # fmt: skip
    level = Figure("frontier.level", found.level, "probability", Evidence.ASSUMED)
    most = Figure("frontier.most", found.most_usdbn, "usdbn_whole", Evidence.MEASURED)
    used = Figure("frontier.paths", float(found.paths_used), "count", Evidence.ASSUMED)
    notes = (
        say("Past return: dysfunction above the Fed's threshold at a close soon after the last "
            "sale, or a named break; purchases off; the least over: {p}.",
            p=Name(", ".join(found.policies), "scenario")),
        say("At most {m} can be sold, all that foreigners held in {d}; {n} simulated paths.",
            m=most, d=spoken.told(found.month, "frontier.month"), n=used),
    )  # fmt: skip
    caption = say("The amount at which the chance of no return reaches {p}, by pace", p=level)
    return Table(caption, columns, tuple(_row(point) for point in found.points), notes)


def amount(point: PacePoint) -> Figure:
    """The frontier at one pace."""
    found = _money(f"frontier.d{point.business_days}", point.amount_usdbn, _why(point))
    return replace(found, error=point.error_usdbn)


def _why(point: PacePoint) -> str:
    """Why there is no amount at a pace."""
    none = "nothing sold" in point.words
    return "the chance is there with nothing sold" if none else "not reached with all that is held"


def _row(point: PacePoint) -> Row:
    id_ = f"frontier.d{point.business_days}"
    spread = (("q10", 0.1, point.q10), ("q50", 0.5, point.q50), ("q90", 0.9, point.q90))
    none, most = "in such a draw no sale is needed", "in such a draw all that is held is not enough"
    return Row((
        number(days(f"{id_}.days", point.business_days)),
        number(amount(point), strong=True),
        number(_money(f"{id_}.error", point.error_usdbn, _why(point))),
        *(number(_money(f"{id_}.{q}", value, none if point.already_share >= share else most))
          for q, share, value in spread),
    ))  # fmt: skip


def _money(id_: str, value: float | None, why: str) -> Figure:
    return Figure(id_, value, "usdbn_whole", Evidence.ASSUMED, source="simulated", reason=why)
