"""What is claimed and what holds: verdicts as known then and as known today."""

from __future__ import annotations

from datetime import date

from ustress.claims.verdict import Judgement, Outcome, Verdict
from ustress.core.evidence import Evidence
from ustress.report import spoken, tabular
from ustress.report.brief.document import Block, Bullets, Claim, Claims, Paragraph, Part, Section
from ustress.report.charts import claims as charts
from ustress.report.charts.base import Declared
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
        return Section("claims", title, spoken.gap(why, "claims"), ())
    today = contents.verdicts[0].today.as_of
    if all(v.said_on is not None and v.said_on > contents.as_of for v in contents.verdicts):
        return Section("claims", title, _later(contents.verdicts, today), (_titles(contents),))
    block: Block = judged(contents)
    note = words(
        "A verdict is computed from the record by the rule shown; none is written by hand. The "
        "left mark is what could be known on the date, the right one what is known today; where a "
        "rule asks for the newest figure, today's is a later month's, which its sentence names."
    )
    return Section("claims", title, _tally(contents.verdicts), (block, Paragraph(note, "note")))


def judged(contents: BriefContents) -> Claims:
    """Every claim with its two verdicts; also on dates before the claims were made."""
    today = contents.verdicts[0].today.as_of
    return Claims(tuple(_claim(v) for v in contents.verdicts), contents.as_of, today)


def in_short(contents: BriefContents) -> Text:
    """How the claims made by then fared, in one sentence."""
    made = tuple(v for v in contents.verdicts if v.said_on is None or v.said_on <= contents.as_of)
    total = Figure("claims.total", float(len(contents.verdicts)), "count")
    if not contents.verdicts:
        return Text()
    if not made:
        first = min(v.said_on for v in contents.verdicts if v.said_on is not None)
        return say("The {n} claims judged here were made later, on {d}.", n=total, d=first)
    found = [v.then.outcome for v in made]

    def of(outcome: Outcome) -> Figure:
        return Figure(f"claims.{outcome.value}", float(found.count(outcome)), "count")

    return say(
        "Of {n} claims about the market, {h} hold, {p} hold in part, {d} do not, and {c} cannot "
        "be checked from the record.",
        n=total, h=of(Outcome.HOLDS), p=of(Outcome.PARTLY), d=of(Outcome.DOES_NOT_HOLD),
        c=of(Outcome.CANNOT_BE_CHECKED),
    )  # fmt: skip


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
    line = say("Of {n} claims, judged on what was known then: {c}.", n=total, c=listed(counts))
    if verdicts[0].today.as_of <= verdicts[0].then.as_of:
        return line  # nothing became known since
    n = float(sum(v.then.outcome is not v.today.outcome for v in verdicts))
    changed = Figure("claims.changed", n, "count", Evidence.ESTIMATED)
    return line + say(" Later figures change {m}.", m=counted(changed, "verdict"))


def _later(verdicts: tuple[Verdict, ...], today: date) -> Text:
    """Claims made after the brief's date: nothing to judge yet."""
    total = Figure("claims.total", float(len(verdicts)), "count", Evidence.ESTIMATED)
    made = min(v.said_on for v in verdicts if v.said_on is not None)
    return say(
        "The {n} claims judged here were made on {m}, after this date; below is what the record "
        "says of them as known on {t}.",
        n=total, m=made, t=today,
    )  # fmt: skip


def _titles(contents: BriefContents) -> Bullets:
    """Each claim's title with its verdict of today."""
    lines = tuple(
        say("{n} {t}: {v}", n=Name(str(v.number), "claim"), t=Name(v.title, "claim"),
            v=v.today.outcome.words)
        for v in contents.verdicts
    )  # fmt: skip
    return Bullets(lines, "The claims and their verdicts today")


def _count(verdicts: tuple[Verdict, ...], outcome: Outcome) -> Figure:
    n = sum(v.then.outcome is outcome for v in verdicts)
    return Figure(f"claims.count.{outcome.value}", float(n), "count", Evidence.ESTIMATED)


def _claim(verdict: Verdict) -> Claim:
    chart = None if verdict.trace is None else charts.declare(verdict)
    then, today = (
        tabular.cited(j, verdict.number, when)
        for j, when in ((verdict.then, "then"), (verdict.today, "today"))
    )
    differs = _differs(verdict)
    return Claim(
        number=verdict.number,
        title=verdict.title,
        then=verdict.then.outcome.value,
        today=verdict.today.outcome.value,
        then_words=verdict.then.outcome.words,
        today_words=verdict.today.outcome.words,
        because=_said(verdict.then.because, verdict.number, "then", then),
        because_today=_said(verdict.today.because, verdict.number, "today", today)
        if differs
        else Text(),
        text=verdict.text,
        rule=verdict.rule,
        details=_tables(verdict, drawn=isinstance(chart, Declared)),
        needs=tuple(
            spoken.told(need, f"claims.{verdict.number}.needs.{i}")
            for i, need in enumerate(verdict.then.needs)
        ),
        parts=_parts(verdict.then, verdict.number, "then", then),
        parts_today=_parts(verdict.today, verdict.number, "today", today) if differs else (),
        chart=chart,
    )


def _parts(
    judgement: Judgement, claim: int, when: str, known: tuple[Figure, ...]
) -> tuple[Part, ...]:
    """The statements of a claim that makes several."""
    if len(judgement.parts) < 2:
        return ()
    return tuple(
        Part(name, outcome.value, outcome.words, _said(why, claim, f"{when}.{i}", known))
        for i, (name, outcome, why) in enumerate(judgement.parts)
    )


def _said(why: str, claim: int, when: str, known: tuple[Figure, ...]) -> Text:
    """Why a verdict is as it is, every number the figure it rests on or one of its own."""
    sources = tuple(dict.fromkeys(f.source for f in known if f.source))
    days = [f.day for f in known if f.day is not None]
    return spoken.told(
        why, f"claims.{claim}.said.{when}", known, Evidence.ESTIMATED, max(days, default=None),
        "; ".join(sources) or "ustress, from the record by the rule shown",
    )  # fmt: skip


def _differs(verdict: Verdict) -> bool:
    return (verdict.then.because, verdict.then.outcome) != (
        verdict.today.because,
        verdict.today.outcome,
    )


def _tables(verdict: Verdict, *, drawn: bool) -> tuple[Table, ...]:
    """The numbers behind a verdict, each table once: a chart has those of then among its own."""
    then, today = verdict.then, verdict.today
    first = () if drawn or not then.numbers else (tabular.numbers_of(then, verdict.number, "then"),)
    if not today.numbers or today.numbers == then.numbers:
        return first
    return (*first, tabular.numbers_of(today, verdict.number, "today"))
