"""The document as Markdown, as numbers for machines, and as ten lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ustress.core.dates import show_day
from ustress.core.evidence import Evidence
from ustress.report.brief import document as doc
from ustress.report.charts.base import Absent, Declared
from ustress.report.figures import Figure
from ustress.report.tables import Row, Table


def to_markdown(document: doc.Document) -> str:
    """Headings, sentences and tables; a chart is its finding, subtitle and foot."""
    lines = [f"# {document.title}", "", str(document.standfirst), ""]
    for answer in document.answers:
        lines += [f"**{answer.question}** {answer.headline} {answer.unit}".rstrip(), ""]
        lines += [*(f"- {point}" for point in answer.points), ""]
    lines += [*(f"- {finding}" for finding in document.short), "", f"Evidence: {_key()}.", ""]
    for section in document.sections:
        lines += [f"## {section.title}", ""]
        lines += [str(section.lead), ""] if section.lead else []
        for block in section.blocks:
            lines += [*_block(block), ""]
    lines += [f"- {label}: {value}" for label, value in document.made]
    return "\n".join(lines).rstrip() + "\n"


def to_numbers(document: doc.Document) -> dict[str, Any]:
    """`as_of` and `numbers`: id to value, unit, evidence, dates, source, error, reason."""
    found = {figure.id: _as_json(figure, document.as_of) for figure in document.figures()}
    return {"as_of": document.as_of.isoformat(), "numbers": dict(sorted(found.items()))}


def to_lines(document: doc.Document) -> tuple[str, ...]:
    """Title and answers, ten lines at most."""
    lines = [str(document.title)]
    for answer in document.answers:
        lines.append(f"{answer.question} {answer.headline} {answer.unit}".rstrip())
        lines += [f"  {point}" for point in answer.points[:1]]
    return tuple(line.replace("\N{NO-BREAK SPACE}", " ") for line in lines[:10])


def table(found: Table) -> list[str]:
    """A Markdown table with its caption and notes."""
    heads = [f"{c.head} ({c.unit})" if c.unit else c.head for c in found.columns]
    rule = ["---:" if c.align == "right" else "---" for c in found.columns]
    head = [_line(heads), _line(rule)] if heads else []
    lines = [f"*{found.caption}*", "", *head]
    for group, rows in found.groups():
        lines += [_line([f"**{group}**", *[""] * (len(heads) - 1)])] if group else []
        lines += [_line([_escape(c.shown) for c in _cells(row)]) for row in rows]
    return [*lines, "", *(f"- {note}" for note in found.notes)]


def _cells(row: Row) -> tuple[Any, ...]:
    return row.cells


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escape(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _key() -> str:
    return ", ".join(f"{e.mark} {e.value} ({e.meaning})" for e in Evidence)


def _block(block: doc.Block) -> list[str]:
    if isinstance(block, doc.Paragraph):
        return [str(block.text)]
    if isinstance(block, doc.Bullets):
        return [f"- {item}" for item in block.items]
    if isinstance(block, doc.Grid):
        return table(block.table)
    if isinstance(block, doc.Charts):
        return [line for chart in block.charts for line in _chart(chart)]
    if isinstance(block, doc.Claims):
        return list(_claims(block))
    return [f"- **{word}**: {meaning}" for word, meaning in block.terms]


def _chart(chart: Declared | Absent) -> list[str]:
    if isinstance(chart, Absent):
        return [f"**{chart.title}**: — ({chart.reason})", ""]
    return [f"**{chart.title}**", "", f"{chart.subtitle}. {chart.foot}", ""]


def _claims(block: doc.Claims) -> Iterator[str]:
    yield _line(["No", "Claim", show_day(block.then), show_day(block.today), "Why"])
    yield _line(["---:", "---", "---", "---", "---"])
    for claim in block.claims:
        why = _escape(str(claim.because))
        yield _line([
            str(claim.number), _escape(claim.title), claim.then_words, claim.today_words, why,
        ])  # fmt: skip


SOURCES = {
    ("run", "plan", "breakpoint", "frontier", "first", "hit", "outcomes", "purchases", "fed",
     "against"): "ustress simulation",
    ("monitor", "since", "composite", "chart", "auction"): "ustress, from the record as known",
    ("claims",): "ustress, by the rule of the claim",
    ("validation",): "ustress, from the published numbers",
    ("replay", "methods"): "ustress, from the episode as recorded",
    ("parameters", "parameter"): "ustress, counted in the parameter files",
    ("sources",): "ustress, counted in the catalogue",
}  # fmt: skip
"""Where a number that was computed here comes from, by the first word of its id."""


def _source(figure: Figure) -> str:
    first = figure.id.split(".")[0]
    return figure.source or next((s for ids, s in SOURCES.items() if first in ids), "ustress")


def _as_json(figure: Figure, as_of: date) -> dict[str, Any]:
    """One number: computed ones are of the brief's date; a reason stands for a missing value."""
    day = figure.day or as_of
    return {
        "value": None if figure.missing else figure.value,
        "unit": figure.unit,
        "evidence": figure.evidence.value,
        "day": day.isoformat(),
        "known": figure.known.isoformat() if figure.known else None,
        "source": _source(figure),
        "error": figure.error,
        "reason": (figure.reason or "not available") if figure.missing else "",
    }
