"""The par curve on the date against a week and a year before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.figures import Day, Figure, Num, Text, say, words
from ustress.report.tables import Column, Table, cell, number
from ustress.report.tables import Row as TableRow
from ustress.report.views import BriefContents, CurveOn
from ustress.report.wording import foot, moved

NAME = "curve"
_STYLE = (("accent", 2.4), ("measured", 1.4), ("quiet", 1.4))


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents: the first curve is the date's, the others are earlier."""
    curves = contents.curves
    if not curves:
        reason = contents.missing.get("curves", "no par curve was known on this date")
        return Absent(NAME, words("The yield curve"), words(reason))
    return Declared(
        name=NAME,
        title=_title(curves),
        subtitle=words("Treasury par yields by maturity, per cent"),
        foot=foot(tuple(c.source for c in curves), contents.as_of),
        table=_table(curves),
        draw=partial(plot, curves),
    )


def _title(curves: Sequence[CurveOn]) -> Text:
    if len(curves) < 2:
        return say("The yield curve on {d}", d=curves[0].day)
    shared = sorted(set(curves[0].years) & set(curves[1].years))
    change = {t: 100 * (_at(curves[0], t) - _at(curves[1], t)) for t in shared}
    most = max(change, key=lambda t: abs(change[t]))
    figure = Figure(f"chart.curve.week.{most:g}y", change[most], "bp", day=curves[0].day)
    rose = sum(v > 0 for v in change.values())
    where = "all along" if rose in (0, len(change)) else "at part of"
    return say(
        "Yields moved {w} the curve since {d}, most at {t}, which {m}",
        w=where, d=curves[1].day, t=_tenor(most), m=moved(figure),
    )  # fmt: skip


def tenor_words(years: float) -> str:
    """`10 years`, `1 year`, `6 months`."""
    if years < 1:
        return f"{round(12 * years):d} months" if years > 0.09 else "1 month"
    return f"{years:g} year{'s' if years != 1 else ''}"


def _maturity(years: float) -> Figure:
    """A maturity as a number of years, or of months below a year."""
    size = years if years >= 1 else float(max(round(12 * years), 1))
    return Figure(f"chart.curve.maturity.{years:g}", size, "count", source="the par curve")


def _unit(years: float) -> str:
    return tenor_words(years).split(" ")[1]


def _tenor(years: float) -> Text:
    return say("{n} {u}", n=Num(_maturity(years), "exact"), u=_unit(years))


def plot(curves: Sequence[CurveOn], size: Size) -> Spec:
    """Lines over maturity on a square-root axis, so that the short end can be read."""
    values = [y for c in curves for y in c.yields_pct]
    x = parts.field(
        "years", scale={"type": "sqrt", "domain": [0, 42 if size.narrow else 38]},
        axis={"values": [0.25, 1, 2, 5, 10, 20, 30], "labelExpr": _TENORS},
    )  # fmt: skip
    y = parts.y_value(parts.nice_range(values, pad=0.1), format=".1f")
    ends = parts.spread([c.yields_pct[-1] for c in curves], _gap(values, size))
    pieces: list[Spec] = []
    for curve, (role, width), end in reversed(list(zip(curves, _STYLE, ends, strict=False))):
        rows: list[Row] = [
            {"years": t, "value": v} for t, v in zip(curve.years, curve.yields_pct, strict=True)
        ]
        pieces.append(parts.line(rows, role, x, y, strokeWidth=width))
        if role == "accent":
            pieces += [parts.dot(row, role, x, y, 22) for row in rows]
        at: Row = {"years": curve.years[-1], "value": end, "text": f"{curve.day:%-d %b %Y}"}
        pieces.append(parts.label(at, role, x, y, fontSize=11.5))
    return parts.fit(parts.layers(pieces), size)


_TENORS = "datum.value < 1 ? '3m' : datum.value + 'y'"


def _gap(values: Sequence[float], size: Size) -> float:
    return 16 * (max(values) - min(values) or 1.0) * 1.2 / (size.height - 40)


def _at(curve: CurveOn, years: float) -> float:
    return curve.yields_pct[curve.years.index(years)]


def _table(curves: Sequence[CurveOn]) -> Table:
    columns = (
        Column("Maturity", align="right"),
        *(Column(f"{c.day:%-d %b %Y}", "%", "right") for c in curves),
    )
    years = sorted({t for c in curves for t in c.years})
    rows = tuple(
        TableRow(
            (
                cell(Num(_maturity(t), "exact"), f" {_unit(t)}"),
                *(number(_figure(c, t)) for c in curves),
            )
        )
        for t in years
    )
    return Table(say("Par yields on {d} and before", d=Day(curves[0].day)), columns, rows)


def _figure(curve: CurveOn, years: float) -> Figure:
    have = years in curve.years
    value = _at(curve, years) if have else float(np.nan)
    return Figure(
        f"chart.curve.{curve.day}.{years:g}y", value, "pct", day=curve.day, source=curve.source,
        reason="" if have else "this maturity was not published on that day",
    )  # fmt: skip
