"""The point of no return by pace, and the chance that the Fed buys by amount."""

from __future__ import annotations

from ustress.report import simulation_tables, spoken
from ustress.report.brief.document import Block, Bullets, Charts, Grid, Paragraph, Section
from ustress.report.by_pace import PaceView
from ustress.report.charts import catalogue
from ustress.report.figures import Figure, Num, Text, join, say, words
from ustress.report.frontier_table import amount, frontier
from ustress.report.simulation_tables import days
from ustress.report.views import BreakpointView, BriefContents

KEY, TITLE = "breakpoint", "The point of no return"


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    found = contents.breakpoint
    if found is None:
        why = contents.missing.get("breakpoint", "the breaking point was not computed")
        return Section(KEY, TITLE, spoken.gap(why, KEY), ())
    pace = found.by_pace
    charts = ("frontier", "breakpoint") if pace is not None else ("breakpoint",)
    falling = () if pace is None else _falling(pace)
    blocks: tuple[Block, ...] = (
        Charts(catalogue.declare(contents, charts[:1])),
        *(() if pace is None else (Grid("frontier", frontier(pace), printed=True),)),
        *(Paragraph(one) for one in falling),
        *((Charts(catalogue.declare(contents, charts[1:])),) if charts[1:] else ()),
        Bullets(simulation_tables.breakpoint_(found).notes),
        *(Paragraph(one, "note") for one in _rules(found)),
    )
    return Section(KEY, TITLE, _lead(found), blocks)


def _lead(found: BreakpointView) -> Text:
    """Two questions: whether the market returns without purchases, and whether the Fed buys."""
    buys = say(
        "the chance that the Fed buys by its own rule within {w} business days, when the amount is "
        "sold over {d}",
        w=days("breakpoint.within_days", found.within_days),
        d=days("breakpoint.sale_days", found.sale_days),
    )  # fmt: skip
    shared = words(
        "Foreigners sell evenly, in proportion to what they hold; chances are over shocks, "
        "parameters and the Fed's uncertain threshold."
    )
    if found.by_pace is None:
        return join((say("Shown is {b}.", b=buys), shared))
    level = Figure("frontier.level", found.by_pace.level, "probability")
    return join((
        say(
            "Two curves. The first, by pace: what must be sold for a chance of {p} that the market "
            "does not return by itself, purchases off. The second, by amount: {b}.",
            p=level, b=buys,
        ),
        shared,
    ))  # fmt: skip


def _falling(found: PaceView) -> tuple[Text, ...]:
    """Why a longer sale can need less: from the pace on at which the amount stops rising."""
    known = [p for p in found.points if p.amount_usdbn is not None]
    most = max(known, key=lambda p: p.amount_usdbn or 0.0, default=None)
    if most is None or most is known[-1]:
        return ()
    last = known[-1]
    line = say(
        "The amount stops rising after {d} business days ({m}; {n} over {e}): a longer sale is "
        "easier to absorb, but the days on which the market can break by ordinary shocks count "
        "too, and there are more of them",
        d=days(f"frontier.d{most.business_days}.days", most.business_days),
        m=Num(amount(most), "about"), n=Num(amount(last), "about"),
        e=days(f"frontier.d{last.business_days}.days", last.business_days),
    )  # fmt: skip
    if last.already_share <= 0.0:
        return (line + say("."),)
    none = Figure(
        f"frontier.d{last.business_days}.none", last.already_share, "probability",
        source="simulated",
    )  # fmt: skip
    return (
        line
        + say("; in {p} of the parameter draws the chance is there with nothing sold.", p=none),
    )


def _rules(found: BreakpointView) -> tuple[Text, ...]:
    told = (("Fed buys", found.rule), ("Past return, second curve's table", found.no_return_rule))
    return tuple(
        say("{w}: {r}.", w=what, r=spoken.told(rule.rstrip("."), f"breakpoint.rule.{i}"))
        for i, (what, rule) in enumerate(told)
        if rule
    )
