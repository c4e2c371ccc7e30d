"""With purchases less without, by what they do it through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ustress.report.figures import Figure, Name, Num, Text, say
from ustress.report.tables import Cell, Column, Row, Table, cell, number, unit_words
from ustress.report.views import Comparison, Fan
from ustress.report.wording import business_days, fan_figure

DAYS = (5, 20, 60)
CHANNELS: dict[str, tuple[str, ...]] = {
    "Demand and functioning": ("dislocation", "dysfunction", "dealers.use", "volatility",
                               "swap.spread"),
    "Rates": ("ust.2y", "ust.10y", "ust.30y"),
    "Cash": ("fed.reserves", "repo.spread"),
    "Confidence": ("trust.loss", "fed.belief"),
    "Other markets": ("mbs.spread", "credit.ig", "equity.change", "gold.change", "franc.change",
                      "dollar.change", "fx.volatility"),
    "Size and cost to the Fed": ("fed.bought", "fed.purchases", "fed.carry"),
}  # fmt: skip
"""How purchases work (demand, rates, cash, confidence), what they spill over to, and their cost."""


def effects(found: Comparison, caption: Text) -> Table:
    """One row a quantity: median difference after some days and at the end, and its range."""
    last = max(len(view.days) - 1 for view in found.fans.values())
    days = tuple(d for d in DAYS if d < last)
    columns = (
        Column("Quantity"), Column("Unit"),
        Column("Largest", "median", "right"), Column("on day", align="right", minor=1),
        *(Column(f"After {d}", "median", "right", minor=2) for d in days),
        Column("At the end", "median", "right"), Column("5 to 95 %", "at the end", "right"),
    )  # fmt: skip
    rows = tuple(
        _row(_key(found), view, (*days, last), channel) for channel, view in channelled(found)
    )
    return Table(caption, columns, rows)


def channelled(found: Comparison) -> Iterator[tuple[str, Fan]]:
    """The quantities there are, in the order of the channels."""
    for channel, names in CHANNELS.items():
        for name in names:
            if name in found.fans:
                yield channel, found.fans[name]


def largest(found: Comparison, name: str) -> tuple[Figure, Figure] | None:
    """The median difference where it is largest in size, and the business day."""
    view = found.fans.get(name)
    if view is None:
        return None
    i = int(np.argmax(np.abs(view.median)))
    return fan_figure(view, 0.5, i, _key(found)), business_days(view, i)


def at_largest(found: Comparison, name: str, q: float) -> Figure:
    """A quantile on the business day on which the median difference is largest."""
    view = found.fans[name]
    return fan_figure(view, q, int(np.argmax(np.abs(view.median))), _key(found))


def turn(found: Comparison, name: str) -> tuple[Figure, Figure] | None:
    """From which business day on the median difference keeps the sign opposite to its largest.

    The day and the difference at the end, or None where the sign is the same at the end.
    """
    view = found.fans.get(name)
    if view is None:
        return None
    most = view.median[int(np.argmax(np.abs(view.median)))]
    other = view.median * most < 0.0
    if not other[-1]:
        return None
    same = np.flatnonzero(~other)
    return business_days(view, int(same[-1]) + 1), fan_figure(view, 0.5, -1, _key(found))


def given_back(found: Comparison) -> Figure | None:
    """What of the purchases has left the Fed's books by the end, on the median paths."""
    bought, held = at_end(found, "fed.bought"), at_end(found, "fed.purchases")
    if bought is None or held is None or bought.value is None or held.value is None:
        return None
    id_ = f"run.{_key(found)}.fed.given_back"
    return replace(bought, id=id_, value=bought.value - held.value, unit="usdbn_whole")


def at_end(found: Comparison, name: str, q: float = 0.5) -> Figure | None:
    """A quantile of the difference on the last day."""
    view = found.fans.get(name)
    return None if view is None else fan_figure(view, q, -1, _key(found))


def _key(found: Comparison) -> str:
    return f"{found.first}-minus-{found.second}"


def _row(key: str, view: Fan, days: Sequence[int], channel: str) -> Row:
    i = int(np.argmax(np.abs(view.median)))
    low, high = (Num(fan_figure(view, q, -1, key), "delta") for q in (0.05, 0.95))
    cells: tuple[Cell, ...] = (
        cell(Name(view.title, "series")),
        cell(unit_words(view.unit)),
        _delta(view, i, key),
        number(business_days(view, i)),
        *(_delta(view, d, key) for d in days),
        Cell(say("{a} to {b}", a=low, b=high)),
    )
    return Row(cells, channel)


def _delta(view: Fan, i: int, key: str) -> Cell:
    return cell(Num(fan_figure(view, 0.5, i, key), "delta"))
