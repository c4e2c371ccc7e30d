"""Judging claims: each part under its rule, the parts together, then and today side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ustress.claims.bench import NOTHING_ELSE, Aids, Bench, Finding, UnjudgeableError
from ustress.claims.language import Claim, Part
from ustress.claims.spoken import quoted, show_day
from ustress.claims.tracing import trace
from ustress.claims.verdict import Judgement, Number, Outcome, Verdict
from ustress.core.errors import BadInputError
from ustress.core.marked import Sentence, plain
from ustress.core.panel import Panel

_JOINT_WORDS = {
    "all": "holds if every part holds, does not hold if none does, partly otherwise",
    "any": "holds if any part holds, does not hold if every part is checked and none holds",
}


def judge(
    claims: Iterable[Claim], then: Panel, today: Panel, aids: Aids = NOTHING_ELSE
) -> tuple[Verdict, ...]:
    """Every claim judged on the figures known then, and again on those known today.

    Statements about the mechanism are judged by the simulator among `aids`, which opens on the
    day of the statement both times; without one they cannot be checked.

    Raises:
        BadInputError: naming file, line and part, if a rule names a series the catalogue does not
            have or a unit that does not fit it.
    """
    listed = tuple(claims)
    names = {name for claim in listed for part in claim.parts for name in part.rule.series_named()}
    for claim in listed:
        _check(claim, then)
    then.preload(names)
    today.preload(names)
    return tuple(_verdict(claim, then, today, aids) for claim in listed)


def judge_one(claim: Claim, panel: Panel, aids: Aids = NOTHING_ELSE) -> Judgement:
    """One claim judged on one panel; a claim not made by the panel's date cannot be checked."""
    if panel.as_of < claim.said_on:
        return _not_yet_said(claim, panel)
    bench = Bench(panel, claim.said_on, aids)
    found = tuple((part, _find(part, bench)) for part in claim.parts)
    counted = [finding.outcome for part, finding in found if part.rule.counts]
    parts = tuple(
        (_label(part), finding.outcome, Sentence(finding.because)) for part, finding in found
    )
    numbers = (_settled(number) for _, finding in found for number in finding.numbers)
    return Judgement(
        panel.as_of,
        combine(counted, claim.joint),
        _because(parts),
        tuple(dict.fromkeys(numbers)),
        parts,
        tuple(dict.fromkeys(Sentence(need) for _, finding in found for need in finding.needs)),
    )


def _settled(number: Number) -> Number:
    """The number with label and note as they are read."""
    return replace(number, label=Sentence(number.label), note=Sentence(number.note))


def combine(outcomes: Iterable[Outcome], joint: str) -> Outcome:
    """The outcome of a joint statement.

    `all`: every part holds -> holds; none holds, not even partly -> does not hold (a part that
    cannot be checked cannot save a joint statement of which another part fails); no part could be
    checked -> cannot be checked; otherwise partly. `any`: one holds -> holds; else one partly ->
    partly; else one cannot be checked -> cannot be checked; else does not hold.
    """
    kinds = set(outcomes)
    if len(kinds) == 1:
        return kinds.pop()
    if joint == "any":
        order = (Outcome.HOLDS, Outcome.PARTLY, Outcome.CANNOT_BE_CHECKED, Outcome.DOES_NOT_HOLD)
        return next((kind for kind in order if kind in kinds), Outcome.CANNOT_BE_CHECKED)
    if kinds & {Outcome.HOLDS, Outcome.PARTLY}:
        return Outcome.PARTLY
    return Outcome.DOES_NOT_HOLD if kinds else Outcome.CANNOT_BE_CHECKED


def _verdict(claim: Claim, then: Panel, today: Panel, aids: Aids) -> Verdict:
    first, second = (judge_one(claim, panel, aids) for panel in (then, today))
    return Verdict(
        claim.number, claim.title, claim.text, _rule_words(claim), first, second,
        _would_change(claim, then, aids), claim.said_on, claim.note, claim.by,
        trace(claim, first, then),
    )  # fmt: skip


def _check(claim: Claim, panel: Panel) -> None:
    for part in claim.parts:
        try:
            part.rule.check(panel.infos)
        except BadInputError as error:
            raise BadInputError(f"{part.place}: {error}") from None


def _find(part: Part, bench: Bench) -> Finding:
    try:
        return part.rule.judge(bench)
    except UnjudgeableError as missing:
        return Finding(
            Outcome.CANNOT_BE_CHECKED, missing.reason, missing.numbers, missing.needs,
            "; ".join(missing.needs),
        )  # fmt: skip
    except BadInputError as error:
        raise BadInputError(f"{part.place}: {error}") from None


def _label(part: Part) -> str:
    return part.rule.label if part.rule.counts else f"{part.rule.label} (beside, does not decide)"


def _because(parts: tuple[tuple[str, Outcome, Sentence], ...]) -> Sentence:
    if len(parts) == 1:
        return Sentence(f"{parts[0][2].marked}.")
    told = (f"{quoted(label)}: {o.words} ({why.marked})." for label, o, why in parts)
    return Sentence(" ".join(told))


def _rule_words(claim: Claim) -> str:
    texts = [f"{_label(part)}: {plain(part.rule.words())}" for part in claim.parts]
    if len(texts) == 1:
        return f"{plain(claim.parts[0].rule.words())}."
    return f"{'. '.join(texts)}. The claim {_JOINT_WORDS[claim.joint]}."


def _would_change(claim: Claim, panel: Panel, aids: Aids) -> str:
    """What another record would have to show for each deciding part to be judged otherwise."""
    if panel.as_of < claim.said_on:
        return plain(f"figures known on {show_day(claim.said_on)} or later")
    bench = Bench(panel, claim.said_on, aids)
    texts = [
        (part.rule.label, plain(_find(part, bench).would_change))
        for part in claim.parts
        if part.rule.counts
    ]
    told = [(label, text) for label, text in texts if text]
    return told[0][1] if len(told) == 1 else "; ".join(f"{a}: {b}" for a, b in told)


def _not_yet_said(claim: Claim, panel: Panel) -> Judgement:
    said, as_of = show_day(claim.said_on), show_day(panel.as_of)
    why = f"it was said on {said}; on {as_of} neither it nor the figures it speaks of were there"
    need = (f"figures known on {said} or later",)
    because, needs = Sentence(f"{why}."), tuple(Sentence(n) for n in need)
    return Judgement(panel.as_of, Outcome.CANNOT_BE_CHECKED, because, (), (), needs)
