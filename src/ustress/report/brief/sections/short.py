"""In short: what the sections find, a sentence each, under the four answers of the first screen."""

from __future__ import annotations

from ustress.core.evidence import Evidence
from ustress.report import outcome_tables
from ustress.report import purchase_tables as tables
from ustress.report.by_pace import PaceView
from ustress.report.charts import breaking_point, frontier
from ustress.report.charts.base import Absent, Declared
from ustress.report.figures import Figure, Name, Num, Text, say
from ustress.report.frontier_table import amount
from ustress.report.simulation_tables import days
from ustress.report.views import BriefContents, Comparison, HitView
from ustress.report.wording import listed

TOLD = ("budget", "households", "corporations", "equity")
"""Groups named in short, each by its first number."""


def findings(contents: BriefContents) -> tuple[Text, ...]:
    """The sentences that the contents allow."""
    found = (
        _no_return(None if contents.breakpoint is None else contents.breakpoint.by_pace),
        _purchases(contents, contents.purchases),
        _hit(contents.hit),
    )
    return tuple(text for text in found if text)


def cover(contents: BriefContents) -> Declared | None:
    """The chart that answers the question on a first page: amount by pace, else the chance."""
    for declared in (frontier.declare(contents), breaking_point.declare(contents)):
        if not isinstance(declared, Absent):
            return declared
    return None


def _no_return(found: PaceView | None) -> Text:
    """The frontier at the two paces that lie furthest apart and have an amount."""
    there = [] if found is None else [p for p in found.points if p.amount_usdbn is not None]
    if found is None or len(there) < 2:
        return Text()
    level = Figure("frontier.level", found.level, "probability", Evidence.ASSUMED)
    fast, slow = (
        say("{m} sold in {d}", m=amount(p), d=days(f"frontier.d{p.business_days}.days",
            p.business_days))
        for p in (there[0], there[-1])
    )  # fmt: skip
    return say(
        "Without purchases, a chance of {p} that the market is past return is reached by {a} and "
        "by {b} business days.",
        p=level, a=fast, b=slow,
    )  # fmt: skip


def _purchases(contents: BriefContents, found: Comparison | None) -> Text:
    """The ten-year with purchases less without, and what they earn or cost."""
    if found is None:
        return Text()
    names = {s.key: s.title for s in contents.scenarios}
    low, middle, high = (tables.at_end(found, "ust.10y", q) for q in (0.05, 0.5, 0.95))
    if low is None or middle is None or high is None:
        return Text()
    line = say(
        "{f} less {s}, on the same shocks: the ten-year at the end {m} on the median path, nine "
        "tenths from {a} to {b}",
        f=Name(names.get(found.first, found.first)),
        s=Name(names.get(found.second, found.second).lower()),
        m=Num(middle, "signed"), a=Num(low, "delta"), b=Num(high, "signed"),
    )  # fmt: skip
    carry = tables.at_end(found, "fed.carry")
    return line + (
        say(".") if carry is None else say("; carry of what the Fed bought {c}.", c=carry)
    )


def _hit(found: HitView | None) -> Text:
    """The first number of each group that most readers ask for."""
    groups = () if found is None else tuple(g for g in found.groups if g.key in TOLD)
    rows = [next((r for r in g.rows if not r.reason), None) for g in groups]
    told = tuple(
        say("{w} {v} ({t})", w=Name(_plain(r.label)), v=Num(outcome_tables.figure(r), "signed"),
            t=Name(r.when))
        for r in rows
        if r is not None
    )  # fmt: skip
    if found is None or not told:
        return Text()
    title = found.title[:1] + found.title[1:].lower()
    return say("{t}, mean of paths: {x}.", t=Name(title), x=listed(told))


def _plain(label: str) -> str:
    """A row's label inside a sentence: the sign says that it is a change."""
    word = label.removesuffix(", change").removesuffix(", added")
    return word[:1].lower() + word[1:]
