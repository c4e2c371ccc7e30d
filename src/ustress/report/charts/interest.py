"""Extra federal interest by fiscal year and scenario, against a baseline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ustress.core.evidence import Evidence
from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import light, scenario_role
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.tables import Column, Table, cell, number
from ustress.report.tables import Row as TableRow
from ustress.report.views import BriefContents, YearPath
from ustress.report.wording import simulated_foot

NAME = "interest"


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    outcomes = contents.outcomes
    if outcomes is None or not outcomes.interest_usdbn or not contents.scenarios:
        why = contents.missing.get("interest", "federal interest was not computed")
        return Absent(NAME, words("Federal interest"), words(why))
    names = {s.key: s.title for s in contents.scenarios}
    against = names.get(outcomes.interest_against, outcomes.interest_against)
    return Declared(
        name=NAME,
        title=_title(outcomes.interest_usdbn, names, outcomes.evidence),
        subtitle=say(
            "Federal interest by fiscal year, against “{a}” on the same shocks, billions of "
            "dollars: median and nine tenths",
            a=Name(against.lower()),
        ),
        foot=simulated_foot(contents.scenarios, contents.as_of),
        table=_table(outcomes.interest_usdbn, names, outcomes.evidence),
        draw=partial(plot, outcomes.interest_usdbn, names),
    )


def _figure(path: YearPath, i: int, q: str, evidence: Evidence) -> Figure:
    value = {"median": path.median, "low": path.low, "high": path.high}[q][i]
    id_ = f"outcomes.interest.{path.scenario}.{path.years[i]}.{q}"
    return Figure(id_, value, "usdbn_change", evidence, source="simulated")


def _title(paths: Sequence[YearPath], names: dict[str, str], evidence: Evidence) -> Text:
    most = max(paths, key=lambda p: abs(p.median[-1]))
    low, middle, high = (_figure(most, -1, q, evidence) for q in ("low", "median", "high"))
    word = "more" if most.median[-1] >= 0 else "less"
    return say(
        "“{s}” costs the budget {m} {w} interest in fiscal {y} ({a} to {b})",
        s=Name(names.get(most.scenario, most.scenario)), m=Num(middle, "size"), w=word,
        y=Name(str(most.years[-1])), a=Num(low), b=Num(high),
    )  # fmt: skip


def plot(paths: Sequence[YearPath], names: dict[str, str], size: Size) -> Spec:
    """Medians as dots with their nine tenths, side by side within each year."""
    rows = _rows(paths, names)
    who = [names.get(p.scenario, p.scenario) for p in paths]
    colours = {"domain": who, "range": [light(scenario_role(p.scenario)) for p in paths]}
    axis = {"labelAngle": 0, "domain": False, "ticks": False, "labelPadding": 8}
    base = {
        "x": {"field": "year", "type": "nominal", "axis": axis, "scale": {"paddingInner": 0.2}},
        "xOffset": {"field": "who", "type": "nominal", "sort": who},
        "color": {"field": "who", "type": "nominal", "scale": colours, "legend": _legend(who)},
    }
    values = [v for p in paths for v in (*p.low, *p.high)]
    y = parts.y_value(parts.nice_range(values, zero=True), format="+,.0f")
    span = {**base, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    style = {"dx": 7, "align": "left", "fontSize": 11}
    pieces = (
        parts.mark("rule", rows, span, strokeWidth=6, opacity=0.28),
        parts.level(0.0),
        parts.mark("point", rows, {**base, "y": y}, filled=True, size=60, opacity=1),
        parts.mark("text", rows, {**base, "y": y, "text": parts.text()}, **style),
    )
    return parts.fit(parts.layers(pieces), size)


def _rows(paths: Sequence[YearPath], names: dict[str, str]) -> list[Row]:
    return [
        {
            "year": f"FY{year}", "who": names.get(p.scenario, p.scenario), "value": p.median[i],
            "low": p.low[i], "high": p.high[i], "text": f"{p.median[i]:+,.0f}".replace("-", "−"),
        }
        for p in paths
        for i, year in enumerate(p.years)
    ]  # fmt: skip


def _legend(who: Sequence[str]) -> Spec:
    """Scenario names above the drawing: within a year there is no room to label each dot."""
    return {
        "title": None, "orient": "top", "direction": "horizontal", "symbolType": "circle",
        "columns": len(who), "labelFontSize": 12, "labelColor": light("ink"), "symbolSize": 60,
        "labelLimit": 140,
    }  # fmt: skip


def _table(paths: Sequence[YearPath], names: dict[str, str], evidence: Evidence) -> Table:
    columns = (
        Column("Fiscal year"), Column("Median", "$bn", "right"), Column("5 %", "$bn", "right"),
        Column("95 %", "$bn", "right"),
    )  # fmt: skip
    rows = tuple(
        TableRow(
            (
                cell(Name(str(year))),
                *(number(_figure(p, i, q, evidence)) for q in ("median", "low", "high")),
            ),
            names.get(p.scenario, p.scenario),
        )
        for p in paths
        for i, year in enumerate(p.years)
    )
    return Table(words("Extra federal interest by scenario and fiscal year"), columns, rows)
