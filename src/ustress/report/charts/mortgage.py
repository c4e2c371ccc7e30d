"""The thirty-year mortgage rate by scenario."""

from __future__ import annotations

from functools import partial

from ustress.report import simulation_tables
from ustress.report.charts import ten_year_fan
from ustress.report.charts.base import Absent, Declared
from ustress.report.figures import Name, Text, words
from ustress.report.views import BriefContents
from ustress.report.wording import in_words, simulated_foot

NAME = "mortgage"
_SUBTITLE = "Thirty-year mortgage rate, {}, weekly: median, central half and nine tenths of paths"


def declare(contents: BriefContents) -> Declared | Absent:
    """The chart for a brief's contents."""
    outcomes = contents.outcomes
    fans = {} if outcomes is None else outcomes.mortgage
    pairs = tuple((s, fans[s.key]) for s in contents.scenarios if s.key in fans)
    if not pairs:
        why = contents.missing.get("mortgage", "the mortgage rate was not computed")
        return Absent(NAME, words("The mortgage rate"), words(why))
    return Declared(
        name=NAME,
        title=ten_year_fan.finding(pairs),
        subtitle=Text((Name(_SUBTITLE.format(in_words(pairs[0][1].unit))),)),
        foot=simulated_foot(contents.scenarios, contents.as_of),
        table=simulation_tables.fan(pairs, words("Thirty-year mortgage rate by scenario")),
        draw=partial(ten_year_fan.plot, pairs, None),
        full=True,
    )
