"""The JSON form of verdicts, in the shape users' programs read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ustress.claims.verdict import Judgement, Number, Verdict


def to_json(verdicts: Iterable[Verdict], as_of: date, known_until: date) -> dict[str, Any]:
    """Verdicts as plain values: `as_of`, `known_until`, `claims`.

    `verdict` and its companions are as known on `as_of`; keys ending in `_today` are as known on
    `known_until`, the newest known-from date in the store.
    """
    return {
        "as_of": as_of.isoformat(),
        "known_until": known_until.isoformat(),
        "claims": [_claim(verdict) for verdict in verdicts],
    }


def _claim(verdict: Verdict) -> dict[str, Any]:
    then, today = verdict.then, verdict.today
    return {
        "number": verdict.number,
        "title": verdict.title,
        "text": verdict.text,
        "said_on": _day(verdict.said_on),
        "by": verdict.by,
        "verdict": then.outcome.value,
        "verdict_today": today.outcome.value,
        "because": then.because,
        "because_today": today.because,
        "numbers": [_number(number) for number in then.numbers],
        "numbers_today": [_number(number) for number in today.numbers],
        "parts": _parts(then),
        "parts_today": _parts(today),
        "rule": verdict.rule,
        "needs": list(then.needs),
        "needs_today": list(today.needs),
        "would_change": verdict.would_change,
        "note": verdict.note,
    }


def _number(number: Number) -> dict[str, Any]:
    return {
        "label": number.label,
        "value": number.value,
        "unit": number.unit,
        "day": _day(number.day),
        "known": _day(number.known),
        "source": number.source,
        "evidence": number.evidence.value,
        "claimed": number.claimed,
        "note": number.note,
    }


def _parts(judgement: Judgement) -> list[dict[str, str]]:
    return [
        {"label": label, "verdict": outcome.value, "because": because}
        for label, outcome, because in judgement.parts
    ]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
