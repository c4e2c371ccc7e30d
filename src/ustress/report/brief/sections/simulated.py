"""What the simulation says: scenario against scenario on the same shocks."""

from __future__ import annotations

from ustress.report import simulation_tables
from ustress.report.brief.document import Block, Charts, Grid, Section
from ustress.report.charts import catalogue
from ustress.report.figures import Name, say
from ustress.report.views import BriefContents

CHARTS = ("ten-year-fan", "dysfunction-fan")


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    title = "What the simulation says"
    if not contents.scenarios:
        why = contents.missing.get("scenarios", "no scenario was run")
        return Section("simulation", title, say("— {why}.", why=Name(why)), ())
    blocks: tuple[Block, ...] = (
        Grid("scenarios", simulation_tables.scenarios(contents.scenarios)),
        Charts(catalogue.declare(contents, _charts(contents))),
    )
    if contents.comparisons:
        names = {s.key: s.title for s in contents.scenarios}
        table = simulation_tables.comparisons(contents.comparisons, names)
        blocks = (*blocks, Grid("compare", table, folded=not contents.chosen))
    lead = say(
        "Each scenario starts from the measured state of {d} and meets the same random shocks, so "
        "that a difference between two of them is due to the scenario alone.",
        d=contents.as_of,
    )
    return Section("simulation", title, lead, blocks)


def _charts(contents: BriefContents) -> tuple[str, ...]:
    """Where two scenarios were chosen, their difference too; else purchases have their section."""
    alone = contents.purchases is None and contents.comparisons
    return (*CHARTS, *(("difference", "fed-purchases") if alone else ()))
