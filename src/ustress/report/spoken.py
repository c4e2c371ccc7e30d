"""Sentences that come as text, told so that every number in them is a figure with an id.

Numbers that whoever wrote the sentence marked (`ustress.core.marked`) keep their exact value and
unit, and the id, day and source of the figure they are, where it is among those known. In other
texts (an assumption, a reason, a horizon) dates are found by their form and every number left
becomes a figure of the sentence itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from ustress.core import marked
from ustress.core.dates import show_day
from ustress.core.evidence import Evidence
from ustress.core.units import unit_keys
from ustress.report.figures import Day, Figure, Name, Num, Part, Text, say

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_TOKEN = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)"
    rf"|(?P<isomonth>\b(?:19|20)\d{{2}}-(?:0[1-9]|1[0-2])\b)"
    rf"|(?P<isoquarter>\b(?:19|20)\d{{2}}Q[1-4]\b)"
    rf"|(?P<day>\b\d{{1,2}} (?:{_MONTHS}|{_SHORT}) \d{{4}}\b)"
    rf"|(?P<month>\b(?:{_MONTHS}|{_SHORT}) (?:19|20)\d{{2}}\b)"
    rf"|(?P<quarter>\bQ[1-4] (?:19|20)\d{{2}}\b)"
    rf"|(?P<year>\b(?:19|20)\d{{2}}\b(?![,.]\d)(?! (?:%|bp|paths|simulated|draws|\$)))"
    rf"|(?P<word>\b[A-Za-z_]+\d\w*)"
    rf"|(?P<number>(?<![\w.])[\N{{MINUS SIGN}}-]?(?:\d[\d,]*\.?\d*|\.\d+)(?P<th>st|nd|rd|th)?)"
)

_UNIT = re.compile(r"\s?(%|bp\b|\$bn|pp\b)")
_UNITS = {"%": "share_pct", "bp": "bp_level", "$bn": "usdbn", "pp": "pp"}


def told(
    text: str,
    id_: str,
    known: Iterable[Figure] = (),
    evidence: Evidence = Evidence.ASSUMED,
    day: date | None = None,
    source: str = "",
) -> Text:
    """The sentence with its figures.

    Args:
        text: marked or not.
        id_: of the sentence; its own numbers are `id_.0`, `id_.1`, ... in order.
        known: figures that a number with the same value and unit is one of.
        evidence: of its own numbers.
        day: of its own numbers.
        source: of its own numbers.
    """
    have = {(f.value, f.unit): f for f in known}
    out: list[Part] = []
    n = 0
    for part in marked.parts(marked.marked(text)):
        found = _found(part) if isinstance(part, str) else (_of_mark(part, have),)
        for one in found:
            if isinstance(one, Num) and not one.figure.id:
                f = one.figure
                own = Figure(f"{id_}.{n}", f.value, f.unit, evidence, day, None, source, f.error)
                one, n = Num(own, one.form), n + 1
            out.append(one)
    return Text(tuple(out))


def gap(why: str, id_: str) -> Text:
    """What a section says that has nothing to show: a dash and the reason."""
    return say("— {why}.", why=told(why.rstrip("."), f"{id_}.missing"))


def _of_mark(part: marked.Part, have: dict[tuple[float | None, str], Figure]) -> Part:
    if isinstance(part, marked.MarkedDay):
        return Day(part.day, shown="" if part.shown == show_day(part.day) else part.shown)
    if isinstance(part, marked.MarkedName):
        return Name(part.words, part.kind)  # type: ignore[arg-type]
    if isinstance(part, str) or part.unit not in unit_keys():
        return str(part) if isinstance(part, str) else part.shown
    figure = have.get((part.value, part.unit)) if part.error is None else None
    own = Figure("", part.value, part.unit, error=part.error)
    return Num(figure or own, part.form)  # type: ignore[arg-type]


def _found(text: str) -> Iterator[Part]:
    """Words, days and numbers of an unmarked text."""
    at = 0
    for token in _TOKEN.finditer(text):
        made = _of_token(token)
        if made is None:
            continue
        if token.start() > at:
            yield text[at : token.start()]
        yield made
        at = token.end()
        if isinstance(made, Num) and (rest := token[0][len(token[0].rstrip(",.")) :]):
            yield rest
    if at < len(text):
        yield text[at:]


def _of_token(token: re.Match[str]) -> Part | None:
    """A date, a number, or a name such as u0 or Q4."""
    kind, said = token.lastgroup if token.lastgroup != "th" else "number", token[0]
    if kind == "word":
        return Name(said, "word")
    if kind != "number":
        return _day(kind or "", said)
    bare = said.rstrip(",.").removesuffix(token["th"] or "")
    value = float(bare.replace(",", "").replace("\N{MINUS SIGN}", "-"))
    after = _UNIT.match(token.string, token.end())
    unit = "count" if after is None else _UNITS[after[1]]
    return Num(Figure("", value, unit), "rank" if token["th"] else "exact")


_FORMS = {"day": ("%d %b %Y", "%d %B %Y"), "month": ("%B %Y", "%b %Y"), "year": ("%Y",)}


def _day(kind: str, said: str) -> Day | None:
    if kind == "iso":
        return Day(date.fromisoformat(said))
    if kind == "isomonth":
        return Day(date(int(said[:4]), int(said[5:]), 1), shown=said)
    if kind == "isoquarter":
        return Day(date(int(said[:4]), 3 * int(said[5]) - 2, 1), shown=said)
    if kind == "quarter":
        return Day(date(int(said[3:]), 3 * int(said[1]) - 2, 1), shown=said)
    for form in _FORMS[kind]:
        try:
            when = datetime.strptime(said, form).date()
        except ValueError:
            continue
        return Day(when) if kind == "day" else Day(when, shown=said)
    return None
