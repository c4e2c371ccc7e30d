"""The point of no return by pace, as one table."""

from __future__ import annotations

from ustress.core.evidence import Evidence
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
            p=Name(", ".join(found.policies))),
        say("At most {m} can be sold, all that foreigners held in {d}; {n} simulated paths.",
            m=most, d=Name(found.month), n=used),
    )  # fmt: skip
    caption = say("The amount at which the chance of no return reaches {p}, by pace", p=level)
    return Table(caption, columns, tuple(_row(point) for point in found.points), notes)


def amount(point: PacePoint) -> Figure:
    """The frontier at one pace."""
    return _money(f"frontier.d{point.business_days}", point.amount_usdbn, point.words)


def _row(point: PacePoint) -> Row:
    id_, beyond = f"frontier.d{point.business_days}", "no sale needed, or more than is held"
    spread = (("q10", point.q10), ("q50", point.q50), ("q90", point.q90))
    return Row((
        number(days(f"{id_}.days", point.business_days)),
        number(amount(point), strong=True),
        number(_money(f"{id_}.error", point.error_usdbn, point.words)),
        *(number(_money(f"{id_}.{q}", value, beyond)) for q, value in spread),
    ))  # fmt: skip


def _money(id_: str, value: float | None, why: str) -> Figure:
    return Figure(id_, value, "usdbn_whole", Evidence.ASSUMED, source="simulated", reason=why)
