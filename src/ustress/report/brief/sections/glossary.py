"""Words used here."""

from __future__ import annotations

from ustress.report.brief.document import Block, Section, Terms
from ustress.report.figures import Text
from ustress.report.views import BriefContents


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    terms = tuple((t.word, t.meaning) for t in contents.glossary)
    blocks: tuple[Block, ...] = (Terms(terms),) if terms else ()
    return Section("glossary", "Words", Text(), blocks)
