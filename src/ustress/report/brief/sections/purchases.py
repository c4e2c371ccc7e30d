"""What purchases would do, and what they would cost: with less without, on the same shocks."""

from __future__ import annotations

from dataclasses import replace

from ustress.report import outcome_tables, simulation_tables, spoken
from ustress.report import purchase_tables as tables
from ustress.report.brief.document import Block, Bullets, Charts, Grid, Paragraph, Section
from ustress.report.brief.sections import broken
from ustress.report.brief.sections.hit import first_rows
from ustress.report.charts import catalogue
from ustress.report.figures import Figure, Name, Num, Text, join, say, words
from ustress.report.views import BriefContents, Comparison, HitView, ScenarioView
from ustress.report.wording import fan_figure, listed

KEY, TITLE = "purchases", "What purchases would do, and cost"
CHARTS = ("difference", "fed-purchases")


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    found = contents.purchases
    if found is None:
        why = contents.missing.get("purchases", "no scenario with purchases was run")
        return Section(KEY, TITLE, spoken.gap(why, KEY), ())
    names = {s.key: s.title for s in contents.scenarios}
    first, second = (Name(names.get(k, k).lower(), "scenario") for k in (found.first, found.second))
    caption = say("“{a}” less “{b}”, path by path on the same shocks", a=first, b=second)
    blocks: tuple[Block, ...] = (
        Charts(catalogue.declare(contents, CHARTS)),
        Grid("effects", tables.effects(found, caption)),
        Bullets(
            (
                *_later(found),
                *_cost(contents, found),
                *_budget(contents),
                *_lost(found),
                *_absent(contents),
            )
        ),
        *_hit(contents.purchases_hit),
        Paragraph(_NOTE, "note"),
    )
    return Section(KEY, TITLE, _lead(found, first, second), blocks)


def _hit(found: HitView | None) -> tuple[Block, ...]:
    """What purchases do to the budget, to the Fed itself and to markets they spill over to."""
    if found is None:
        return ()
    own = outcome_tables.under(found, KEY)
    table = replace(first_rows(own), caption=words("Who is hit by purchases alone"))
    return (Grid("purchases-hit", table, folded=True),)


_NOTE = words(
    "The difference is the purchases' own: both runs meet the same sales, shocks and parameters. "
    "It is no forecast that the Fed buys, and says nothing of what others would sell because it "
    "does."
)


def _later(found: Comparison) -> tuple[Text, ...]:
    """Functioning after the purchases have ended, where it is worse with them than without."""
    turned, end = tables.turn(found, "dysfunction"), tables.at_end(found, "dysfunction")
    if turned is None or end is None or not (end.value or 0.0) > 0.0:
        return ()
    day, _ = turned
    low, high = (tables.at_end(found, "dysfunction", q) for q in (0.05, 0.95))
    if low is None or high is None:
        return ()
    line = say(
        "functioning is worse with purchases than without from business day {d} on: dysfunction "
        "{e} at the end, nine tenths from {a} to {b}",
        d=day, e=Num(end, "delta"), a=Num(low, "delta"), b=Num(high, "delta"),
    )  # fmt: skip
    back = tables.given_back(found)
    if back is None or not (back.value or 0.0) > 0.0:
        return (line,)
    return (
        line + say(
            "; what was bought runs off, and the market has to take {m} of it back within the "
            "horizon, while without purchases slow capital has absorbed the sale by then. Held "
            "instead, it would not be so",
            m=back,
        ),
    )  # fmt: skip


def _budget(contents: BriefContents) -> tuple[Text, ...]:
    """The purchases' own effect on federal interest, and why the scenarios rank as they do."""
    hit = contents.purchases_hit
    found = None if hit is None else outcome_tables.under(hit, KEY)
    row = None if found is None else outcome_tables.first_row(found, "budget")
    if found is None or row is None or found.against is None:
        return ()
    names = {s.key: s.title for s in contents.scenarios}
    low, middle, high = (outcome_tables.figure(row, q) for q in ("q5", "q50", "q95"))
    line = say(
        "federal interest, {w}: {m} on the median path against “{s}”, which meets the same sales; "
        "mean {e}, nine tenths from {a} to {b}",
        w=outcome_tables.when(row), m=Num(middle, "signed"),
        s=Name(names.get(found.against, found.against).lower(), "scenario"),
        e=Num(outcome_tables.figure(row), "about"), a=Num(low, "delta"), b=Num(high, "signed"),
    )  # fmt: skip
    return (line, *_order(contents))


