"""What purchases would do, and what they would cost: with less without, on the same shocks."""

from __future__ import annotations

from dataclasses import replace

from ustress.report import outcome_tables, simulation_tables
from ustress.report import purchase_tables as tables
from ustress.report.brief.document import Block, Bullets, Charts, Grid, Paragraph, Section
from ustress.report.charts import catalogue
from ustress.report.figures import Figure, Name, Num, Text, join, say, words
from ustress.report.views import BriefContents, Comparison, HitView, ScenarioView
from ustress.report.wording import fan_figure

KEY, TITLE = "purchases", "What purchases would do, and cost"
CHARTS = ("difference", "fed-purchases")


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    found = contents.purchases
    if found is None:
        why = contents.missing.get("purchases", "no scenario with purchases was run")
        return Section(KEY, TITLE, say("— {why}.", why=Name(why)), ())
    names = {s.key: s.title for s in contents.scenarios}
    first, second = (Name(names.get(k, k).lower()) for k in (found.first, found.second))
    caption = say("“{a}” less “{b}”, path by path on the same shocks", a=first, b=second)
    blocks: tuple[Block, ...] = (
        Charts(catalogue.declare(contents, CHARTS)),
        Grid("effects", tables.effects(found, caption)),
        Bullets((*_cost(contents, found), *_absent(contents))),
        *_hit(contents.purchases_hit),
        Paragraph(_NOTE, "note"),
    )
    return Section(KEY, TITLE, _lead(found, first, second), blocks)


def _hit(found: HitView | None) -> tuple[Block, ...]:
    """What purchases do to the Fed itself and to the markets they spill over to."""
    groups = () if found is None else found.groups
    own = (
        replace(g, rows=tuple(replace(r, id=f"purchases.{r.id}") for r in g.rows)) for g in groups
    )
    return tuple(Grid(f"purchases-{g.key}", outcome_tables.group(g), folded=True) for g in own)


_NOTE = words(
    "The difference is the purchases' own: both runs meet the same sales, shocks and parameters. "
    "It is no forecast that the Fed buys, and says nothing of what others would sell because it "
    "does."
)


def _lead(found: Comparison, first: Name, second: Name) -> Text:
    told = [
        _moved(found, key, word)
        for key, word in (("dislocation", "the dislocation"), ("ust.10y", "the ten-year"),
                          ("fed.reserves", "bank reserves"))
    ]  # fmt: skip
    head = say("Under “{a}”, against “{b}” on the median path: ", a=first, b=second)
    return head + join(tuple(t for t in told if t), "; ") + words(".")


def _moved(found: Comparison, key: str, what: str) -> Text:
    most, end = tables.largest(found, key), tables.at_end(found, key)
    if most is None or end is None:
        return Text()
    size, day = most
    return say(
        "{w} is changed by up to {m} (business day {d}) and by {e} at the end",
        w=what, m=Num(size, "signed"), d=day, e=Num(end, "signed"),
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
        t=Name(s.title), m=fan_figure(bought, 0.5, -1, s.key),
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
    return (say("not simulated, so not counted ({n}): {w}", n=lost, w=Name(why.split(":")[0])),)
