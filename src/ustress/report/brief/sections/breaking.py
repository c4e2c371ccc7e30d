"""The breaking point: the amount of selling at which the Fed buys."""

from __future__ import annotations

from ustress.report import simulation_tables
from ustress.report.brief.document import Block, Bullets, Charts, Grid, Paragraph, Section
from ustress.report.charts import catalogue
from ustress.report.figures import Name, Text, say
from ustress.report.frontier_table import frontier
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
    return Section("breakpoint", title, _lead(found), blocks)


def _lead(found: BreakpointView) -> Text:
    over = days("breakpoint.sale_days", found.sale_days)
    within = days("breakpoint.within_days", found.within_days)
    return say(
        "The same amount is sold evenly over {d} business days; the chance "
        "is that of Fed purchases within {w} business days, over shocks, parameters and the Fed's "
        "uncertain threshold.",
        d=over, w=within,
    )  # fmt: skip
