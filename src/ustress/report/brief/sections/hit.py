"""Who is hit: each group in a line or two, then the mortgage rate, the budget and all rows."""

from __future__ import annotations

from dataclasses import replace

from ustress.outcomes.summary import Group
from ustress.report import outcome_tables, spoken
from ustress.report.brief.document import Block, Bullets, Charts, Grid, Section
from ustress.report.charts import catalogue
from ustress.report.charts import hit as hit_charts
from ustress.report.charts.base import Absent, Declared
from ustress.report.figures import Figure, Name, Text, say, words
from ustress.report.tables import Table
from ustress.report.views import BriefContents, HitView

CHARTS = ("mortgage", "interest")
FIRST_ROWS = 2
TITLE = "Who is hit"


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    if contents.outcomes is None and contents.hit is None:
        why = contents.missing.get("outcomes", contents.missing.get("scenarios", "not computed"))
        return Section("hit", TITLE, spoken.gap(why, "hit"), ())
    blocks: tuple[Block, ...] = ()
    if contents.hit is not None:
        blocks = (
            Grid("hit-first", first_rows(contents.hit)),
            Charts(_charts(contents, contents.hit)),
        )
    if contents.outcomes is not None:
        blocks = (*blocks, Charts(catalogue.declare(contents, CHARTS)))
    blocks = (*blocks, *_in_full(contents.hit), *_notes(contents))
    return Section("hit", TITLE, _lead(contents.hit), blocks)


def _charts(contents: BriefContents, found: HitView) -> tuple[Declared | Absent, ...]:
    """A chart a group, but for those whose quantity has a chart by scenario in the brief."""
    told = contents.outcomes
    elsewhere = {
        "hit-households": told is not None and bool(told.mortgage),
        "hit-budget": told is not None and bool(told.interest_usdbn),
        "hit-fed": any("fed.purchases" in s.fans for s in contents.scenarios),
    }
    return tuple(c for c in hit_charts.charts(found) if not elsewhere.get(c.name, False))


def _lead(found: HitView | None) -> Text:
    if found is None:
        return words(
            "Households meet the path of yields through the mortgage rate, the budget through the "
            "debt that is refinanced on it."
        )
    n = Figure("hit.paths", float(found.paths), "count")
    return say(
        "What is counted is {t}, path by path on the same shocks ({n} paths). The marks are of the "
        "result, then of the coefficients behind it.",
        t=Name(f"“{found.title.lower()}”", "scenario"), n=n,
    )  # fmt: skip


def first_rows(found: HitView) -> Table:
    """The first rows of every group under its title; what is missing is said in the full tables."""
    short = [_shortened(g) for g in found.groups]
    titles = [g.title for g in short for _ in g.rows]
    one = outcome_tables.group(replace(short[0], rows=tuple(r for g in short for r in g.rows)))
    kept = [i for i, c in enumerate(one.columns) if c.head != "Without"]
    rows = (
        replace(r, cells=tuple(r.cells[i] for i in kept), group=title)
        for r, title in zip(one.rows, titles, strict=True)
    )
    return Table(
        words("Each group in a line or two"), tuple(one.columns[i] for i in kept), tuple(rows)
    )


def _shortened(group: Group) -> Group:
    there = tuple(r for r in group.rows if not r.reason and not outcome_tables.alone(r))
    return replace(group, rows=there[:FIRST_ROWS])


def _in_full(found: HitView | None) -> tuple[Block, ...]:
    groups = () if found is None else found.groups
    return tuple(Grid(f"hit-{g.key}", outcome_tables.group(g), folded=True) for g in groups)


def _notes(contents: BriefContents) -> tuple[Block, ...]:
    """What the outcomes assume, and what they cannot say, each once under its own head."""
    if contents.hit is None:
        notes = () if contents.outcomes is None else contents.outcomes.notes
        return _folded("Who is hit: methods and limits", tuple(("", line) for line in notes))
    groups = contents.hit.groups
    assumed = tuple((g, line) for g in groups for line in g.assumptions)
    limits = tuple((g, line) for g in groups for line in g.cannot_say)
    return (
        *_folded("Who is hit: what is assumed", tuple((g.title, line) for g, line in assumed)),
        *_folded("Who is hit: what this cannot say", tuple((g.title, line) for g, line in limits)),
    )


def _folded(title: str, lines: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    """Sentences of groups, their numbers figures of their own."""
    told = []
    for i, (group, line) in enumerate(dict.fromkeys(lines)):
        words_ = spoken.told(line.rstrip("."), f"hit.said.{_slug(title)}.{i}")
        told.append(say("{g}: {l}.", g=group, l=words_) if group else words_ + say("."))
    return (Bullets(tuple(told), title),) if told else ()


def _slug(title: str) -> str:
    return title.rsplit(" ", 1)[-1]
