"""Published numbers against the model's: how far the answers can be trusted."""

from __future__ import annotations

from ustress.calibrate.validation import Validation
from ustress.report import spoken
from ustress.report import validation_tables as tables
from ustress.report.brief.document import Block, Charts, Grid, Paragraph, Section
from ustress.report.charts.validation import declare_validation
from ustress.report.figures import say

KEY, TITLE = "validation", "Published numbers against the model's"


def section_of(found: Validation | None, why: str = "") -> Section:
    """The section; `why` says what kept the comparison from being made."""
    if found is None:
        reason = why or "the published numbers were not compared"
        return Section(KEY, TITLE, spoken.gap(reason, KEY), ())
    compared, others = tables.in_brief(found)
    blocks: tuple[Block, ...] = (
        Charts((declare_validation(found),)),
        Paragraph(tables.risk_aversion(found.risk_aversion)),
        Grid("validation-table", compared, folded=True, printed=True),
        Grid("validation-others", others, folded=True),
    )
    return Section(KEY, TITLE, say("{h}.", h=tables.headline(found)), blocks)
