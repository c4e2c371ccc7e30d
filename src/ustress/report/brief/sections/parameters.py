"""The opening state and the parameters, by level of evidence."""

from __future__ import annotations

from ustress.core.evidence import Evidence
from ustress.report import spoken, tabular
from ustress.report.brief.document import Block, Grid, Section
from ustress.report.figures import Figure, Text, say
from ustress.report.views import BriefContents
from ustress.report.wording import listed


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    title = "What the simulation rests on"
    blocks: tuple[Block, ...] = ()
    if contents.opening:
        blocks = (Grid("opening", tabular.opening(contents.opening), folded=True),)
    if contents.parameters:
        table = tabular.parameters(contents.parameters)
        blocks = (*blocks, Grid("parameters-table", table, folded=True))
    if not blocks:
        why = contents.missing.get("parameters", "nothing was simulated")
        return Section("parameters", title, spoken.gap(why, "parameters"), ())
    return Section("parameters", title, _lead(contents), blocks)


def _lead(contents: BriefContents) -> Text:
    counted = tabular.counts((*contents.opening, *contents.parameters))
    levels = tuple(
        say(
            "{n} {word}", n=Figure(f"parameters.{level.value}", float(n), "count"), word=level.value
        )
        for level, n in counted.items()
        if n
    )
    return say(
        "Inputs and parameters by level of evidence: {l}. A simulated number carries the weakest "
        "level that entered it, here {w}.",
        l=listed(levels),
        w=max((k for k, n in counted.items() if n), key=list(Evidence).index).value,
    )
