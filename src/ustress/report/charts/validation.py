"""Published price impacts against the model's: one line a study, on a logarithmic scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from ustress.calibrate.validation import Compared, Validation, Verdict
from ustress.report import validation_tables as tables
from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import words

NAME = "validation"
UNIT = "bp per $100bn"


def declare_validation(found: Validation | None, reason: str = "") -> Declared | Absent:
    """The chart of the rows that are price impacts; `reason` says why there is none."""
    title = words("Published price impacts")
    if found is None:
        return Absent(NAME, title, words(reason or "the published numbers were not compared"))
    shown = [one for one in found.rows if one.ours is not None and one.row.unit == UNIT]
    if not shown:
        return Absent(NAME, title, words("no price impact could be compared"))
    return Declared(
        name=NAME,
        title=tables.headline(found),
        subtitle=words(
            "Yield change for a sale of the same size at today's economy, basis points, "
            "logarithmic: published (diamond and range), ours (dot, middle four fifths)"
        ),
        foot=words("Sources: the studies named; ours: ustress, weakest input assumed ○."),
        table=tables.compared(found),
        draw=partial(plot, sorted(shown, key=_order)),
        full=True,
    )


def _order(one: Compared) -> tuple[bool, float]:
    return one.fitted, one.row.value


def plot(shown: Sequence[Compared], size: Size) -> Spec:
    """A line a study: published above, ours below, the verdict by colour."""
    domain = _domain(shown)
    rows = [_row(i, one, size) for i, one in enumerate(shown)]
    x = parts.field("value", scale={"type": "log", "domain": list(domain), "nice": False},
                    axis={"values": _ticks(domain), "format": "~g", "grid": True})  # fmt: skip
    y = {"field": "place", "type": "quantitative", "axis": None,
         "scale": {"domain": [len(shown) - 0.4, -0.7], "nice": False}}  # fmt: skip
    pieces = [
        _bars(rows, "ours", "quiet", x, y, 5), _bars(rows, "published", "measured", x, y, 1.4),
        _marks(rows, "ours", "circle", "slate", x, y), _marks(rows, "published", "diamond",
        "measured", x, y), *_names(rows, y, size),
    ]  # fmt: skip
    return parts.fit(parts.layers(pieces), size, max(size.height, 44 * len(shown)))


def _row(i: int, one: Compared, size: Size) -> Row:
    low, high = one.row.range
    ours = one.ours
    dated = re.match(r".*?\b\d{4}\b", one.row.source)
    short = dated[0] if dated else one.row.source
    if size.narrow and len(short) > 26:
        short = f"{short[:25]}…"
    role = "target" if one.fitted else "held against"
    missed = one.verdict is Verdict.OUTSIDE
    return {
        "place": i, "name": f"{short}, {one.row.horizon}", "role": role, "missed": missed,
        "published": one.row.value, "published_low": low, "published_high": high,
        "ours": ours.q50 if ours else None, "ours_low": ours.q10 if ours else None,
        "ours_high": ours.q90 if ours else None,
    }  # fmt: skip


def _bars(rows: Sequence[Row], who: str, role: str, x: Spec, y: Spec, width: float) -> Spec:
    spans = [{"place": r["place"] + _shift(who), "value": r[f"{who}_low"],
              "high": r[f"{who}_high"]} for r in rows]  # fmt: skip
    encoding = {"x": x, "x2": {"field": "high"}, "y": y}
    return parts.mark("rule", spans, encoding, color=light(role), strokeWidth=width, opacity=0.75)


def _marks(rows: Sequence[Row], who: str, shape: str, role: str, x: Spec, y: Spec) -> Spec:
    points = [{"place": r["place"] + _shift(who), "value": r[who]} for r in rows]
    style = {"filled": True, "size": 70, "opacity": 1, "color": light(role), "shape": shape}
    return parts.mark("point", points, {"x": x, "y": y}, **style)


def _shift(who: str) -> float:
    return 0.08 if who == "published" else 0.3


def _names(rows: Sequence[Row], y: Spec, size: Size) -> list[Spec]:
    """Study and horizon above its line; the word of the verdict at the right edge."""
    left = {"x": {"value": 0}, "y": y, "text": {"field": "text", "type": "nominal"}}
    right = {"x": {"value": "width"}, "y": y, "text": {"field": "text", "type": "nominal"}}
    small = 10.5 if size.narrow else 11.5
    names = [{"place": r["place"] - 0.25, "text": r["name"]} for r in rows]
    drawn = [parts.mark("text", names, left, align="left", fontSize=small, color=light("muted"))]
    for missed, role in ((False, "muted"), (True, "accent")):
        said = [{"place": r["place"] - 0.25, "text": _said(r)} for r in rows
                if (r["missed"] and r["role"] != "target") is missed]  # fmt: skip
        drawn.append(
            parts.mark("text", said, right, align="right", fontSize=small, color=light(role))
        )
    return drawn


def _said(row: Row) -> str:
    word = "outside" if row["missed"] else "inside"
    return f"{word}, target" if row["role"] == "target" else word


def _domain(shown: Sequence[Compared]) -> tuple[float, float]:
    ends = [v for one in shown for v in one.row.range]
    ends += [v for one in shown if one.ours for v in (one.ours.q10, one.ours.q90)]
    return min(ends) / 1.25, max(ends) * 1.25


def _ticks(domain: tuple[float, float]) -> list[float]:
    steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200]
    return [s for s in steps if domain[0] <= s <= domain[1]]
