"""Dysfunction by scenario against the range of the Fed's uncertain threshold."""

from __future__ import annotations

from functools import partial

from ustress.report import simulation_tables
from ustress.report.charts import fan
from ustress.report.charts.base import Absent, Declared, Size, Spec
from ustress.report.charts.ten_year_fan import Pairs
from ustress.report.figures import Figure, Name, Text, say, words
from ustress.report.views import BriefContents
from ustress.report.wording import simulated_foot

NAME = "dysfunction-fan"
KEY = "dysfunction"


FINE_BELOW = 0.45
"""Below it ticks are a twentieth apart, and one decimal would show two of them alike."""


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    pairs = tuple((s, s.fans[KEY]) for s in contents.scenarios if KEY in s.fans)
    if not pairs:
        why = contents.missing.get("scenarios", "no scenario was run")
        return Absent(NAME, words("Dysfunction by scenario"), words(why))
    return Declared(
        name=NAME,
        title=_title(pairs, contents.thresholds),
        subtitle=words(
            "Dysfunction index S, from zero (works) to one: median, central half and nine tenths; "
            "the band is where the Fed is taken to act"
        ),
        foot=simulated_foot(contents.scenarios, contents.as_of),
        table=simulation_tables.fan(pairs, words("Dysfunction by scenario")),
        draw=partial(plot, pairs, contents.thresholds),
        full=True,
    )


def _title(pairs: Pairs, thresholds: tuple[float, float] | None) -> Text:
    scenario, worst = max(pairs, key=lambda pair: float(pair[1].median.max()))
    peak = simulation_tables.peak(worst, scenario.key)
    line = say(
        "Dysfunction’s median peaks at {p} under “{s}”", p=peak, s=Name(scenario.title.lower())
    )
    if thresholds is None:
        return line
    low, high = (
        Figure(f"fed.threshold.{end}", v, "ratio")
        for end, v in zip(("low", "high"), thresholds, strict=True)
    )
    value = peak.value or 0.0
    where = "below" if value < thresholds[0] else "above" if value > thresholds[1] else "inside"
    return line + say(", {w} the range of {a} to {b} in which the Fed acts", w=where, a=low, b=high)


def plot(pairs: Pairs, thresholds: tuple[float, float] | None, size: Size) -> Spec:
    """A panel a scenario, from zero."""
    band = None if thresholds is None else (*thresholds, "the Fed’s threshold")
    top = max(float(f.bands[max(f.bands)].max()) for _, f in pairs)
    finer = ".1f" if top > FINE_BELOW else ".2f"
    panels = [fan.of(s, f, band=band, format=finer, places=2) for s, f in pairs]
    return fan.grid(panels, size, zero=True)