def _order(contents: BriefContents) -> tuple[Text, ...]:
    """Extra interest ranks as the ten-year at the path's end does: it is held from then on."""
    outcomes = contents.outcomes
    paths = () if outcomes is None else outcomes.interest_usdbn
    ends = {s.key: s.fans["ust.10y"] for s in contents.scenarios if "ust.10y" in s.fans}
    ranked = sorted(
        (p for p in paths if p.scenario in ends and p.median), key=lambda p: -p.median[-1]
    )
    if outcomes is None or len(ranked) < 2:
        return ()
    last = [float(ends[p.scenario].median[-1]) for p in ranked]
    if last != sorted(last, reverse=True):
        return ()
    names = {s.key: s.title for s in contents.scenarios}
    told = tuple(
        say("{s} {y}", s=Name(names[p.scenario].lower(), "scenario"),
            y=fan_figure(ends[p.scenario], 0.5, -1, p.scenario))
        for p in ranked
    )  # fmt: skip
    against = names.get(outcomes.interest_against, outcomes.interest_against).lower()
    return (
        say("against “{b}”, in which nobody sells, interest ranks as the median ten-year at the "
            "path's end does, because that yield is held from then on: {x}",
            b=Name(against, "scenario"), x=listed(told)),
    )  # fmt: skip


def _lost(found: Comparison) -> tuple[Text, ...]:
    line = broken.of_difference(
        found, "ust.10y", "the median difference of the ten-year at the end"
    )
    return (line,) if line else ()


def _lead(found: Comparison, first: Name, second: Name) -> Text:
    told = [
        _moved(found, key, word)
        for key, word in (("ust.10y", "the ten-year is"), ("dislocation", "the dislocation"),
                          ("fed.reserves", "bank reserves are"))
    ]  # fmt: skip
    head = say("Under “{a}”, against “{b}”, on the median path ", a=first, b=second)
    return head + join(tuple(t for t in told if t), "; ") + words(".")


def _moved(found: Comparison, key: str, what: str) -> Text:
    most, end = tables.largest(found, key), tables.at_end(found, key)
    if most is None or end is None:
        return Text()
    size, day = most
    return say(
        "{w} {m} {v} at most (business day {d}), {e} at the end",
        w=what, m=Num(size, "size"), v="lower" if (size.value or 0.0) < 0 else "higher", d=day,
        e=Num(end, "signed"),
    )  # fmt: skip


def _cost(contents: BriefContents, found: Comparison) -> tuple[Text, ...]:
    """Size, carry and what was still held: the bill."""
    told = []
    for s in contents.scenarios:
        bought = s.fans.get("fed.bought")
        if s.key == found.second or bought is None or not float(bought.bands[0.95][-1]):
            continue
        told.append(_bill(s))
    carry = tables.at_end(found, "fed.carry")
    if carry is not None:
        low, high = (tables.at_end(found, "fed.carry", q) for q in (0.05, 0.95))
        if low is not None and high is not None:
            told.append(
                say("carry on what was bought (interest on reserves less yield at purchase): {m} "
                    "on the median path, nine tenths from {a} to {b}", m=carry, a=low, b=high)
            )  # fmt: skip
    return tuple(told)


def _bill(s: ScenarioView) -> Text:
    bought, held = s.fans["fed.bought"], s.fans.get("fed.purchases")
    line = say(
        "{t}: {m} bought on the median path, nine tenths from {a} to {b}",
        t=Name(s.title, "scenario"), m=fan_figure(bought, 0.5, -1, s.key),
        a=Num(fan_figure(bought, 0.05, -1, s.key), "bare"), b=fan_figure(bought, 0.95, -1, s.key),
    )  # fmt: skip
    if held is not None:
        line = line + say(", {h} still held at the end", h=fan_figure(held, 0.5, -1, s.key))
    chance = s.chances.get("purchases")
    if chance is None:
        return line
    return line + say(" (chance of any: {p})", p=simulation_tables.chance_figure(s.key, chance))


def _absent(contents: BriefContents) -> tuple[Text, ...]:
    why = contents.missing.get("effects of purchases on")
    if not why:
        return ()
    lost = Figure("purchases.absent", float(why.count(",") + 1), "count")
    return (
        say(
            "not simulated, so not counted ({n}): {w}", n=lost, w=Name(why.split(":")[0], "series")
        ),
    )
