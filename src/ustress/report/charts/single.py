"""One fan on its own, for a notebook: `run.plot()`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ustress.report import simulation_tables
from ustress.report.charts import fan, parts
from ustress.report.charts.base import WIDE, Declared, Size, Spec, chart
from ustress.report.charts.palette import scenario_role
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.views import Fan
from ustress.report.wording import business_days, fan_figure, in_words

if TYPE_CHECKING:
    from ustress.report.charts.base import Drawing

_NAMES = {"Fed", "Treasury", "Treasuries", "Fed's", "Japan", "China", "Japan's", "China's"}
_SIGNED = {"bp", "pp", "sd", "usdbn_move", "usdbn_change"}


def declare_fan(
    view: Fan, scenario: str, title: str, paths: int = 0, *, change: bool = False
) -> Declared:
    """The chart of one fan; the colour is the scenario's.

    Args:
        view: the fan.
        scenario: whose colour it has.
        title: of the run, or of both in a difference.
        paths: behind it, where known.
        change: a difference of two runs: every number has its sign.
    """
    end, low, high = (fan_figure(view, q, -1, scenario) for q in (0.5, 0.05, 0.95))
    finding = say(
        "{t}: {q} {m} on the median path after {n} business days, nine tenths from {a} to {b}",
        t=Name(title), q=Name(in_sentence(short(view.title))),
        n=business_days(view, -1), m=Num(end, "signed") if change else end,
        a=Num(low, "delta" if change else "bare"), b=Num(high, "signed") if change else high,
    )  # fmt: skip
    return Declared(
        name=f"fan-{scenario}-{view.key}".replace(".", "-").replace(" ", "-"),
        title=finding,
        subtitle=Text((Name(f"{view.title}, {in_words(view.unit)}: median, half, nine tenths"),)),
        foot=_foot(view, paths),
        table=simulation_tables.one_fan(view, scenario, title),
        draw=lambda size: _draw(view, scenario, size, change=change),
    )


def _foot(view: Fan, paths: int) -> Text:
    source = words("Source: ustress simulation")
    if paths:
        source += say(", {n} paths", n=Figure("fan.paths", float(paths), "count", view.evidence))
    return source + say(
        ", opening state of {d}; weakest input: {e} {m}.",
        d=fan.edges(view)[0], e=view.evidence.value, m=view.evidence.mark,
    )  # fmt: skip


def short(title: str) -> str:
    """A quantity's name without what explains it after a comma or a colon."""
    return title.split(", ")[0].split(": ")[0]


def in_sentence(title: str) -> str:
    """A title within a sentence: small at its head, unless that is an acronym or a name."""
    first = title.split(" ", 1)[0]
    if first in _NAMES or sum(letter.isupper() for letter in first) > 1:
        return title
    return title[:1].lower() + title[1:]


def fan_chart(view: Fan, scenario: str, title: str, size: Size = WIDE) -> Drawing:
    """The fan as an Altair chart with its finding as title."""
    return chart(declare_fan(view, scenario, title), size)


def _draw(view: Fan, scenario: str, size: Size, *, change: bool) -> Spec:
    places = {"pct": 2, "pp": 2, "index": 3, "ratio": 3}.get(view.unit, 0)
    panel = fan.Panel("", scenario_role(scenario), view, places=places)
    domain = fan.domain_of([panel])
    ticks = 2 if domain[1] - domain[0] < 0.5 else 1 if domain[1] - domain[0] < 5 else 0
    form = ("+" if change or view.unit in _SIGNED else "") + f",.{ticks}f"
    drawn = fan.panel(replace(panel, format=form), domain, size.width, worded=True)
    return parts.fit(drawn, size)
