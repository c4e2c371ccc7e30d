"""With purchases minus without, path by path on the same shocks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from ustress.report import simulation_tables
from ustress.report.charts import fan, parts
from ustress.report.charts.base import Absent, Declared, Size, Spec
from ustress.report.charts.palette import scenario_role
from ustress.report.figures import Name, Num, Text, say, words
from ustress.report.views import BriefContents, Comparison
from ustress.report.wording import business_days, fan_figure, simulated_foot

NAME = "difference"
KEY = "ust.10y"


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents: the first comparison that has the ten-year."""
    given = next((c for c in contents.comparisons if KEY in c.fans), None)
    if given is None:
        why = contents.missing.get("comparisons", "no two scenarios were compared")
        return Absent(NAME, words("With purchases and without"), words(why))
    found = _in_bp(given)
    names = {s.key: s.title for s in contents.scenarios}
    first, second = (names.get(k, k) for k in (found.first, found.second))
    return Declared(
        name=NAME,
        title=_title(found, first, second),
        subtitle=say(
            "Ten-year yield, “{a}” minus “{b}” on the same shocks, basis points: median, central "
            "half and nine tenths",
            a=Name(first.lower()), b=Name(second.lower()),
        ),
        foot=simulated_foot(contents.scenarios, contents.as_of),
        table=simulation_tables.comparisons((found,), names),
        draw=partial(plot, found),
    )  # fmt: skip


def _in_bp(given: Comparison) -> Comparison:
    """The comparison with its ten-year in basis points (a difference of rates comes in points)."""
    view = given.fans[KEY]
    if view.unit != "pp":
        return given
    bands = {q: 100.0 * values for q, values in view.bands.items()}
    fan_bp = replace(view, unit="bp", bands=bands, samples=100.0 * view.samples)
    return replace(given, fans={KEY: fan_bp})


def _title(found: Comparison, first: str, second: str) -> Text:
    view, key = found.fans[KEY], f"{found.first}-minus-{found.second}"
    i = int(np.argmax(np.abs(view.median)))
    most, end = fan_figure(view, 0.5, i, key), fan_figure(view, 0.5, -1, key)
    if not round(abs(most.value or 0.0)):
        return words("On the median path the two scenarios give the same ten-year")
    return say(
        "Under “{a}” the ten-year is up to {m} {w} than under “{b}” (business day {d}); at the "
        "end {e}",
        a=Name(first.lower()), b=Name(second.lower()), m=Num(most, "size"),
        w="lower" if (most.value or 0.0) < 0 else "higher",
        d=business_days(view, i), e=Num(end, "signed"),
    )  # fmt: skip


def plot(found: Comparison, size: Size) -> Spec:
    """One fan around zero, in the first scenario's colour."""
    panel = fan.Panel("", scenario_role(found.first), found.fans[KEY], format="+.0f", places=0)
    low, high = fan.domain_of([panel])
    domain = (min(low, 0.0), max(high, 0.0))
    drawn = fan.panel(panel, domain, size.width, worded=True)
    return parts.fit(parts.layers([drawn, parts.level(0.0)]), size)
