"""The breaking point: the amount of selling at which the Fed buys."""

from __future__ import annotations

from ustress.core.evidence import Evidence
from ustress.report import simulation_tables
from ustress.report.brief.document import Block, Bullets, Charts, Grid, Paragraph, Section
from ustress.report.by_pace import PaceView
from ustress.report.charts import catalogue
from ustress.report.figures import Figure, Name, Text, join, say
from ustress.report.frontier_table import amount, frontier
from ustress.report.simulation_tables import days
from ustress.report.views import BreakpointView, BriefContents


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    title = "The point of no return"
    found = contents.breakpoint
    if found is None:
        why = contents.missing.get("breakpoint", "the breaking point was not computed")
        return Section("breakpoint", title, say("— {why}.", why=Name(why)), ())
    by_pace = found.by_pace
    pace: tuple[Block, ...] = () if by_pace is None else (Grid("frontier", frontier(by_pace)),)
    blocks: tuple[Block, ...] = (
        *(() if by_pace is None else (Charts(catalogue.declare(contents, ("frontier",))),)),
        *pace,
        Charts(catalogue.declare(contents, ("breakpoint",))),
        Bullets(simulation_tables.breakpoint_(found).notes),
    )
    if found.rule:
        blocks = (*blocks, Paragraph(say("Rule: {r}.", r=Name(found.rule.rstrip("."))), "note"))
    if found.no_return_rule:
        other = say("Past return, another curve: {r}.", r=Name(found.no_return_rule.rstrip(".")))
        blocks = (*blocks, Paragraph(other, "note"))
    return Section("breakpoint", title, join((_by_pace(by_pace), _lead(found))), blocks)


def _by_pace(found: PaceView | None) -> Text:
    """The frontier at the two paces that lie furthest apart and have an amount."""
    there = [] if found is None else [p for p in found.points if p.amount_usdbn is not None]
    if found is None or len(there) < 2:
        return Text()
    level = Figure("frontier.level", found.level, "probability", Evidence.ASSUMED)
    fast, slow = (
        say("{m} sold in {d}", m=amount(p), d=days(f"frontier.d{p.business_days}.days",
            p.business_days))
        for p in (there[0], there[-1])
    )  # fmt: skip
    return say(
        "Without purchases, a chance of {p} that the market is past return is reached by {a} and "
        "by {b} business days.",
        p=level, a=fast, b=slow,
    )  # fmt: skip


def _lead(found: BreakpointView) -> Text:
    over = days("breakpoint.sale_days", found.sale_days)
    within = days("breakpoint.within_days", found.within_days)
    return say(
        "The same amount is sold evenly over {d} business days; the chance "
        "is that of Fed purchases within {w} business days, over shocks, parameters and the Fed's "
        "uncertain threshold.",
        d=over, w=within,
    )  # fmt: skip
