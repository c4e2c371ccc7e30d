"""What is claimed and what holds: verdicts as known then and as known today."""

from __future__ import annotations

from ustress.claims.verdict import Judgement, Outcome, Verdict
from ustress.core.evidence import Evidence
from ustress.report import tabular
from ustress.report.brief.document import Block, Claim, Claims, Paragraph, Part, Section
from ustress.report.charts import claims as charts
from ustress.report.charts.verdicts import verb
from ustress.report.figures import Figure, Name, Text, say, words
from ustress.report.tables import Table
from ustress.report.views import BriefContents
from ustress.report.wording import counted, listed


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    title = "What is claimed, and what holds"
    if not contents.verdicts:
        why = contents.missing.get("claims", "no claims were judged")
        return Section("claims", title, say("— {why}.", why=Name(why)), ())
    today = contents.verdicts[0].today.as_of
    block: Block = Claims(tuple(_claim(v) for v in contents.verdicts), contents.as_of, today)
    note = words(
        "A verdict is computed from the record by the rule shown; none is written by hand. The "
        "left mark is what could be known on the date, the right one what is known today."
    )
    return Section("claims", title, _tally(contents.verdicts), (block, Paragraph(note, "note")))


def _tally(verdicts: tuple[Verdict, ...]) -> Text:
    counts = tuple(
        say(
            "{n} {w}",
            n=_count(verdicts, outcome),
            w=verb(outcome, int(_count(verdicts, outcome).value or 0)),
        )
        for outcome in Outcome
        if any(v.then.outcome is outcome for v in verdicts)
    )
    total = Figure("claims.total", float(len(verdicts)), "count", Evidence.ESTIMATED)
    changed = Figure(
        "claims.changed",
        float(sum(v.then.outcome is not v.today.outcome for v in verdicts)),
        "count",
        Evidence.ESTIMATED,
    )
    return say(
        "Of {n} claims, judged on what was known then: {c}. Later figures change {m}.",
        n=total, c=listed(counts), m=counted(changed, "verdict"),
    )  # fmt: skip


def _count(verdicts: tuple[Verdict, ...], outcome: Outcome) -> Figure:
    n = sum(v.then.outcome is outcome for v in verdicts)
    return Figure(f"claims.count.{outcome.value}", float(n), "count", Evidence.ESTIMATED)


def _claim(verdict: Verdict) -> Claim:
    return Claim(
        number=verdict.number,
        title=verdict.title,
        then=verdict.then.outcome.value,
        today=verdict.today.outcome.value,
        then_words=verdict.then.outcome.words,
        today_words=verdict.today.outcome.words,
        because=_because(verdict.then),
        because_today=_because(verdict.today) if _differs(verdict) else Text(),
        text=verdict.text,
        rule=verdict.rule,
        details=_tables(verdict),
        needs=verdict.then.needs,
        parts=_parts(verdict.then),
        parts_today=_parts(verdict.today) if _differs(verdict) else (),
        chart=None if verdict.trace is None else charts.declare(verdict),
    )


def _parts(judgement: Judgement) -> tuple[Part, ...]:
    """The statements of a claim that makes several."""
    if len(judgement.parts) < 2:
        return ()
    return tuple(Part(name, o.value, o.words, why) for name, o, why in judgement.parts)


def _differs(verdict: Verdict) -> bool:
    return (verdict.then.because, verdict.then.outcome) != (
        verdict.today.because,
        verdict.today.outcome,
    )


def _because(judgement: Judgement) -> Text:
    return Text((Name(judgement.because),)) if judgement.because else Text()


def _tables(verdict: Verdict) -> tuple[Table, ...]:
    pairs = (("then", verdict.then), ("today", verdict.today))
    return tuple(
        tabular.numbers_of(judged, verdict.number, when) for when, judged in pairs if judged.numbers
    )
