"""The point of no return along two keys of a scenario."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ustress.report.charts import parts
from ustress.report.charts.base import Declared, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Name, say, words
from ustress.report.tables import Column, Row, Table, cell

if TYPE_CHECKING:
    from ustress.simulate.frontier.keys import KeyFrontier


def declare_keys(found: KeyFrontier) -> Declared:
    """The chart of a frontier along two keys."""
    one, two = found.first.info, found.second.info
    rows = tuple(
        Row((cell(Name(f"{value:,.4g}")), cell(Name(found.words(i)))))
        for i, value in enumerate(found.first.values)
    )
    return Declared(
        name="frontier",
        title=say("{f}", f=Name(_finding(found))),
        subtitle=say(
            "{k}, {u}, at which the chance of no return is one in ten, by {m}, {v}; thin: two "
            "standard errors",
            k=Name(two.key), u=Name(two.unit_words), m=Name(one.key), v=Name(one.unit_words),
        ),
        foot=say(
            "Source: ustress simulation, opening state of {d}; besides: {s}; purchases off; best "
            "policy without them: {p}.",
            d=found.as_of, s=Name(found.scenario), p=Name(", ".join(found.best_policies)),
        ),
        table=Table(words("Along two keys"), (Column(one.key), Column(two.key)), rows),
        draw=partial(plot, found),
        full=True,
    )  # fmt: skip


def _shown(found: KeyFrontier) -> tuple[float, float]:
    """The part of the second key's range with points in it; all of it where one has none."""
    low, high = found.second.values
    ends = [(p.value, 2 * (p.error or 0.0)) for p in found.points if p.value is not None]
    if len(ends) < len(found.points):
        return low, high
    least, most = min(v - e for v, e in ends), max(v + e for v, e in ends)
    room = 0.25 * (most - least) or 0.1 * (high - low)
    return max(low, min(least - room, 0.5 * least)), min(high, most + room)


def _beyond(row: dict[str, Any], high: float) -> dict[str, Any]:
    """Where the word of a point without a value stands: inside the axes."""
    top = row["value"] == high
    return {"baseline": "top" if top else "bottom", "dx": 0, "dy": 8 if top else -8}


def _finding(found: KeyFrontier) -> str:
    """From where to where the point of no return moves, or at how many values there is one."""
    known = [(v, p.value) for v, p in zip(found.first.values, found.points, strict=True)
             if p.value is not None]  # fmt: skip
    one, two = found.first.info.key, found.second.info.key
    if not known:
        low, high = found.second.values
        said = {"already_above": "more than", "not_reached": "less than"}
        ways = {said[p.status] for p in found.points}
        how = f"{ways.pop()} " if len(ways) == 1 else "never "
        return f"At {two} from {low:g} to {high:g}: {how}one chance in ten of no return"
    if len(known) == 1:
        return f"One chance in ten of no return at {two} of {known[0][1]:,.3g} alone"
    (a, x), (b, y) = known[0], known[-1]
    return (
        f"One chance in ten of no return comes at {two} of {x:,.3g} where {one} is {a:g}, at "
        f"{y:,.3g} where it is {b:g}"
    )


def plot(found: KeyFrontier, size: Size) -> Spec:
    """The frontier with two errors up and down, inside the range that was looked at."""
    low, high = _shown(found)
    x = parts.field("first", axis={"title": found.first.info.key})
    y = parts.y_value((low, high), title=found.second.info.key)
    rows = [
        {
            "first": value, "value": p.value,
            "less": max(p.value - 2 * (p.error or 0.0), low),
            "more": min(p.value + 2 * (p.error or 0.0), high),
        }
        for value, p in zip(found.first.values, found.points, strict=True)
        if p.value is not None
    ]  # fmt: skip
    away = [
        {
            "first": value, "text": "above" if p.status == "already_above" else "not reached",
            "value": high if (p.status == "not_reached") != found.falls[i] else low,
        }
        for i, (value, p) in enumerate(zip(found.first.values, found.points, strict=True))
        if p.value is None
    ]  # fmt: skip
    error = {"x": x, "y": {**y, "field": "less"}, "y2": {"field": "more"}}
    pieces = [
        parts.line(rows, "accent", x, y, strokeWidth=2.4),
        parts.mark("rule", rows, error, color=light("accent"), strokeWidth=1.2),
        *(parts.dot(row, "accent", x, y, 30) for row in rows),
        parts.mark("point", away, {"x": x, "y": y}, color=light("muted"), size=40),
        *(
            parts.label(row, "muted", x, y, fontSize=11, align="center", **_beyond(row, high))
            for row in away
        ),
    ]
    return parts.fit(parts.layers(pieces), size, 330 if size.panels == 4 else size.height)
