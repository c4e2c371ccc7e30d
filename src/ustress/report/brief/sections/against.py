"""The other date of a brief that compares two: what changed, each as known then."""

from __future__ import annotations

from dataclasses import replace

from ustress.core.evidence import Evidence
from ustress.monitor.difference import MovedComposite
from ustress.report import changed, roles, simulation_tables, spoken, tabular, two_dates
from ustress.report.brief.document import Answer, Block, Bullets, Grid, Section
from ustress.report.figures import Figure, Name, Num, Text, say
from ustress.report.views import Before, BriefContents
from ustress.report.wording import listed, moved


def sections(contents: BriefContents) -> tuple[Section, ...]:
    """The section where another date was asked for, else none."""
    before = contents.before
    if before is None:
        return ()
    title = "What changed between the two dates"
    lead = say(
        "From {a} to {b}: {c}", a=before.day, b=contents.as_of, c=_composite(before.composite)
    )
    blocks: tuple[Block, ...] = (
        Grid("since", changed.since(before.moved, before.day, contents.as_of), folded=True),
    )
    if before.scenarios and contents.scenarios:
        blocks = (
            Grid("two-dates", two_dates.simulated(contents, before)),
            Grid("two-openings", two_dates.opening(before, contents.opening), folded=True),
            *blocks,
        )
    gaps = tuple(
        say("{p}: {w}.", p=part, w=spoken.told(why.rstrip("."), f"against.missing.{part}"))
        for part, why in before.missing.items()
    )
    return (Section("against", title, lead, (*blocks, *((Bullets(gaps),) if gaps else ()))),)


def ten_year(before: Before) -> Figure | None:
    """The ten-year's change between the dates."""
    keys = roles.ROLES["ten_year"]
    for m in before.moved:
        if m.key in keys:
            unit = m.change_unit or m.unit
            return Figure(f"since.{m.key}.change", m.change, unit, reason="not known then")
    return None


def crossing(before: Before | None, level: float) -> Figure | None:
    """The amount that brought the Fed in on the other date."""
    found = () if before is None or before.breakpoint is None else before.breakpoint.crossings
    one = next((c for c in found if c.level == level and c.amount_usdbn is not None), None)
    if one is None:
        return None
    _, middle, _ = simulation_tables.crossing_figures(one)
    return replace(middle, id=f"{two_dates.PREFIX}.{middle.id}")


def answer(contents: BriefContents, before: Before) -> Answer | None:
    """What changed between the dates: then and now, instead of the week."""
    change, ten = ten_year(before), roles.reading(contents.snapshot, "ten_year")
    if change is None or change.missing or ten is None:
        return None
    then = next(m for m in before.moved if m.key in roles.ROLES["ten_year"])
    earlier = Figure(f"since.{then.key}.before", then.before, then.unit)
    unit = say(
        "ten-year yield from {a} to {b}: {x} then, {y} now",
        a=before.day, b=contents.as_of, x=earlier, y=tabular.reading_figure(ten),
    )  # fmt: skip
    points = (_composite(before.composite), *_chances(contents, before), *_holdings(before))
    return Answer("changed", "What changed?", Text((Num(change, "signed"),)), unit, points)


def _chances(contents: BriefContents, before: Before) -> tuple[Text, ...]:
    """With nothing sold: the chance that the Fed buys, then and now."""
    then, now = before.breakpoint, contents.breakpoint
    if then is None or now is None or then.amounts_usdbn[0] > 0 or now.amounts_usdbn[0] > 0:
        return ()
    a, b = (
        Figure(f"{prefix}breakpoint.a0.chance", float(v.chance[0]), "probability", v.evidence,
               error=float(v.error[0]), source="simulated")
        for prefix, v in ((f"{two_dates.PREFIX}.", then), ("", now))
    )  # fmt: skip
    return (say("chance that the Fed buys with nothing sold: {a} then, {b} now", a=a, b=b),)


def _holdings(before: Before) -> tuple[Text, ...]:
    told = []
    for m in before.moved:
        if m.key in roles.ROLES["china"] and m.new_observation:
            a, b = (Figure(f"since.{m.key}.{w}", v, m.unit)
                    for w, v in (("before", m.before), ("after", m.after)))  # fmt: skip
            told.append(say("China’s holdings: {a} then, {b} now", a=a, b=b))
    return tuple(told)


def _composite(found: MovedComposite) -> Text:
    if found.change is None:
        why = spoken.told(found.reason, "since.composite")
        return say("no change of composite stress can be told ({r}).", r=why)
    before, after = (
        Figure(f"{id_}composite", v, "index", Evidence.ESTIMATED)
        for id_, v in (("against.", found.before), ("", found.after))
    )
    change = Figure("since.composite.change", found.change, "index", Evidence.ESTIMATED)
    line = say(
        "composite stress {m}, from {a} to {b}", m=moved(change), a=before, b=after
    )  # fmt: skip
    largest = sorted(found.families.items(), key=lambda kv: -abs(kv[1]))[:3]
    told = tuple(
        say("{f} ({v})", f=Name(roles.family(family)),
            v=Num(Figure(f"since.family.{family}", v, "index", Evidence.ESTIMATED), "signed"))
        for family, v in largest
    )  # fmt: skip
    return line + say("; largest parts of it: {x}.", x=listed(told)) if told else line
