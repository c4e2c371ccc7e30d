"""Who is hit: the mortgage rate and federal interest."""

from __future__ import annotations

from ustress.report.brief.document import Block, Bullets, Charts, Section
from ustress.report.charts import catalogue
from ustress.report.figures import Name, Text, say, words
from ustress.report.views import BriefContents

CHARTS = ("mortgage", "interest")


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    title = "Who is hit"
    if contents.outcomes is None:
        why = contents.missing.get("outcomes", "no outcome was computed")
        return Section("hit", title, say("— {why}.", why=Name(why)), ())
    blocks: tuple[Block, ...] = (Charts(catalogue.declare(contents, CHARTS)),)
    if contents.outcomes.notes:
        notes = tuple(Text((Name(n),)) for n in contents.outcomes.notes)
        blocks = (*blocks, Bullets(notes, "Methods, assumptions and what these two cannot say"))
    lead = words(
        "Households meet the path of yields through the mortgage rate, the budget through the debt "
        "that is refinanced on it."
    )
    return Section("hit", title, lead, blocks)
