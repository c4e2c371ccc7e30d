"""The ten-year yield by scenario: a fan each, on one scale and the same shocks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ustress.report import simulation_tables
from ustress.report.charts import fan
from ustress.report.charts.base import Absent, Declared, Size, Spec
from ustress.report.figures import Name, Text, say, words
from ustress.report.views import BriefContents, Fan, History, ScenarioView
from ustress.report.wording import business_days, fan_figure, in_words, simulated_foot

NAME = "ten-year-fan"
KEY = "ust.10y"
_BEFORE = 60

Pairs = Sequence[tuple[ScenarioView, Fan]]


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    return declare_fans(
        contents, NAME, KEY, "The ten-year by scenario", contents.histories.get(KEY)
    )


def declare_fans(
    contents: BriefContents, name: str, key: str, title: str, history: History | None
) -> Declared | Absent:
    """Fans of any quantity by scenario, with as much history as the fan is long, at most."""
    pairs = tuple((s, s.fans[key]) for s in contents.scenarios if key in s.fans)
    if not pairs:
        why = contents.missing.get("scenarios", "no scenario was run")
        return Absent(name, words(title), words(why))
    quantity = pairs[0][1]
    return Declared(
        name=name,
        title=finding(pairs),
        subtitle=_subtitle(quantity),
        foot=simulated_foot(contents.scenarios, contents.as_of),
        table=simulation_tables.fan(pairs, Text((Name(f"{quantity.title} by scenario"),))),
        draw=partial(plot, pairs, _recent(history)),
        full=True,
    )


def _subtitle(quantity: Fan) -> Text:
    return Text((
        Name(
            f"{quantity.title}, {in_words(quantity.unit)}: median, central half and nine tenths of "
            "paths, three sample paths; simulated where shaded"
        ),
    ))  # fmt: skip


def finding(pairs: Pairs) -> Text:
    """The scenario whose median ends highest, against the lowest."""
    by_end = sorted(pairs, key=lambda pair: float(pair[1].median[-1]))
    (low, low_fan), (high, high_fan) = by_end[0], by_end[-1]
    top = fan_figure(high_fan, 0.5, -1, high.key)
    days = business_days(high_fan, -1)
    if len(pairs) == 1:
        return say("After {n} business days the median is {v}", n=days, v=top)
    bottom = fan_figure(low_fan, 0.5, -1, low.key)
    return say(
        "After {n} business days the median is {v} under “{h}”, {b} under “{l}”",
        n=days, v=top, h=Name(high.title.lower()), b=bottom, l=Name(low.title.lower()),
    )  # fmt: skip


def plot(pairs: Pairs, history: History | None, size: Size) -> Spec:
    """A panel a scenario."""
    panels = [fan.of(s, f, history, format=".1f", places=2) for s, f in pairs]
    return fan.grid(panels, size)


def _recent(history: History | None) -> History | None:
    return None if history is None else history.last_years(_BEFORE * 7 / 5 / 365.25)
