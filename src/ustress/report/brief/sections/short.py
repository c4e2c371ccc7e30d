"""In short: what the sections find, a sentence each, under the four answers of the first screen."""

from __future__ import annotations

from collections.abc import Mapping

from ustress.report import outcome_tables, plans, simulation_tables
from ustress.report import purchase_tables as tables
from ustress.report.brief.sections import broken, claimed
from ustress.report.by_pace import PacePoint, PaceView
from ustress.report.charts import breaking_point, frontier
from ustress.report.charts.base import Absent, Declared
from ustress.report.figures import Name, Num, Text, join, say
from ustress.report.frontier_table import amount
from ustress.report.simulation_tables import days
from ustress.report.views import (
    BreakpointView,
    BriefContents,
    Comparison,
    HitView,
    ScenarioView,
)
from ustress.report.wording import business_days, fan_figure, listed

TOLD = ("budget", "households", "corporations", "equity")
"""Groups named in short, each by its first number."""
MONTH_DAYS = 20


def findings(contents: BriefContents) -> tuple[Text, ...]:
    """The sentences that the contents allow."""
    names = {s.key: s.title for s in contents.scenarios}
    found = (
        *_scenarios(contents.scenarios),
        *broken.in_short(contents.scenarios),
        _purchases(contents.purchases, names),
        _bill(contents.purchases_hit, names),
        _hit(contents.hit),
        claimed.in_short(contents),
    )
    return tuple(text for text in found if text)


def _scenarios(found: tuple[ScenarioView, ...]) -> tuple[Text, ...]:
    """A line a scenario: what it assumes, the chance that the Fed buys, and the ten-year."""
    return tuple(_scenario(s) for s in found)


def _scenario(s: ScenarioView) -> Text:
    chance, ten = s.chances.get("purchases"), s.fans.get("ust.10y")
    buys = (
        say("the Fed buys with a chance of {p}", p=simulation_tables.chance_figure(s.key, chance))
        if chance
        else Text()
    )
    where = (
        say(
            "ten-year after {n} business days {a} to {b} (nine tenths)",
            n=business_days(ten, -1), a=Num(fan_figure(ten, 0.05, -1, s.key), "bare"),
            b=fan_figure(ten, 0.95, -1, s.key),
        )
        if ten
        else Text()
    )  # fmt: skip
    what = plans.in_short(s)
    title = say("{t} ({w})" if what else "{t}", t=Name(s.title, "scenario"), w=what)
    return say("{t}: {x}.", t=title, x=join((buys, where), ", "))


def cover(contents: BriefContents) -> Declared | None:
    """The chart that answers the question on a first page: amount by pace, else the chance."""
    for declared in (frontier.declare(contents), breaking_point.declare(contents)):
        if not isinstance(declared, Absent):
            return declared
    return None


def month(found: PaceView | None) -> PacePoint | None:
    """The pace nearest to a month that has an amount."""
    there = [] if found is None else [p for p in found.points if p.amount_usdbn is not None]
    return min(there, key=lambda p: abs(p.business_days - MONTH_DAYS), default=None)


def other_paces(found: BreakpointView | None) -> tuple[Text, ...]:
    """The frontier at the two paces that lie furthest apart and have an amount."""
    pace = None if found is None else found.by_pace
    there = [] if pace is None else [p for p in pace.points if p.amount_usdbn is not None]
    ends = [p for p in (there[:1] + there[-1:]) if p is not month(pace)]
    told = tuple(
        say("{m} in {d}", m=Num(amount(p), "about"),
            d=days(f"frontier.d{p.business_days}.days", p.business_days))
        for p in dict.fromkeys(ends)
    )  # fmt: skip
    return (say("by pace it is {x} business days", x=listed(told)),) if told else ()


def _purchases(found: Comparison | None, names: Mapping[str, str]) -> Text:
    """The ten-year with purchases less without: at its largest, then at the end."""
    peak = None if found is None else tables.largest(found, "ust.10y")
    end = None if found is None else tables.at_end(found, "ust.10y")
    if found is None or peak is None or end is None:
        return Text()
    low, high = (tables.at_largest(found, "ust.10y", q) for q in (0.05, 0.95))
    return say(
        "What purchases do ({f} less {s}, on the same shocks): the ten-year {m} at most, on "
        "business day {d} of the median path (nine tenths from {a} to {b}), and {e} at the end.",
        f=Name(names.get(found.first, found.first).lower(), "scenario"),
        s=Name(names.get(found.second, found.second).lower(), "scenario"),
        m=Num(peak[0], "signed"), d=peak[1], a=Num(low, "delta"), b=Num(high, "signed"),
        e=Num(end, "signed"),
    )  # fmt: skip


def _bill(found: HitView | None, names: Mapping[str, str]) -> Text:
    """What purchases themselves cost the budget, against the same sales without them."""
    own = None if found is None else outcome_tables.under(found, "purchases")
    row = None if own is None else outcome_tables.first_row(own, "budget")
    if found is None or found.against is None or row is None:
        return Text()
    low, middle, high = (outcome_tables.figure(row, q) for q in ("q5", "q50", "q95"))
    return say(
        "Federal interest from purchases alone (against “{s}”, the same sales): {m} in {w} on the "
        "median path, nine tenths from {a} to {b}.",
        s=Name(names.get(found.against, found.against).lower(), "scenario"),
        m=Num(middle, "signed"), w=outcome_tables.when(row), a=Num(low, "delta"),
        b=Num(high, "signed"),
    )  # fmt: skip


def _hit(found: HitView | None) -> Text:
    """The first number of each group that most readers ask for."""
    rows = () if found is None else tuple(outcome_tables.first_row(found, key) for key in TOLD)
    told = tuple(
        say("{w} {v} ({t})", w=Name(_plain(r.label), "series"),
            v=Num(outcome_tables.figure(r, "q50"), "signed"), t=outcome_tables.when(r))
        for r in rows
        if r is not None
    )  # fmt: skip
    if found is None or not told:
        return Text()
    title = found.title[:1] + found.title[1:].lower()
    line = say("{t}, median of paths: {x}.", t=Name(title, "scenario"), x=listed(told))
    lost = broken.of_hit(found)
    return line + say(" {l}.", l=lost) if lost else line


def _plain(label: str) -> str:
    """A row's label inside a sentence: the sign says that it is a change."""
    word = label.removesuffix(", change").removesuffix(", added")
    return word[:1].lower() + word[1:]
