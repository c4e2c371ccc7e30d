"""A quantity by fiscal year: median, central half and nine tenths of paths, on an axis of years."""

from __future__ import annotations

from functools import partial

from ustress.core.units import unit as unit_of
from ustress.outcomes.summary import Line
from ustress.report.charts import fan, parts
from ustress.report.charts.base import Declared, Row, Size, Spec
from ustress.report.charts.palette import scenario_role
from ustress.report.figures import Figure, Name, Num, Text, say
from ustress.report.tables import Column, Table, cell, number, unit_words
from ustress.report.tables import Row as TableRow
from ustress.report.wording import fiscal_year, in_words


def declare(line: Line, scenario: str, title: str, foot: Text) -> Declared:
    """The chart of a line by fiscal year; the colour is the scenario's."""
    low, middle, high = (_figure(line, q, -1) for q in (0.05, 0.5, 0.95))
    finding = say(
        "{t}: {q} {m} in fiscal {y} on the median path, nine tenths from {a} to {b}",
        t=Name(title), q=Name(line.label), m=middle, y=Name(str(line.years[-1])),
        a=Num(low, "bare"), b=high,
    )  # fmt: skip
    quantity = f"{line.label} by fiscal year, {in_words(line.unit)}: median, half, nine tenths"
    return Declared(
        name=f"hit-{line.id}".replace(".", "-").replace("_", "-"),
        title=finding,
        subtitle=Text((Name(quantity),)),
        foot=foot,
        table=_table(line),
        draw=partial(_draw, line, scenario_role(scenario)),
    )


def _figure(line: Line, q: float, i: int) -> Figure:
    year = line.years[i]
    id_ = f"hit.{line.id}.{year}.q{round(100 * q):02d}"
    return Figure(id_, float(line.bands[q][i]), line.unit, line.evidence, source=line.source)


def _table(line: Line) -> Table:
    levels = sorted(line.bands)
    columns = (
        Column("Fiscal year"),
        *(Column(f"{100 * q:g} %", unit_words(line.unit), "right") for q in levels),
    )
    rows = tuple(
        TableRow((
            cell(fiscal_year(year)), *(number(_figure(line, q, i)) for q in levels),
        ))
        for i, year in enumerate(line.years)
    )  # fmt: skip
    return Table(Text((Name(f"{line.label}: quantiles over paths"),)), columns, rows)


def _draw(line: Line, role: str, size: Size) -> Spec:
    first, last = line.years[0], line.years[-1]
    room = max(last - first, 1) * (0.16 if size.narrow else 0.11)
    some = [year for year in line.years if not size.narrow or (year - first) % 3 == 0]
    x = parts.field(
        "year", scale={"domain": [first, last + room], "nice": False, "zero": False},
        axis={"values": some, "format": "d", "labelOverlap": True, "labelFlush": False},
    )  # fmt: skip
    domain = parts.nice_range([float(v) for q in (0.05, 0.95) for v in line.bands[q]])
    shown = unit_of(line.unit)
    form = f"{'+' if shown.signed else ''},.{shown.decimals}f"
    y = parts.y_value(domain, format=form)
    median = _rows(line, 0.5, 0.5)
    return parts.fit(parts.layers([
        parts.area(_rows(line, 0.05, 0.95), role, 0.20, x, y),
        parts.area(_rows(line, 0.25, 0.75), role, 0.34, x, y),
        parts.level(0.0, "rule") if domain[0] < 0 < domain[1] else None,
        parts.line(median, role, x, y, strokeWidth=2.2),
        *(parts.dot(row, role, x, y, 22) for row in median),
        *_ends(line, role, form, domain, x, y),
    ]), size)  # fmt: skip


def _rows(line: Line, low: float, high: float) -> list[Row]:
    pairs = zip(line.years, line.bands[low], line.bands[high], strict=True)
    return [{"year": year, "value": float(a), "high": float(b)} for year, a, b in pairs]


def _ends(
    line: Line, role: str, form: str, domain: tuple[float, float], x: Spec, y: Spec
) -> list[Spec]:
    """The last year's median and, smaller, the ends of its nine tenths, as direct labels."""
    styles = ((0.95, "muted", "normal"), (0.5, role, "bold"), (0.05, "muted", "normal"))
    values = [float(line.bands[q][-1]) for q, _, _ in styles]
    places = parts.spread(values, 0.085 * (domain[1] - domain[0]), domain)
    return [
        parts.label(
            {"year": line.years[-1], "value": place, "text": fan.signless(format(value, form))},
            colour, x, y, dx=6, fontSize=11, fontWeight=weight,
        )
        for (_, colour, weight), value, place in zip(styles, values, places, strict=True)
    ]  # fmt: skip
