"""Sentences whose numbers stay numbers: marks inside a text say what each of them is.

A rule composes its sentence from words, numbers, days and names; whoever shows the sentence must
be able to tell them apart again. A mark is `BEGIN kind payload SPLIT shown END`, of characters for
private use that no text contains (`plain` takes strangers' away), so that marked texts can be
joined, formatted and put into other sentences like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ustress.core.dates import show_day
from ustress.core.units import ordinal, show, show_probability

_BEGIN, _SPLIT, _END = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(
    f"{_BEGIN}([^{_BEGIN}{_SPLIT}{_END}]*){_SPLIT}([^{_BEGIN}{_SPLIT}{_END}]*){_END}"
)
_STRAY = re.compile(f"[{_BEGIN}{_SPLIT}{_END}]")


@dataclass(frozen=True, slots=True)
class MarkedNumber:
    """A number of a sentence: `form` is `unit`, `bare`, `signed` or `rank`; `error` of chances."""

    value: float
    unit: str
    form: str
    shown: str
    error: float | None = None


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A day of a sentence, or the period that holds it (`shown` says which)."""

    day: date
    shown: str


@dataclass(frozen=True, slots=True)
class MarkedName:
    """A name that may contain digits: a series, a source, a claim's own words."""

    words: str
    kind: str


Part = str | MarkedNumber | MarkedDay | MarkedName


def number(value: float | None, unit: str, form: str = "unit") -> str:
    """A value in its unit, as `core.units.show` has it."""
    if value is None or value != value:
        return show(value, unit)
    shown = show(value, unit, signed=True if form == "signed" else None, bare=form == "bare")
    return _mark(f"number|{float(value)!r}|{unit}|{form}|", shown)


def count(n: float) -> str:
    """A whole number without a unit."""
    return number(n, "count")


def rank(n: int) -> str:
    """`3rd`."""
    return _mark(f"number|{float(n)!r}|count|rank|", ordinal(n))


def chance(p: float, error: float | None = None) -> str:
    """A probability in per cent, with its error where it has one."""
    told = "" if error is None else repr(float(error))
    return _mark(f"number|{float(p)!r}|probability|unit|{told}", show_probability(p, error))


def day(when: date, shown: str = "") -> str:
    """A day, or the period that holds it as `shown`."""
    return _mark(f"day|{when.isoformat()}", shown or show_day(when))


def name(words: str, kind: str) -> str:
    """A name that may contain digits."""
    return _mark(f"name|{kind}", words)


def plain(text: str) -> str:
    """The text as it is read, without marks."""
    return _STRAY.sub("", _MARK.sub(r"\2", text))


def parts(text: str) -> tuple[Part, ...]:
    """Words, numbers, days and names in order."""
    out: list[Part] = []
    at = 0
    for found in _MARK.finditer(text):
        out += [_STRAY.sub("", text[at : found.start()]), _part(found[1], found[2])]
        at = found.end()
    return tuple(p for p in (*out, _STRAY.sub("", text[at:])) if p != "")


class Sentence(str):
    """A sentence as it is read, which also knows the text with its marks."""

    marked: str

    def __new__(cls, marked: str) -> Sentence:
        """The sentence of a marked text."""
        made = super().__new__(cls, plain(marked))
        made.marked = marked
        return made

    def __reduce__(self) -> tuple[type[Sentence], tuple[str]]:
        """Copies keep the marks."""
        return (Sentence, (self.marked,))


def marked(text: str) -> str:
    """The text with its marks, where it has any."""
    return text.marked if isinstance(text, Sentence) else text


def _mark(payload: str, shown: str) -> str:
    return f"{_BEGIN}{payload}{_SPLIT}{_STRAY.sub('', shown)}{_END}"


def _part(payload: str, shown: str) -> Part:
    kind, *rest = payload.split("|")
    try:
        if kind == "number":
            value, unit, form, error = rest
            return MarkedNumber(float(value), unit, form, shown, float(error) if error else None)
        if kind == "day":
            return MarkedDay(date.fromisoformat(rest[0]), shown)
        return MarkedName(shown, rest[0])
    except (ValueError, IndexError):  # a stranger's characters, not ours
        return shown
