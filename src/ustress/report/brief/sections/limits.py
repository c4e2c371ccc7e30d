"""What this cannot say."""

from __future__ import annotations

from ustress.core.evidence import Evidence
from ustress.report import replay_tables, spoken
from ustress.report import validation_tables as tables
from ustress.report.brief.document import Bullets, Section
from ustress.report.brief.sections import broken
from ustress.report.figures import Figure, Name, Text, say, words
from ustress.report.views import BriefContents

# Standing limits: true on every date, because they follow from what the figures are.
_STANDING = (
    "Who sold: custody data count where securities are kept, not who owns them, and they are "
    "published weeks later.",
    "Why a price moved: a coincidence in the record is shown as a coincidence.",
    "What the Fed will do: its threshold is inferred from the few times it bought or did not, and "
    "is drawn from a range, never a point.",
    "How likely a scenario is: a scenario is a condition. Probabilities here are given the "
    "scenario, over shocks and parameters.",
)


def _measured(contents: BriefContents) -> tuple[Text, ...]:
    """Limits that have a size on this date: what failed, what was left out, what is a choice."""
    found = contents.validation
    missed = () if found is None else (tables.missed(found),)
    explained = (replay_tables.finding(one) for one in contents.replays)
    episodes = tuple(
        say("What moved yields in the past: {f}; nothing is allotted to make a sum fit.",
            f=_lower(text))
        for text in explained if any(True for _ in text.figures())
    )  # fmt: skip
    lost = broken.of_runs(contents.scenarios)
    hit = Text() if contents.hit is None else broken.of_hit(contents.hit)
    told = (*episodes, *missed, *lost, *((say("Who is hit: {h}.", h=hit),) if hit else ()))
    return (*told, *_assumed(contents))


def _lower(text: Text) -> Text:
    first = str(text.parts[0])
    return Text((first[:1].lower() + first[1:], *text.parts[1:]))


def _assumed(contents: BriefContents) -> tuple[Text, ...]:
    levels = [i.evidence for i in contents.opening] + [p.evidence for p in contents.parameters]
    if not levels:
        return ()
    assumed = Figure(
        "parameters.assumed", float(levels.count(Evidence.ASSUMED)), "count", Evidence.MEASURED
    )
    total = Figure("parameters.total", float(len(levels)), "count")
    return (
        say("What rests on choices: {a} of {n} inputs and parameters are assumed, and so is every "
            "size that a scenario imposes.", a=assumed, n=total),
    )  # fmt: skip


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    gaps = tuple(
        say("{part}: {why}.", part=Name(part, "word"),
            why=spoken.told(why.rstrip("."), f"missing.{part}"))
        for part, why in contents.missing.items()
    )  # fmt: skip
    own = tuple(spoken.told(item, f"limits.{i}") for i, item in enumerate(contents.limits))
    items = (*_measured(contents), *(words(item) for item in _STANDING), *own, *gaps)
    return Section("limits", "What this cannot say", Text(), (Bullets(items),))
