"""What changed between two dates, indicator by indicator, as one table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ustress.core.evidence import Evidence
from ustress.monitor.difference import Moved
from ustress.report import roles
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.tables import Cell, Column, Row, Table, cell, number, unit_words


def since(moved: Sequence[Moved], first: date, last: date) -> Table:
    """Every indicator with a new observation: before, after, change, percentiles.

    What has no newer observation has not changed but in our knowledge of it, and is counted.
    """
    shown = [m for m in moved if m.new_observation and m.after is not None]
    rest = Figure("since.unchanged", float(len(moved) - len(shown)), "count")
    columns = (
        Column("Indicator"),
        Column("Before", align="right"),
        Column("After", align="right"),
        Column("Unit"),
        Column("Change", align="right"),
        Column("in"),
        Column("Pctile before", align="right", minor=2),
        Column("after", align="right", minor=1),
    )
    rows = tuple(_row(m) for m in shown)
    caption = say("What changed from {a} to {b}, each as known then", a=first, b=last)
    note = say("{n} indicators have no newer observation and are left out.", n=rest)
    return Table(caption, columns, rows, (note,) if rest.value else ())


def _row(m: Moved) -> Row:
    fresh = "not known on the earlier date"
    before = Figure(f"since.{m.key}.before", m.before, m.unit, reason=fresh)
    after = Figure(f"since.{m.key}.after", m.after, m.unit)
    change = Figure(f"since.{m.key}.change", m.change, m.change_unit or m.unit, reason=fresh)
    far = m.percentile_after is not None and not 5.0 < m.percentile_after < 95.0
    cells = (
        cell(Name(m.title, "series")),
        number(before),
        number(after, strong=far),
        cell(unit_words(m.unit)),
        Cell(Text((Num(change, "delta"),)), strong=far),
        cell(unit_words(m.change_unit or m.unit)),
        _percentile(m.key, "before", m.percentile_before),
        _percentile(m.key, "after", m.percentile_after),
    )
    return Row(cells, roles.family(m.family))


def _percentile(key: str, when: str, value: float | None) -> Cell:
    if value is None:
        return Cell(words(""))
    return number(Figure(f"since.{key}.percentile.{when}", value, "count", Evidence.ESTIMATED))
