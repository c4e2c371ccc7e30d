"""The point of no return: amount against pace, with the sizes of real holdings."""

from __future__ import annotations

import math
from functools import partial

from ustress.core.evidence import Evidence
from ustress.report import frontier_table, simulation_tables
from ustress.report.by_pace import AmountMark, PacePoint, PaceView
from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.views import BriefContents

NAME = "frontier"
LEAST_USDBN = 5.0
"""Where the axis of amounts begins; nothing sold stands there."""
WORD_SHARE = 0.065
"""Height of a word, as a share of the axis of amounts."""
COLUMN_PX, NARROW_COLUMN_PX = 165, 92
ALONE = 1.6
"""Ratio to either side of the axis of days where there is one pace only."""


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    found = None if contents.breakpoint is None else contents.breakpoint.by_pace
    if found is None or not found.points:
        why = contents.missing.get("breakpoint", "the frontier was not computed")
        return Absent(NAME, words("Point of no return by pace"), words(why))
    return Declared(
        name=NAME,
        title=_title(found),
        subtitle=say(
            "Amount sold, billions of dollars, against business days it takes, at which the chance "
            "of no return is {p}; both axes in equal ratios; shaded: middle eight tenths of "
            "parameter draws, dotted: the middle one",
            p=Num(Figure("frontier.level", found.level, "probability"), "unit"),
        ),
        foot=say(
            "Source: ustress simulation, opening state of {d}, the least over policies without "
            "purchases: {k}. Holdings: US Treasury, TIC (custody).",
            d=contents.as_of, k=Name(", ".join(found.policies), "scenario"),
        ),
        table=frontier_table.frontier(found),
        draw=partial(plot, found),
        full=True,
    )  # fmt: skip


def _title(found: PaceView) -> Text:
    """The finding: a month's amount, or the pace nearest to it that has one."""
    known = [p for p in found.points if p.amount_usdbn is not None]
    if not known:
        return words("At no pace is there an amount that is safe and one that is not")
    one = min(known, key=lambda p: abs(p.business_days - 20))
    level = Figure("frontier.level", found.level, "probability", Evidence.ASSUMED)
    days = simulation_tables.days(f"frontier.d{one.business_days}.days", one.business_days)
    return say(
        "Selling {a} over {d} business days carries a chance of {p} of no return without purchases",
        a=Num(frontier_table.amount(one), "about"), d=days, p=level,
    )  # fmt: skip


def plot(found: PaceView, size: Size) -> Spec:
    """The frontier with its error, the spread over parameters, and holdings as horizontals."""
    days = [p.business_days for p in found.points]
    room = ALONE if len(days) == 1 else 1.0
    ends = [min(days) / room, max(days) * room]
    x = parts.field(
        "days", scale={"type": "log", "domain": ends, "nice": False},
        axis={"values": days, "format": "d", "title": "business days"},
    )  # fmt: skip
    y = parts.field(
        "value", scale={"type": "log", "domain": [LEAST_USDBN, found.most_usdbn], "nice": False},
        axis={
            "values": [10, 30, 100, 300, 1000, 3000], "format": "$,.0f",
            "labelExpr": "datum.label + 'bn'",
        },
    )  # fmt: skip
    rows = [_row(p, found.most_usdbn) for p in found.points]
    known = [row for row in rows if row["value"] is not None]
    band = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    error = {"x": x, "y": {**y, "field": "less"}, "y2": {"field": "more"}}
    pieces = [
        _spread(rows, band),
        parts.line([{**r, "value": r["middle"]} for r in rows], "muted", x, y, strokeDash=[2, 3]),
        *_marks(found, x, y, size),
        parts.line(known, "accent", x, y, strokeWidth=2.4),
        parts.mark("rule", known, error, color=light("accent"), strokeWidth=1.2),
        *(parts.dot(row, "accent", x, y, 30) for row in known),
        *_labels(found, x, y),
    ]
    return parts.fit(parts.layers(pieces), size, 330 if size.panels == 4 else size.height)


def _spread(rows: list[Row], band: Spec) -> Spec:
    """The middle of the draws: an area over paces, a broad upright where there is one alone."""
    if len(rows) > 1:
        return parts.mark("area", rows, band, color=light("accent"), opacity=0.14)
    return parts.mark("rule", rows, band, color=light("accent"), opacity=0.14, strokeWidth=26)


def _row(p: PacePoint, most: float) -> Row:
    def inside(value: float) -> float:
        return min(max(value, LEAST_USDBN), most)

    amount, error = p.amount_usdbn, p.error_usdbn or 0.0
    low, middle, high = p.placed(most)
    return {
        "days": p.business_days,
        "value": None if amount is None else inside(amount),
        "less": None if amount is None else inside(amount - 2 * error),
        "more": None if amount is None else inside(amount + 2 * error),
        "low": inside(low), "middle": inside(middle), "high": inside(high),
    }  # fmt: skip


def _marks(found: PaceView, x: Spec, y: Spec, size: Size) -> list[Spec]:
    """Real holdings as thin horizontals, their words in columns so that none overlap."""
    days = [p.business_days for p in found.points]
    first = min(days) / (ALONE if len(days) == 1 else 1.0)
    column_px = NARROW_COLUMN_PX if size.narrow else COLUMN_PX
    rules: list[Spec] = []
    said: list[Spec] = []
    for mark, below, column in _placed(found):
        row: Row = {
            "days": first, "value": mark.amount_usdbn,
            "text": mark.label if size.narrow else f"{mark.label} held {mark.amount_usdbn:,.0f}",
        }  # fmt: skip
        style = {"color": light("rule"), "strokeDash": [3, 2], "strokeWidth": 1}
        side = {"baseline": "top" if below else "bottom", "align": "left"}
        rules.append(parts.mark("rule", [row], {"y": y}, **style))
        dx = 4 + column * column_px
        said.append(parts.label(row, "muted", x, y, fontSize=11.5, dx=dx, **side))
    return [*rules, *said]  # words over every line: their ground of paper hides what passes


def _placed(found: PaceView) -> list[tuple[AmountMark, bool, int]]:
    """Every mark with whether its word stands below its line, and in which column it is free."""
    span = math.log(found.most_usdbn / LEAST_USDBN)
    taken: list[list[tuple[float, float]]] = []
    out = []
    for mark in sorted(found.marks, key=lambda m: m.amount_usdbn):
        at = math.log(max(mark.amount_usdbn, LEAST_USDBN) / LEAST_USDBN) / span
        below = at > 1.0 - WORD_SHARE
        low = at - WORD_SHARE if below else at
        free = (
            k for k, column in enumerate(taken)
            if all(low >= end or low + WORD_SHARE <= start for start, end in column)
        )  # fmt: skip
        column = next(free, len(taken))
        if column == len(taken):
            taken.append([])
        taken[column].append((low, low + WORD_SHARE))
        out.append((mark, below, column))
    return out


def _labels(found: PaceView, x: Spec, y: Spec) -> list[Spec]:
    """What was found where there is no amount."""
    out: list[Spec] = []
    for p in found.points:
        if p.amount_usdbn is None:
            low = "nothing sold" in p.words
            row: Row = {
                "days": p.business_days, "value": LEAST_USDBN if low else found.most_usdbn,
                "text": "none needed" if low else "not reached",
            }  # fmt: skip
            style = {"baseline": "bottom" if low else "top", "align": "right", "dx": -2}
            out.append(parts.label(row, "accent", x, y, fontSize=11, **style))
    return out
