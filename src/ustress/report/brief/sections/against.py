"""The other date of a brief that compares two: what changed, each as known then."""

from __future__ import annotations

from ustress.core.evidence import Evidence
from ustress.monitor.difference import MovedComposite
from ustress.report import changed, roles, two_dates
from ustress.report.brief.document import Block, Bullets, Grid, Section
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
        say("{p}: {w}.", p=Name(part), w=Name(why.rstrip("."))) for part, why in
        before.missing.items()
    )  # fmt: skip
    return (Section("against", title, lead, (*blocks, *((Bullets(gaps),) if gaps else ()))),)


def ten_year(before: Before) -> Figure | None:
    """The ten-year's change between the dates."""
    keys = roles.ROLES["ten_year"]
    for m in before.moved:
        if m.key in keys:
            unit = m.change_unit or m.unit
            return Figure(f"since.{m.key}.change", m.change, unit, reason="not known then")
    return None


def _composite(found: MovedComposite) -> Text:
    if found.change is None:
        return say("no change of composite stress can be told ({r}).", r=Name(found.reason))
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
