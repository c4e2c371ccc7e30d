"""What halving and doubling each assumed parameter does to the point of no return."""

from __future__ import annotations

from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ustress.report.assumptions import still
from ustress.report.charts import parts
from ustress.report.charts.base import Declared, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Figure, Name, Num, say, words
from ustress.report.tables import Column, Row, Table, cell

if TYPE_CHECKING:
    from ustress.simulate.frontier.tornado import Bar, Tornado

SHOWN = 12
INSIDE = 0.12
"""Below this share of the longest bar's end a word at the left goes inside the bar."""


def declare_tornado(found: Tornado) -> Declared:
    """The chart of a tornado: the longest bars."""
    shown = _longest(found)
    first = shown[0].meaning if shown else "no assumption"
    rows = tuple(
        Row((cell(Name(bar.meaning)), cell(Name(_said(bar, 0))), cell(Name(_said(bar, 1)))))
        for bar in shown
    )
    middle = Figure("tornado.base", found.base.value, "usdbn_whole", reason=found.base.status)
    return Declared(
        name="tornado",
        title=say("Of what is assumed, the answer hangs most on {w}", w=Name(first)),
        subtitle=say(
            "Point of no return, billions of dollars sold over {s} business days, with each "
            "assumed parameter at half (light) and at twice (dark) its value; {m} at the medians",
            s=Name(str(found.sale_days)), m=Num(middle),
        ),
        foot=say("Source: ustress simulation, opening state of {d}.", d=found.as_of),
        table=Table(words("Assumed parameters"), (
            Column("Parameter"), Column("At half"), Column("At twice")), rows),
        draw=partial(plot, found),
        full=True,
    )  # fmt: skip


def _longest(found: Tornado) -> list[Bar]:
    return [bar for bar in found.bars if not still(found, bar)][:SHOWN]


def _said(bar: Bar, end: int) -> str:
    value, status = ((bar.half_usdbn, bar.half_status), (bar.double_usdbn, bar.double_status))[end]
    if value is not None:
        return f"{value:,.0f}"
    return "none needed" if status == "already_above" else "not reached"


def plot(found: Tornado, size: Size) -> Spec:
    """Two bars a parameter from the frontier at the medians, half above twice."""
    base = found.base.value or found.most_usdbn
    letters, lines = (24, 3) if size.narrow else (44, 2)
    rows: list[dict[str, Any]] = []
    for bar in _longest(found):
        for part, value, status in (
            ("half", bar.half_usdbn, bar.half_status),
            ("twice", bar.double_usdbn, bar.double_status),
        ):
            end = value if value is not None else 0.0 if status == "already_above" else 2 * base
            rows.append({
                "name": _broken(bar.meaning, letters, lines), "from": base, "to": end,
                "part": part, "text": _said(bar, int(part == "twice")),
            })  # fmt: skip
    order = list(dict.fromkeys(row["name"] for row in rows))
    most = max([base, *(row["to"] for row in rows)])
    y = parts.field(
        "name", "nominal", sort=order, scale={"paddingInner": 0.25},
        axis={"labelExpr": "split(datum.label, '|')", "labelLimit": 7 * letters, "ticks": False},
    )  # fmt: skip
    x = parts.field(
        "from", axis={"title": "$bn", "format": ",.0f"}, scale={"domain": [0, 1.12 * most]}
    )
    place = {"y": y, "yOffset": parts.field("part", "nominal")}
    bars = [
        parts.mark(
            "bar", [row for row in rows if row["part"] == part],
            {**place, "x": x, "x2": {"field": "to"}}, color=light("accent"), opacity=opacity,
        )
        for part, opacity in (("half", 0.35), ("twice", 0.9))
    ]  # fmt: skip
    middle = parts.mark("rule", [{"from": base}], {"x": x}, color=light("ink"), strokeWidth=1)
    ends = {**place, "x": {**x, "field": "to"}, "text": parts.text()}
    height = max((16 * lines + 4) * len(order) + 60, 160)
    return parts.fit(parts.layers([*bars, middle, *_words(rows, ends, most)]), size, height)


def _words(rows: list[dict[str, Any]], ends: Spec, most: float) -> list[Spec]:
    """Each bar's word at its end."""
    return [
        parts.mark(
            "text", [row for row in rows if _side(row, most) == at], ends,
            color=light("ink" if at == "inside" else "muted"), fontSize=11,
            align="right" if at == "left" else "left", dx=-4 if at == "left" else 4,
        )
        for at in ("left", "right", "inside")
    ]  # fmt: skip


def _side(row: dict[str, Any], most: float) -> str:
    """Beyond the bar's end; at the left, where there is no room, within the bar."""
    if row["to"] >= row["from"]:
        return "right"
    return "inside" if row["to"] < INSIDE * most else "left"


def _broken(words: str, letters: int, lines: int) -> str:
    """Lines parted by a bar; what does not fit ends in an ellipsis."""
    return "|".join(wrap(words.replace("|", "/"), letters, max_lines=lines, placeholder="…"))
