"""What the simulation says: scenario against scenario on the same shocks."""

from __future__ import annotations

from ustress.report import plans, simulation_tables, spoken
from ustress.report.brief.document import Block, Bullets, Charts, Grid, Section
from ustress.report.charts import catalogue
from ustress.report.figures import say
from ustress.report.views import BriefContents, Comparison

CHARTS = ("ten-year-fan", "dysfunction-fan")


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    title = "What the simulation says"
    if not contents.scenarios:
        why = contents.missing.get("scenarios", "no scenario was run")
        return Section("simulation", title, spoken.gap(why, "simulation"), ())
    imposed = plans.in_full(contents.scenarios)
    blocks: tuple[Block, ...] = (
        *((Bullets(imposed),) if imposed else ()),
        Grid("scenarios", simulation_tables.scenarios(contents.scenarios)),
        Charts(catalogue.declare(contents, _charts(contents))),
    )
    shown = _comparisons(contents)
    if shown:
        names = {s.key: s.title for s in contents.scenarios}
        table = simulation_tables.comparisons(shown, names)
        blocks = (*blocks, Grid("compare", table, folded=not contents.chosen))
    lead = say(
        "A scenario is a condition, no forecast: what it imposes is said below, and the chances "
        "are given that. Each starts from the measured state of {d} and meets the same random "
        "shocks, so that a difference between two of them is due to the scenario alone.",
        d=contents.as_of,
    )
    return Section("simulation", title, lead, blocks)


def _charts(contents: BriefContents) -> tuple[str, ...]:
    """Where two scenarios were chosen, their difference too; else purchases have their section."""
    alone = contents.purchases is None and contents.comparisons
    return (*CHARTS, *(("difference", "fed-purchases") if alone else ()))


def _comparisons(contents: BriefContents) -> tuple[Comparison, ...]:
    """Those that no other section tells."""
    told = contents.purchases
    pair = None if told is None else (told.first, told.second)
    return tuple(c for c in contents.comparisons if (c.first, c.second) != pair)
