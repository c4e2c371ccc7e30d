"""The brief before it has a form: sections of blocks, the same for HTML, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ustress.report.charts.base import Absent, Declared
from ustress.report.figures import Figure, Text
from ustress.report.tables import Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `kind` is `text`, `lead` (larger) or `note` (smaller)."""

    text: Text
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements; with a title it opens on demand."""

    items: tuple[Text, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the page; `id` lets a reader link to it.

    `folded` ones open on demand; `printed` ones are on paper alone, because on a screen a chart's
    figures are the same table.
    """

    id: str
    table: Table
    folded: bool = False
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts that stand together."""

    charts: tuple[Declared | Absent, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of a claim with its verdict and reason."""

    name: str
    verdict: str
    verdict_words: str
    why: Text


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim with its two verdicts and, behind them, text, rule, numbers and parts."""

    number: int
    title: str
    then: str
    today: str
    then_words: str
    today_words: str
    because: Text
    because_today: Text
    text: str
    rule: str
    details: tuple[Table, ...]
    needs: tuple[Text, ...]
    parts: tuple[Part, ...] = ()
    parts_today: tuple[Part, ...] = ()
    chart: Declared | Absent | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims, with the two dates they were judged on."""

    claims: tuple[Claim, ...]
    then: date
    today: date


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and meanings."""

    terms: tuple[tuple[str, str], ...]


Block = Paragraph | Bullets | Grid | Charts | Claims | Terms


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the brief."""

    id: str
    title: str
    lead: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers of the first screen: question, the number, what it rests on."""

    id: str
    question: str
    headline: Text
    unit: Text
    points: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole brief; `short`: findings in a sentence each; `cover`: the first page's chart."""

    title: Text
    standfirst: Text
    as_of: date
    answers: tuple[Answer, ...]
    sections: tuple[Section, ...]
    made: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    short: tuple[Text, ...] = ()
    cover: Declared | None = None

    def charts(self) -> Iterator[Declared]:
        """Every chart that can be drawn, in the order of the page."""
        for section in self.sections:
            for block in section.blocks:
                yield from (one for one in _charts_of(block) if isinstance(one, Declared))

    def figures(self) -> Iterator[Figure]:
        """Every figure the reader can see, charts' data tables included."""
        for text in (self.title, self.standfirst):
            yield from text.figures()
        for answer in self.answers:
            for text in (answer.headline, answer.unit, *answer.points):
                yield from text.figures()
        for text in self.short:
            yield from text.figures()
        for section in self.sections:
            yield from section.lead.figures()
            for block in section.blocks:
                yield from _figures_of(block)


def _charts_of(block: Block) -> Iterator[Declared | Absent]:
    if isinstance(block, Charts):
        yield from block.charts
    elif isinstance(block, Claims):
        yield from (claim.chart for claim in block.claims if claim.chart is not None)


def _figures_of(block: Block) -> Iterator[Figure]:
    if isinstance(block, Paragraph):
        yield from block.text.figures()
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from item.figures()
    elif isinstance(block, Grid):
        yield from block.table.figures()
    elif isinstance(block, Charts):
        for chart in block.charts:
            yield from _figures_of_chart(chart)
    elif isinstance(block, Claims):
        for claim in block.claims:
            yield from _figures_of_claim(claim)


def _figures_of_claim(claim: Claim) -> Iterator[Figure]:
    for text in (claim.because, claim.because_today, *claim.needs):
        yield from text.figures()
    for part in (*claim.parts, *claim.parts_today):
        yield from part.why.figures()
    for table in claim.details:
        yield from table.figures()
    if claim.chart is not None:
        yield from _figures_of_chart(claim.chart)


def _figures_of_chart(chart: Declared | Absent) -> Iterator[Figure]:
    yield from chart.title.figures()
    if isinstance(chart, Declared):
        yield from chart.subtitle.figures()
        yield from chart.foot.figures()
        yield from chart.table.figures()
