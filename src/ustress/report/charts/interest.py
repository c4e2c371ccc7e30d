"""Extra federal interest by fiscal year and scenario, against a baseline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ustress.core.evidence import Evidence
from ustress.report.charts import fan, parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import scenario_role
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.tables import Column, Table, cell, number
from ustress.report.tables import Row as TableRow
from ustress.report.views import BriefContents, YearPath
from ustress.report.wording import fiscal_year, simulated_foot

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
        title=_title(outcomes.interest_usdbn, names, outcomes.evidence, against),
        subtitle=say(
            "Federal interest by fiscal year, against “{a}” on the same shocks, billions of "
            "dollars: median and nine tenths",
            a=Name(against.lower(), "scenario"),
        ),
        foot=simulated_foot(contents.scenarios, contents.as_of),
        table=_table(outcomes.interest_usdbn, names, outcomes.evidence),
        draw=partial(plot, outcomes.interest_usdbn, names),
        full=True,
    )


def _figure(path: YearPath, i: int, q: str, evidence: Evidence) -> Figure:
    value = {"median": path.median, "low": path.low, "high": path.high}[q][i]
    id_ = f"outcomes.interest.{path.scenario}.{path.years[i]}.{q}"
    return Figure(id_, value, "usdbn_move", evidence, source="simulated")


def _title(
    paths: Sequence[YearPath], names: dict[str, str], evidence: Evidence, against: str
) -> Text:
    most = max(paths, key=lambda p: abs(p.median[-1]))
    low, middle, high = (_figure(most, -1, q, evidence) for q in ("low", "median", "high"))
    word = "more" if most.median[-1] >= 0 else "less"
    return say(
        "“{s}” costs the budget {m} {w} interest in fiscal {y} than “{o}” on the median path, "
        "nine tenths from {a} to {b}",
        s=Name(names.get(most.scenario, most.scenario), "scenario"), m=Num(middle, "size"),
        w=word, y=fiscal_year(most.years[-1]), o=Name(against.lower(), "scenario"),
        a=Num(low, "delta"), b=Num(high),
    )  # fmt: skip


def plot(paths: Sequence[YearPath], names: dict[str, str], size: Size) -> Spec:
    """Medians as lines with their nine tenths, labelled at the last year."""
    first, last = paths[0].years[0], paths[0].years[-1]
    room = (last - first or 1) * (0.62 if size.narrow else 0.16 if size.panels == 4 else 0.36)
    domain = parts.nice_range([v for p in paths for v in (*p.low, *p.high)], zero=True)
    years = [y for y in paths[0].years if not size.narrow or (y - first) % 3 == 0]
    x = parts.field(
        "year", scale={"domain": [first, last + room], "nice": False, "zero": False},
        axis={"values": years, "format": "d", "labelOverlap": True},
    )  # fmt: skip
    y = parts.y_value(domain, format="+,.0f")
    gap = 15 * (domain[1] - domain[0]) / (size.height - 40)
    places = parts.spread([p.median[-1] for p in paths], gap, domain)
    bands = [
        parts.area(_rows(p), scenario_role(p.scenario), 0.18, x, y) for p in paths
    ]  # fmt: skip
    pieces: list[Spec] = [*bands, parts.level(0.0)]
    for path, place in zip(paths, places, strict=True):
        role, rows = scenario_role(path.scenario), _medians(path)
        value = fan.signless(f"{path.median[-1]:+,.0f}")
        words_ = f"{names.get(path.scenario, path.scenario)} {value}".lstrip()
        pieces.append(parts.line(rows, role, x, y, strokeWidth=2.2))
        pieces += [parts.dot(row, role, x, y, 22) for row in rows]
        end: Row = {"year": last, "value": place, "text": words_}
        pieces.append(parts.label(end, role, x, y, dx=8, fontSize=11.5, fontWeight="bold"))
    return parts.fit(parts.layers(pieces), size)


def _rows(path: YearPath) -> list[Row]:
    triples = zip(path.years, path.low, path.high, strict=True)
    return [{"year": year, "value": low, "high": high} for year, low, high in triples]


def _medians(path: YearPath) -> list[Row]:
    return [{"year": y, "value": v} for y, v in zip(path.years, path.median, strict=True)]


def _table(paths: Sequence[YearPath], names: dict[str, str], evidence: Evidence) -> Table:
    columns = (
        Column("Fiscal year"), Column("Median", "$bn", "right"), Column("5 %", "$bn", "right"),
        Column("95 %", "$bn", "right"),
    )  # fmt: skip
    rows = tuple(
        TableRow(
            (
                cell(fiscal_year(year)),
                *(number(_figure(p, i, q, evidence)) for q in ("median", "low", "high")),
            ),
            names.get(p.scenario, p.scenario),
        )
        for p in paths
        for i, year in enumerate(p.years)
    )
    return Table(words("Extra federal interest by scenario and fiscal year"), columns, rows)
