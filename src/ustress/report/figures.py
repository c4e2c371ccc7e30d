"""Numbers in text: every one carries the id of its figure, whatever it is written into.

A sentence is a `Text`: words and `Num`, `Day`, `Name` parts. The same `Text` becomes HTML (each
number a `<data data-figure=...>`), Markdown, a chart's title or a line in the terminal, so that a
figure is worded once and can be traced from everywhere.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import floor, log10
from string import Formatter
from typing import Literal

from ustress.core.dates import show_day
from ustress.core.evidence import Evidence
from ustress.core.units import MISSING, ordinal, show, show_probability, unit

Form = Literal["unit", "bare", "size", "signed", "delta", "plain", "about", "exact", "rank"]
Kind = Literal[
    "title", "series", "scenario", "parameter", "source", "claim", "rule", "word", "head", "made"
]
"""What a name may be of: what is printed elsewhere as it stands, never a sentence computed here."""
_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report. `id` is stable: the same place has the same id on every date.

    `unit` is a key of `core.units`; probabilities are in [0, 1] with their Monte Carlo `error`.
    """

    id: str
    value: float | None
    unit: str
    evidence: Evidence = Evidence.MEASURED
    day: date | None = None
    known: date | None = None
    source: str = ""
    error: float | None = None
    reason: str = ""

    @property
    def missing(self) -> bool:
        """Whether there is no number."""
        return self.value is None or self.value != self.value


@dataclass(frozen=True, slots=True)
class Num:
    """A figure as it is written at one place.

    `unit` with its unit; `bare` without; `size` its size with the unit; `signed` with sign and
    unit; `delta` with sign alone; `plain` neither sign nor unit, as errors are written; `about`
    rounded to what its error allows and followed by it; `exact` with all digits of a parameter and
    no unit; `rank` as an ordinal.
    """

    figure: Figure
    form: Form = "unit"

    def __str__(self) -> str:
        return _shown(self.figure, self.form)

    def __html__(self) -> str:
        f = self.figure
        said = html.escape(str(self))
        if f.missing:
            reason = html.escape(f.reason or "not available")
            return (
                f'<data data-figure="{html.escape(f.id)}" value="" class="missing" '
                f'title="{reason}">{said}<span class="unseen"> ({reason})</span></data>'
            )
        return f'<data data-figure="{html.escape(f.id)}" value="{f.value!r}">{said}</data>'


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written in text: 11 Apr 2025 for readers, ISO for machines.

    `shown` is a period as a sentence has it (January 2025, Q4 2024) where the day stands for one.
    """

    day: date | None
    reason: str = ""
    shown: str = ""

    def __str__(self) -> str:
        said = MISSING if self.day is None else self.shown or show_day(self.day)
        return said.replace(" ", _NBSP)

    def __html__(self) -> str:
        if self.day is None:
            return f'<span class="missing" title="{html.escape(self.reason)}">{MISSING}</span>'
        return f'<time datetime="{self._machine}">{self}</time>'

    @property
    def _machine(self) -> str:
        """The day, or as much of it as the period has."""
        said = "" if self.day is None else self.day.isoformat()
        return said if not self.shown else said[:4] if self.shown.isdigit() else said[:7]


@dataclass(frozen=True, slots=True)
class Name:
    """A name or a quotation that may contain digits which are no figure: a title, a rule.

    `kind` says of what; a sentence that was computed is no name (`ustress.report.spoken`).
    """

    words: str
    kind: Kind = "title"

    def __str__(self) -> str:
        return self.words

    def __html__(self) -> str:
        return f'<span data-name="{self.kind}">{html.escape(self.words)}</span>'


Part = str | Num | Day | Name


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence: words and marked numbers, dates and names."""

    parts: tuple[Part, ...] = ()

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)

    def __html__(self) -> str:
        return "".join(
            html.escape(part, quote=False) if isinstance(part, str) else part.__html__()
            for part in self.parts
        )

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __add__(self, other: Text) -> Text:
        return Text((*self.parts, *other.parts))

    def figures(self) -> Iterator[Figure]:
        """The figures it mentions, in order."""
        return (part.figure for part in self.parts if isinstance(part, Num))


def say(template: str, **parts: Part | Text | Figure | date) -> Text:
    """A sentence from a template with named places.

    Args:
        template: words with `{name}` where a part belongs, as in `str.format`.
        **parts: figures (shown with their unit), `Num`s, dates, names, texts or plain words.

    Raises:
        KeyError: if a place has no part.
    """
    out: list[Part] = []
    for words, place, _, _ in Formatter().parse(template):
        if words:
            out.append(words)
        if place is not None:
            out.extend(_as_parts(parts[place]))
    return Text(tuple(out))


def join(texts: tuple[Text, ...], between: str = " ") -> Text:
    """Several texts as one."""
    out: list[Part] = []
    for i, text in enumerate(t for t in texts if t):
        out.extend(([between] if i else []) + list(text.parts))
    return Text(tuple(out))


def words(text: str) -> Text:
    """Plain words without figures, dates or digits."""
    return Text((text,)) if text else Text()


def _as_parts(part: Part | Text | Figure | date) -> tuple[Part, ...]:
    if isinstance(part, Text):
        return part.parts
    if isinstance(part, Figure):
        return (Num(part),)
    return (Day(part),) if isinstance(part, date) else (part,)


def _shown(figure: Figure, form: Form) -> str:
    if figure.missing or figure.value is None:
        return MISSING
    if form == "exact":
        return f"{figure.value:,.10g}".replace("-", "\N{MINUS SIGN}")
    if form == "rank":
        return ordinal(round(figure.value))
    if figure.unit == "probability":
        return _chance(figure).replace(" ", _NBSP)
    if form == "about":
        return _about(figure).replace(" ", _NBSP)
    value = abs(figure.value) if form in {"size", "plain"} else figure.value
    sign = {"size": False, "plain": False, "signed": True, "delta": True}.get(form)
    text = show(value, figure.unit, signed=sign, bare=form in {"bare", "delta", "plain"})
    return _dollars(_zero(text), figure.unit).replace(" ", _NBSP)


def _about(figure: Figure) -> str:
    """`$100bn (40)`: the error to one digit, the amount to the same place."""
    value, error = figure.value or 0.0, figure.error or 0.0
    place = 0
    if error > 0.0 and (place := -floor(log10(error))) < unit(figure.unit).decimals:
        value, error = round(value, place), round(error, place)
    said = _dollars(_zero(show(value, figure.unit)), figure.unit)
    spread = show(error, figure.unit, signed=False, bare=True)
    return f"{said} ({spread})" if error > 0.0 else said


def _chance(figure: Figure) -> str:
    """A probability with its error; an error that would be shown as nought is not shown."""
    error = None if figure.error is None or figure.error < 0.0005 else figure.error
    return _zero(show_probability(figure.value, error).replace("-", "\N{MINUS SIGN}"))


def _zero(text: str) -> str:
    """Nought has no sign."""
    signed = text[:1] in ("+", "\N{MINUS SIGN}")
    return text[1:] if signed and not any(c in "123456789" for c in text) else text


def _dollars(text: str, key: str) -> str:
    """`−21.8 $bn` as a sentence writes it: −$21.8bn."""
    suffix = unit(key).suffix
    if not suffix.startswith(" $") or not text.endswith(suffix):
        return text
    number = text.removesuffix(suffix)
    sign = number[0] if number[0] in "+\N{MINUS SIGN}" else ""
    return f"{sign}${number.removeprefix(sign)}{suffix.removeprefix(' $')}"
