"""Sources with dates known and rights."""

from __future__ import annotations

from ustress.report import spoken, tabular
from ustress.report.brief.document import Grid, Section
from ustress.report.figures import words
from ustress.report.views import BriefContents


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    if not contents.sources:
        why = contents.missing.get("sources", "the sources were not listed")
        return Section("sources", "Sources", spoken.gap(why, "sources"), ())
    lead = words(
        "Figures of the record come from these tables, published estimates from the studies named "
        "beside them; the rest is simulated or counted here."
    )
    return Section(
        "sources",
        "Sources",
        lead,
        (Grid("sources-table", tabular.sources(contents.sources), folded=True),),
    )
