"""The newest auction of each tenor against its own past twelve."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from statistics import mean, median, stdev

from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Day, Figure, Name, Text, say, words
from ustress.report.tables import Column, Table, cell, number
from ustress.report.tables import Row as TableRow
from ustress.report.views import AuctionLine, BriefContents
from ustress.report.wording import foot

NAME = "auctions"


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    lines = tuple(a for a in contents.auctions if a.past)
    if not lines:
        reason = contents.missing.get("auctions", "no auction was known on this date")
        return Absent(NAME, words("Auctions"), words(reason))
    return Declared(
        name=NAME,
        title=_title(lines),
        subtitle=words(
            "Bids over amount offered: newest auction, and the range of its past twelve"
        ),
        foot=foot(tuple(a.source for a in lines), contents.as_of),
        table=_table(lines),
        draw=partial(plot, lines),
    )


def _title(lines: Sequence[AuctionLine]) -> Text:
    below = [a for a in lines if a.bid_to_cover < median(a.past)]
    lowest = min(lines, key=_deviation)
    off = Figure(f"chart.auctions.{lowest.tenor}.deviation", _deviation(lowest), "sd")
    counted = say(
        "{k} of {n} tenors drew fewer bids than usual at their newest auction",
        k=Figure("chart.auctions.below", float(len(below)), "count"),
        n=Figure("chart.auctions.tenors", float(len(lines)), "count"),
    )
    if not below:
        return counted
    return counted + say(
        "; weakest for its past the {t} at {v} ({s})",
        t=Name(tenor(lowest.tenor), "series"), v=_newest(lowest), s=off,
    )  # fmt: skip


def _deviation(a: AuctionLine) -> float:
    """How far the newest lies from its past's mean, in standard deviations of that past."""
    spread = stdev(a.past) if len(a.past) > 1 else 0.0
    return (a.bid_to_cover - mean(a.past)) / spread if spread else 0.0


def tenor(key: str) -> str:
    """`10y` as `10-year`."""
    return f"{key[:-1]}-year" if key.lower().endswith("y") else key


def plot(lines: Sequence[AuctionLine], size: Size) -> Spec:
    """A row a tenor: grey span of the past twelve, tick at their median, dot for the newest."""
    rows: list[Row] = [_row(a) for a in lines]
    values = [v for r in rows for v in (r["low"], r["high"], r["value"])]
    y = parts.field(
        "tenor", "nominal", sort=[r["tenor"] for r in rows],
        axis={"grid": False, "labelColor": light("ink")},
    )  # fmt: skip
    x = parts.field(
        "value", scale={"domain": list(parts.nice_range(values, pad=0.1)), "zero": False},
        axis={"grid": True, "tickCount": 5, "format": ".1f", "domain": False, "ticks": False},
    )  # fmt: skip
    state = {"x": x, "y": y, "color": _colour()}
    span = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}
    middle = {"x": {**x, "field": "middle"}, "y": y}
    pieces = (
        parts.mark("rule", rows, span, strokeWidth=9, color=light("grid"), strokeCap="round"),
        parts.mark("tick", rows, middle, color=light("quiet"), thickness=2, size=16),
        parts.mark("point", rows, state, filled=True, size=80, opacity=1),
        parts.mark("text", rows, {**state, "text": parts.text()}, dy=-12, fontSize=11.5),
    )
    return parts.fit(parts.layers(pieces), size)


def _colour() -> Spec:
    scale = {"domain": ["below", "inside"], "range": [light("accent"), light("measured")]}
    return {"field": "state", "type": "nominal", "scale": scale, "legend": None}


def _row(a: AuctionLine) -> Row:
    """Its state is `below` where the newest is lower than every one of the past twelve."""
    return {
        "tenor": tenor(a.tenor), "low": min(a.past), "high": max(a.past),
        "middle": median(a.past), "value": a.bid_to_cover, "text": f"{a.bid_to_cover:.2f}",
        "state": "below" if a.bid_to_cover < min(a.past) else "inside",
    }  # fmt: skip


def _newest(a: AuctionLine) -> Figure:
    return Figure(
        f"chart.auctions.{a.tenor}",
        a.bid_to_cover,
        "ratio",
        day=a.day,
        known=a.day,
        source=a.source,
    )


def _table(lines: Sequence[AuctionLine]) -> Table:
    columns = (
        Column("Tenor"), Column("Auction", align="right"),
        Column("Bid-to-cover", "ratio", "right"), Column("Lowest", "of past", "right"),
        Column("Median", "of past", "right"), Column("Highest", "of past", "right"),
        Column("Past auctions", align="right"),
    )  # fmt: skip
    rows = tuple(_table_row(a) for a in lines)
    return Table(words("Newest auction by tenor against its own past"), columns, rows)


def _table_row(a: AuctionLine) -> TableRow:
    stats = (("low", min(a.past)), ("median", median(a.past)), ("high", max(a.past)))
    return TableRow((
        cell(Name(tenor(a.tenor), "series")),
        cell(Day(a.day)),
        number(_newest(a), strong=a.bid_to_cover < min(a.past)),
        *(number(_figure(a, k, v, "ratio")) for k, v in stats),
        number(_figure(a, "n", float(len(a.past)), "count")),
    ))  # fmt: skip


def _figure(a: AuctionLine, what: str, value: float, unit: str) -> Figure:
    return Figure(f"chart.auctions.{a.tenor}.{what}", value, unit, source=a.source)
