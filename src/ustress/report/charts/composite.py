"""What the composite is made of: contributions that add up to it exactly."""

from __future__ import annotations

from functools import partial

from ustress.core.evidence import Evidence
from ustress.monitor.snapshot import Composite
from ustress.report import roles, tabular
from ustress.report.charts import fan, parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Figure, Name, Text, say, words
from ustress.report.views import BriefContents
from ustress.report.wording import foot

NAME = "composite"
SHOWN = 10


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    found = contents.snapshot.composite
    if found.value is None or not found.contributions:
        reason = found.reason or "no indicator could enter it on this date"
        return Absent(NAME, words("The composite"), words(reason))
    return Declared(
        name=NAME,
        title=_title(found),
        subtitle=words(
            "Contribution of each indicator to the composite; their sum is the composite"
        ),
        foot=foot(("ustress, from the indicators below",), contents.as_of),
        table=tabular.composite(found),
        draw=partial(plot, found),
    )


def _title(found: Composite) -> Text:
    families = found.by_family()
    most = max(families, key=lambda f: families[f])
    share = Figure(
        f"composite.share.{most}", families[most] / (found.value or 1.0), "probability",
        Evidence.ESTIMATED,
    )  # fmt: skip
    total = Figure("composite", found.value, "index", Evidence.ESTIMATED)
    family = Name(roles.family(most))
    return say(
        "Composite stress is {c}; its largest part, {s}, comes from “{f}”",
        c=total,
        s=share,
        f=family,
    )


def plot(found: Composite, size: Size) -> Spec:
    """Bars, largest first, the largest family in the accent colour; names above them on a phone."""
    families = found.by_family()
    most = max(families, key=lambda f: families[f])
    rows = _rows(found, most)
    axis = {"labelLimit": 240, "labelColor": light("ink"), "grid": False}
    y = parts.field("title", "nominal", sort=None, axis=None if size.narrow else axis)
    top, low = max(r["value"] for r in rows) * 1.18, min(0.0, *(r["value"] for r in rows))
    x = parts.field("value", scale={"domain": [low, top]}, axis=None)
    states = {"domain": ["most", "other"], "range": [light("accent"), light("quiet")]}
    colour = {"field": "state", "type": "nominal", "scale": states, "legend": None}
    drop = 7 if size.narrow else 0
    bars = parts.mark("bar", rows, {"x": x, "y": y, "color": colour}, size=10, yOffset=drop)
    style = {"align": "left", "dx": 5, "fontSize": 11.5, "color": light("ink"), "dy": drop}
    edge = {**x, "field": "edge"}  # a negative bar has its number on the other side of nought
    ends = parts.mark("text", rows, {"x": edge, "y": y, "text": parts.text()}, **style)
    names = _names(rows, y) if size.narrow else None
    height = (34 if size.narrow else 24) * len(rows) + 12
    return parts.fit(parts.layers([bars, ends, names]), size, max(120, height))


def _rows(found: Composite, most: str) -> list[Row]:
    """The largest in size one by one, the others together: the bars still add up."""
    by_size = sorted(found.contributions, key=lambda p: -abs(p.value))
    shown, rest = sorted(by_size[:SHOWN], key=lambda p: -p.value), by_size[SHOWN:]
    rows: list[Row] = [
        {
            "title": p.title, "value": p.value, "text": fan.signless(f"{p.value:.3f}"),
            "state": "most" if p.family == most else "other",
        }
        for p in shown
    ]  # fmt: skip
    if rest:
        total = sum(p.value for p in rest)
        words_ = fan.signless(f"{total:.3f}")
        rows.append({
            "title": f"{len(rest)} others together", "value": total, "text": words_,
            "state": "other",
        })  # fmt: skip
    return [{**row, "edge": max(row["value"], 0.0)} for row in rows]


def _names(rows: list[Row], y: Spec) -> Spec:
    encoding = {"x": {"value": 0}, "y": y, "text": parts.text("title")}
    style = {"align": "left", "dx": 1, "dy": -7, "fontSize": 11.5, "color": light("muted")}
    return parts.mark("text", rows, encoding, **style)
