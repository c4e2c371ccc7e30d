"""Several quantities of one unit side by side: mean, central half and nine tenths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ustress.report.charts import fan, parts
from ustress.report.charts.base import Row as Datum
from ustress.report.charts.base import Size, Spec
from ustress.report.charts.palette import light

ROW_PIXELS = 38
_GAP_PIXELS = 8
_LETTER_PIXELS = 7
"""Width of a letter of names and labels, generously."""
_NAME, _BAR = 0.28, 0.12
_TICK = 0.2
"""Half the length of the mark of nought, in rows."""


@dataclass(frozen=True, slots=True)
class Range:
    """One line: its words, mean, and 5, 25, 75 and 95 % where there is a spread."""

    label: str
    mean: float
    low: float | None = None
    lower: float | None = None
    upper: float | None = None
    high: float | None = None


def plot(found: Sequence[Range], role: str, places: int, size: Size) -> Spec:
    """A thin line for nine tenths, a thick one for the half, a dot and a label for the mean.

    Names stand over the lines, so that long ones have room on a phone; nought is marked beside
    each line and not through them. A label stands on the side to which its mean points, unless
    that is under the line's name.
    """
    data = [_datum(i, r, places) for i, r in enumerate(found)]
    low, high = parts.nice_range([float(d[k]) for d in data for k in ("low", "high")], zero=True)
    room = (high - low) * (0.22 if size.narrow else 0.12)
    left = room if any(d["mean"] < 0 for d in data) else 0.0
    domain = [low - left, high + room]
    scale = {"domain": domain, "nice": False}
    form = {"format": f"+,.{places}f", "tickCount": 4 if size.narrow else 6, "grid": True}
    x = parts.field("low", scale=scale, axis={**form, "labelExpr": _UNSIGNED_ZERO})
    y = {"field": "at", "type": "quantitative", "axis": None,
         "scale": {"domain": [-0.6, len(data) - 0.55], "reverse": True, "nice": False}}  # fmt: skip
    spans = ((x, "high", 1.6, 0.55), (parts.field("lower", scale=scale), "upper", 7, 0.4))
    layers = [
        parts.mark(
            "rule", [{"low": 0.0, "at": d["at"] - _TICK, "to": d["at"] + _TICK} for d in data],
            {"x": parts.field("low", scale=scale), "y": y, "y2": {"field": "to"}},
            color=light("ink"), strokeWidth=1,
        ),
        *(
            parts.mark(
                "rule", data, {"x": start, "x2": {"field": end}, "y": y}, color=light(role),
                strokeWidth=width, opacity=opacity,
            )
            for start, end, width, opacity in spans
        ),
        parts.mark(
            "point", data, {"x": parts.field("mean", scale=scale), "y": y}, color=light(role),
            filled=True, size=54, opacity=1,
        ),
        *(
            parts.label(d, role, parts.field(end, scale=scale), y, **_SIDE[end])
            for d, end in zip(data, _ends(data, domain, size), strict=True)
        ),
        _names(data, y),
    ]  # fmt: skip
    return {
        **parts.layers(layers), "width": size.width, "height": ROW_PIXELS * len(data),
        "autosize": {"type": "fit-x", "contains": "padding"},
    }  # fmt: skip


def _ends(data: Sequence[Datum], domain: Sequence[float], size: Size) -> list[str]:
    """The end of the line at which each label stands: the low one where its name leaves room."""
    pixels = size.width / (domain[1] - domain[0])
    found = []
    for d in data:
        start = (d["low"] - domain[0]) * pixels - _GAP_PIXELS - _LETTER_PIXELS * len(d["text"])
        clear = d["mean"] < 0 and start > _LETTER_PIXELS * len(d["name"])
        found.append("low" if clear else "high")
    return found


_SIDE: dict[str, Spec] = {
    "low": {"dx": -_GAP_PIXELS, "align": "right", "fontWeight": "bold"},
    "high": {"dx": _GAP_PIXELS, "align": "left", "fontWeight": "bold"},
}
_UNSIGNED_ZERO = "datum.value == 0 ? '0' : datum.label"


def _names(data: Sequence[Datum], y: Spec) -> Spec:
    rows = [{"at": d["at"] - _NAME - _BAR, "text": d["name"]} for d in data]
    encoding = {"x": {"value": 0}, "y": y, "text": parts.text()}
    style = {"align": "left", "fontSize": 12}
    halo = {"color": light("paper"), "stroke": light("paper"), "strokeWidth": 4}
    back = parts.mark("text", rows, encoding, **style, **halo, strokeJoin="round")
    return {"layer": [back, parts.mark("text", rows, encoding, **style, color=light("muted"))]}


def _datum(i: int, r: Range, places: int) -> Datum:
    def or_mean(value: float | None) -> float:
        return r.mean if value is None else value

    return {
        "at": i + _BAR,
        "name": r.label,
        "mean": r.mean,
        "low": min(or_mean(r.low), r.mean),
        "lower": or_mean(r.lower),
        "upper": or_mean(r.upper),
        "high": max(or_mean(r.high), r.mean),
        "text": fan.signless(f"{r.mean:+,.{places}f}"),
    }
