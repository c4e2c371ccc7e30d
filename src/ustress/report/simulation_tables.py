"""Simulated results as tables, declared once for page, Markdown and terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ustress.core.dates import add_business_days
from ustress.core.evidence import Evidence
from ustress.report.figures import Day, Figure, Name, Num, Text, say, words
from ustress.report.tables import Cell, Column, Row, Table, cell, number, unit_words
from ustress.report.views import (
    BreakpointView,
    Chance,
    Comparison,
    Crossing,
    Fan,
    ScenarioView,
)
from ustress.report.wording import business_days, fan_figure

HORIZONS = (5, 20, 60, 126, 252)
_RANGE = "5 to 95 %"


def days(id_: str, n: int) -> Figure:
    """A number of business days as a bare figure (the sentence carries the word)."""
    return Figure(id_, float(n), "count", Evidence.ASSUMED)


def scenarios(found: Sequence[ScenarioView]) -> Table:
    """One row a scenario: chance of purchases, the ten-year, dysfunction, purchases."""
    columns = (
        Column("Scenario"),
        Column("Fed buys", "probability", "right"),
        Column("Ten-year at the end", "%, median", "right"),
        Column(_RANGE, "%", "right"),
        Column("Dysfunction peak", "median", "right"),
        Column("Fed bought", "$bn, median", "right"),
        Column(_RANGE, "$bn", "right", minor=True),
        Column("Broke, left out", "paths", "right", minor=True),
    )
    caption = _caption(found)
    return Table(caption, columns, tuple(_scenario_row(s) for s in found))


def _caption(found: Sequence[ScenarioView]) -> Text:
    last = max((len(f.days) - 1 for s in found for f in s.fans.values()), default=0)
    return say("Scenarios after {n} business days", n=days("run.horizon", last))


def _scenario_row(s: ScenarioView) -> Row:
    lost = Figure(f"run.{s.key}.broke", float(s.broken), "count", source="simulated")
    ten = s.fans.get("ust.10y")
    bought = s.fans.get("fed.bought", s.fans.get("fed.purchases"))
    return Row((
        cell(Name(s.title, "scenario")),
        _chance_cell(s.key, s.chances.get("purchases")),
        _end_cell(ten, s.key),
        _range_cell(ten, s.key),
        _peak_cell(s.fans.get("dysfunction"), s.key),
        _end_cell(bought, s.key),
        _range_cell(bought, s.key),
        number(lost),
    ))  # fmt: skip


def chance_figure(scenario: str, chance: Chance) -> Figure:
    """A probability with its error as a figure."""
    return Figure(
        f"run.{scenario}.chance.{chance.key}", chance.value, "probability", chance.evidence,
        source="simulated", error=chance.error, reason=chance.reason,
    )  # fmt: skip


def _chance_cell(scenario: str, chance: Chance | None) -> Cell:
    if chance is None:
        gap = Figure(f"run.{scenario}.chance", None, "probability", reason="not computed")
        return number(gap)
    return number(chance_figure(scenario, chance), mark=True)


def _end_cell(fan: Fan | None, scenario: str) -> Cell:
    if fan is None:
        return cell("")
    return number(fan_figure(fan, 0.5, -1, scenario))


def _range_cell(fan: Fan | None, scenario: str) -> Cell:
    if fan is None:
        return cell("")
    low, high = (Num(fan_figure(fan, q, -1, scenario), "bare") for q in (0.05, 0.95))
    return cell(low, " to ", high)


def peak(fan: Fan, scenario: str) -> Figure:
    """The highest value of the median path."""
    return fan_figure(fan, 0.5, int(np.argmax(fan.median)), scenario)


def _peak_cell(fan: Fan | None, scenario: str) -> Cell:
    return cell("") if fan is None else number(peak(fan, scenario))


def horizons(view: Fan) -> list[int]:
    """Positions in a fan at which it is tabulated: about the standard days, and the last."""
    last = view.days[-1]
    opening = view.days[0].astype("datetime64[D]").item()
    targets = (np.datetime64(add_business_days(opening, h), "D") for h in HORIZONS)
    inside = (int(np.searchsorted(view.days, t)) for t in targets if t < last)
    return sorted({*inside, len(view.days) - 1})


def fan(found: Iterable[tuple[ScenarioView, Fan]], caption: Text) -> Table:
    """Quantiles of one quantity by scenario and horizon."""
    rows = tuple(
        _fan_row(scenario.key, scenario.title, view, i)
        for scenario, view in found
        for i in horizons(view)
    )
    return Table(caption, _FAN_COLUMNS, rows)


def one_fan(view: Fan, key: str, title: str) -> Table:
    """Quantiles of one fan."""
    rows = tuple(_fan_row(key, title, view, i) for i in horizons(view))
    return Table(Text((Name(f"{view.title}, {unit_words(view.unit)}"),)), _FAN_COLUMNS, rows)


_FAN_COLUMNS = (
    Column("Business days", align="right"),
    Column("Date", align="right"),
    Column("5 %", align="right"),
    Column("25 %", align="right"),
    Column("Median", align="right"),
    Column("75 %", align="right"),
    Column("95 %", align="right"),
)


def _fan_row(key: str, title: str, view: Fan, i: int) -> Row:
    quantiles = (number(fan_figure(view, q, i, key)) for q in sorted(view.bands))
    at = business_days(view, i)
    day = view.days[i].astype("datetime64[D]").item()
    return Row((number(at), cell(Day(day)), *quantiles), title)


def comparisons(found: Sequence[Comparison], names: Mapping[str, str]) -> Table:
    """Differences at the standard horizons, first minus second on the same shocks."""
    columns = (
        Column("Quantity"), Column("Unit"), Column("Business days", align="right"),
        Column("Median", align="right"), Column(_RANGE, align="right"),
    )  # fmt: skip
    rows = tuple(
        _difference_row(c, view, i, names)
        for c in found
        for view in c.fans.values()
        for i in sorted({*horizons(view), _largest(view)})
    )
    caption = words("Differences, path by path on the same shocks; the largest median is bold")
    return Table(caption, columns, rows)


def _largest(view: Fan) -> int:
    """Where the median difference is largest in size."""
    return int(np.argmax(np.abs(view.median)))


def _difference_row(c: Comparison, view: Fan, i: int, names: Mapping[str, str]) -> Row:
    key = f"{c.first}-minus-{c.second}"
    low, high = (Num(fan_figure(view, q, i, key), "delta") for q in (0.05, 0.95))
    most = i == _largest(view)
    return Row((
        cell(Name(view.title, "series")),
        cell(unit_words(view.unit)),
        number(business_days(view, i)),
        cell(Num(fan_figure(view, 0.5, i, key), "delta"), strong=most),
        cell(low, " to ", high),
    ), f"{names.get(c.first, c.first)} minus {names.get(c.second, c.second)}")  # fmt: skip


def breakpoint_(found: BreakpointView) -> Table:
    """The curve: chance of purchases by amount, with error and the range over parameters."""
    columns = (
        Column("Sold", "$bn", "right"), Column("Chance", "probability", "right"),
        Column("10 %", "of draws", "right"), Column("50 %", "of draws", "right"),
        Column("90 %", "of draws", "right"),
        Column("Past return", "purchases off", "right", minor=1),
    )  # fmt: skip
    rows = tuple(_amount_row(found, i) for i in range(len(found.amounts_usdbn)))
    return Table(
        words("Chance of Fed purchases by amount sold, and its spread over parameter draws"),
        columns, rows, tuple(_crossing_note(c) for c in found.crossings),
    )  # fmt: skip


def _amount_row(found: BreakpointView, i: int) -> Row:
    id_ = f"breakpoint.a{found.amounts_usdbn[i]:g}"
    sold = Figure(id_, float(found.amounts_usdbn[i]), "usdbn_whole", Evidence.ASSUMED)
    chance = Figure(
        f"{id_}.chance", float(found.chance[i]), "probability", found.evidence,
        error=float(found.error[i]),
    )  # fmt: skip
    spread = (
        _spread_cell(f"{id_}.{q}", None if over is None else float(over[i]))
        for q, over in (("q10", found.low), ("q50", found.middle), ("q90", found.high))
    )
    return Row((number(sold), number(chance), *spread, number(_no_return(found, i, id_))))


def _no_return(found: BreakpointView, i: int, id_: str) -> Figure:
    """The other curve at one amount: purchases off."""
    if found.no_return is None or found.no_return_error is None:
        return Figure(f"{id_}.no_return", None, "probability", reason="not computed")
    value, error = float(found.no_return[i]), float(found.no_return_error[i])
    return Figure(f"{id_}.no_return", value, "probability", found.evidence, error=error)


def _spread_cell(id_: str, value: float | None) -> Cell:
    reason = "" if value is not None else "not computed over parameters"
    return number(Figure(id_, value, "probability", Evidence.ASSUMED, reason=reason))


def crossing_figures(c: Crossing) -> tuple[Figure, Figure, Figure]:
    """The amount at which the chance reaches a level, between 10 and 90 % over parameters."""
    id_ = f"breakpoint.cross{round(100 * c.level):02d}"
    why = "never reached inside the amounts tried"
    pairs = (("q10", c.low_usdbn), ("amount", c.amount_usdbn), ("q90", c.high_usdbn))
    low, middle, high = (
        Figure(f"{id_}.{q}", v, "usdbn_whole", Evidence.ASSUMED, source="simulated", reason=why)
        for q, v in pairs
    )
    return low, replace(middle, error=c.error_usdbn), high


def _crossing_note(c: Crossing) -> Text:
    low, middle, high = crossing_figures(c)
    level = Figure(f"breakpoint.level{round(100 * c.level):02d}", c.level, "probability")
    line = say(
        "A chance of {p} is reached at {m} averaged over parameters, {a} in the most "
        "fragile tenth, {b} in the most robust.",
        p=level, m=Num(middle, "about"), a=low, b=high,
    )  # fmt: skip
    if not c.never_share:
        return line
    never = Figure(f"{level.id}.never", c.never_share, "probability")
    return line + say(" It is never reached in {n} of the draws.", n=never)
