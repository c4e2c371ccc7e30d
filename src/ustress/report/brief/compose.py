"""From contents to the document: which sections there are, in which order."""

from __future__ import annotations

from ustress.report.brief.document import Document, Section
from ustress.report.brief.sections import (
    against,
    breaking,
    claimed,
    episodes,
    first,
    glossary,
    happening,
    hit,
    limits,
    methods,
    parameters,
    purchases,
    short,
    simulated,
    sources,
    validated,
)
from ustress.report.views import BriefContents

_LAST: list[tuple[BriefContents, Document]] = []


def composed(contents: BriefContents) -> Document:
    """The document of these very contents; the last one is kept, because it has several forms."""
    if not _LAST or _LAST[0][0] is not contents:
        _LAST[:] = [(contents, compose(contents))]
    return _LAST[0][1]


def compose(contents: BriefContents) -> Document:
    """The document of a brief; every part that is missing says so in its own section."""
    sections: tuple[Section, ...] = (
        happening.section(contents),
        *against.sections(contents),
        claimed.section(contents),
        simulated.section(contents),
        breaking.section(contents),
        hit.section(contents),
        purchases.section(contents),
        limits.section(contents),
        methods.section(contents),
        validated.section_of(contents.validation, contents.missing.get("validation", "")),
        episodes.section(contents),
        parameters.section(contents),
        sources.section(contents),
        glossary.section(contents),
    )
    return Document(
        title=first.title(contents),
        standfirst=first.standfirst(contents),
        as_of=contents.as_of,
        answers=first.answers(contents),
        sections=sections,
        made=contents.made,
        short=short.findings(contents),
        cover=short.cover(contents),
    )
