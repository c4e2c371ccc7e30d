"""What the Fed has bought, by scenario."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from ustress.report import simulation_tables
from ustress.report.charts import fan, parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import scenario_role
from ustress.report.charts.ten_year_fan import Pairs
from ustress.report.figures import Name, Text, say, words
from ustress.report.views import BriefContents
from ustress.report.wording import fan_figure, simulated_foot

NAME = "fed-purchases"
KEY = "fed.purchases"


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    pairs = tuple((s, s.fans[KEY]) for s in contents.scenarios if KEY in s.fans)
    if not pairs:
        why = contents.missing.get("scenarios", "no scenario was run")
        return Absent(NAME, words("What the Fed buys"), words(why))
    return Declared(
        name=NAME,
        title=_title(pairs),
        subtitle=words(
            "Treasuries the Fed has bought since the opening and still holds, billions of dollars: "
            "median and, shaded, nine tenths of paths"
        ),
        foot=simulated_foot(contents.scenarios, contents.as_of),
        table=simulation_tables.fan(pairs, words("Bought by the Fed, by scenario, $bn")),
        draw=partial(plot, pairs),
    )


def _title(pairs: Pairs) -> Text:
    scenario, most = max(pairs, key=lambda pair: float(pair[1].bands[0.95][-1]))
    median, tail = (fan_figure(most, q, -1, scenario.key) for q in (0.5, 0.95))
    if not (tail.value or 0.0) >= 0.5:
        return words("In no scenario does the Fed buy in as many as one path of twenty")
    return say(
        "Under “{s}” the Fed holds {m} of purchases at the end, in one path of twenty {t} or more",
        s=Name(scenario.title.lower()), m=median, t=tail,
    )  # fmt: skip


def plot(pairs: Pairs, size: Size) -> Spec:
    """One panel: each scenario's median with its nine tenths, labelled at the end."""
    opening, end = fan.edges(pairs[0][1])
    said = [f"{s.title} {f.median[-1]:,.0f}" for s, f in pairs]
    room = end + timedelta(days=round((end - opening).days * _room(max(map(len, said)), size)))
    x = parts.x_day(opening, room, **fan.ticks((end - opening).days, until=end))
    top = 1.05 * max(1.0, *(float(f.bands[0.95].max()) for _, f in pairs))
    y = parts.y_value((0.0, top), format=",.0f")
    gap = 15 * top / (size.height - 40)
    places = parts.spread([float(f.median[-1]) for _, f in pairs], gap, (0.0, top))
    pieces = [fan.shade(opening, room, x)]
    pieces += [
        parts.area(
            parts.band_rows(f.days, f.bands[0.05], f.bands[0.95]), scenario_role(s.key), 0.18, x, y
        )
        for s, f in pairs
    ]
    for (scenario, f), place, told in zip(pairs, places, said, strict=True):
        role = scenario_role(scenario.key)
        at: Row = {"day": parts.moment(end), "value": place, "text": told}
        pieces.append(parts.line(parts.rows(f.days, f.median), role, x, y, strokeWidth=2.2))
        pieces.append(parts.label(at, role, x, y, fontSize=11.5, fontWeight="bold"))
    return parts.fit(parts.layers(pieces), size)


def _room(letters: int, size: Size) -> float:
    """Room for labels at the right, as a share of what the time itself takes."""
    share = min((_LETTER_PX * letters + 12) / (size.width - _AXIS_PX), 0.6)
    return share / (1.0 - share)


_LETTER_PX, _AXIS_PX = 6.4, 44
