"""All claims at a glance: a line each, the verdict as known then and as known today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from ustress.claims.verdict import Outcome, Verdict
from ustress.core.dates import show_day
from ustress.core.evidence import Evidence
from ustress.report.charts import parts
from ustress.report.charts.base import Declared, Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Figure, Name, Text, say
from ustress.report.tables import Column, Table, cell
from ustress.report.tables import Row as TableRow
from ustress.report.wording import listed

NAME = "verdicts"
ROW_HEIGHT, LETTER_PX = 22, 5.9
MARKS = {
    Outcome.HOLDS: ("■", "ink"),
    Outcome.DOES_NOT_HOLD: ("×", "accent"),
    Outcome.PARTLY: ("◪", "ink"),
    Outcome.CANNOT_BE_CHECKED: ("□", "muted"),
}


def declare_verdicts(found: Sequence[Verdict], then: date, today: date) -> Declared:
    """The chart of a file of claims."""
    return Declared(
        name=NAME,
        title=_title(found),
        subtitle=say("Verdicts as known on {a} and as known on {b}", a=then, b=today),
        foot=say("Source: ustress, each by its own rule over the record or simulated paths."),
        table=_table(found, then, today),
        draw=partial(plot, tuple(found), then, today),
    )


def _title(found: Sequence[Verdict]) -> Text:
    def of(outcome: Outcome) -> Figure:
        n = sum(v.then.outcome is outcome for v in found)
        return Figure(f"claims.count.{outcome.value}", float(n), "count", Evidence.ESTIMATED)

    told = tuple(
        say("{n} {w}", n=of(o), w=verb(o, int(of(o).value or 0))) for o in Outcome if of(o).value
    )
    total = Figure("claims.total", float(len(found)), "count", Evidence.ESTIMATED)
    return say("Of {n} claims: {x}", n=total, x=listed(told))


def verb(outcome: Outcome, n: int) -> str:
    """What so many claims do: hold, do not hold, hold in part."""
    one = n == 1
    return {
        Outcome.HOLDS: "holds" if one else "hold",
        Outcome.DOES_NOT_HOLD: "does not hold" if one else "do not hold",
        Outcome.PARTLY: "holds in part" if one else "hold in part",
        Outcome.CANNOT_BE_CHECKED: "cannot be checked",
    }[outcome]


def plot(found: Sequence[Verdict], then: date, today: date, size: Size) -> Spec:
    """Words on lines; a verdict that changed is bold in the second column."""
    width = size.width - 12
    at = (34, width - 250, width - 124)
    layers: list[Spec] = [_words([(show_day(then), -1, "muted"), ], at[1], "normal"),
                          _words([(show_day(today), -1, "muted")], at[2], "normal")]  # fmt: skip
    for i, v in enumerate(found):
        room = int((at[1] - at[0]) / LETTER_PX)
        title = v.title if len(v.title) <= room else f"{v.title[: room - 1]}…"
        changed = v.then.outcome is not v.today.outcome
        layers += [
            _words([(str(v.number), i, "muted")], 24, "normal", "right"),
            _words([(title, i, "ink")], at[0], "normal"),
            _verdict(v.then.outcome, i, at[1], bold=False),
            _verdict(v.today.outcome, i, at[2], bold=changed),
        ]
    drawn = parts.fit(parts.layers(layers), size, ROW_HEIGHT * (len(found) + 1) + 10)
    return {**drawn, "autosize": {"type": "none", "contains": "padding"}}


def _verdict(outcome: Outcome, i: int, at: float, *, bold: bool) -> Spec:
    mark, role = MARKS[outcome]
    weight = "bold" if bold else "normal"
    words = _words([(outcome.words, i, role)], at + 16, weight)
    return {"layer": [_words([(mark, i, role)], at, weight), words]}


def _words(
    told: Sequence[tuple[str, int, str]], at: float, weight: str, align: str = "left"
) -> Spec:
    rows: list[Row] = [{"text": words} for words, _, _ in told]
    _, i, role = told[0]
    encoding = {
        "x": {"value": at}, "y": {"value": ROW_HEIGHT * (i + 1) + 10}, "text": parts.text(),
    }  # fmt: skip
    return parts.mark("text", rows, encoding, align=align, baseline="middle", fontSize=12,
                      fontWeight=weight, color=light(role))  # fmt: skip


def _table(found: Sequence[Verdict], then: date, today: date) -> Table:
    columns = (
        Column("No", align="right"), Column("Claim"), Column(show_day(then)),
        Column(show_day(today)),
    )  # fmt: skip
    rows = tuple(
        TableRow((
            cell(Name(str(v.number))), cell(Name(v.title)), cell(v.then.outcome.words),
            cell(v.today.outcome.words),
        ))
        for v in found
    )  # fmt: skip
    return Table(_title(found), columns, rows)
