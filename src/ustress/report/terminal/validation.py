"""Published numbers against the model's, in a terminal: every row declares itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ustress.calibrate.published import Level
from ustress.calibrate.validation import Compared, Validation, Verdict
from ustress.report import validation_tables as tables
from ustress.report.figures import Name, Num, Text, say
from ustress.report.terminal.typeset import ACCENT, Entry, Line, key

if TYPE_CHECKING:
    from rich.console import RenderableType

_WIDTHS = (12, 20, 18)
_LEVELS = {
    Level.READ: "", Level.MEMORY: "; from memory, never fitted",
    Level.JUDGED: "; a judgement, nobody published it",
}  # fmt: skip
_GROUPS = ((tables.HELD, False), (tables.FITTED, True))


def validation(found: Validation) -> tuple[RenderableType, ...]:
    """The headline, rows by role, risk aversion, and what could not be compared."""
    parts: list[RenderableType] = [Line(tables.headline(found), strong=True), _heads()]
    for words, fitted in _GROUPS:
        rows = [one for one in found.rows if one.ours is not None and one.fitted is fitted]
        parts += [Line(""), Line(words, strong=True), *(_entry(one) for one in rows)]
    rest = [one for one in found.rows if one.ours is None]
    parts += [Line(""), Line("Not compared", strong=True), *(_entry(one) for one in rest)]
    parts += [Line(""), Line(tables.risk_aversion(found.risk_aversion))]
    parts += [Line(note, faint=True) for note in tables.compared(found).notes]
    return (*parts, key())


def _heads() -> Entry:
    heads = ("Published", "Ours, 10 to 90 %", "Verdict")
    right = tuple((_place(word, i), "dim") for i, word in enumerate(heads))
    return Entry(Text((Name("Source"),)), right, "")


def _entry(one: Compared) -> Entry:
    outside = one.verdict is Verdict.OUTSIDE
    said = "outside" if outside else tables.verdict_words(one).removesuffix(" (target)")
    accent = f"bold {ACCENT}" if outside and not one.fitted else ""
    shown = (_published(one), _interval(one), said)
    styles = ("", "", accent if one.ours else "dim")
    right = tuple((_place(w, i), s) for i, (w, s) in enumerate(zip(shown, styles, strict=True)))
    return Entry(say("{s}", s=Name(one.row.source)), right, "\n".join(_below(one)))


def _published(one: Compared) -> str:
    figure = tables.published_figure(one)
    return f"{Num(figure, 'bare')} {figure.evidence.mark}"


def _interval(one: Compared) -> str:
    if one.ours is None:
        return "—"
    low, middle, high = (str(Num(f, "bare")) for f in tables.ours_figures(one))
    return f"{middle} ({low} to {high}) ○"


def _below(one: Compared) -> list[str]:
    row = one.row
    role = f"target of {row.fits}" if one.fitted else row.role.value.replace("_", " ")
    level = _LEVELS[row.level]
    declared = f"{row.unit} · layer: {row.layer} · {row.horizon} · base: {row.base} · {role}{level}"
    lines = [row.finding + ".", declared]
    if one.within_spread and one.verdict is Verdict.OUTSIDE:
        lines.append("Outside our interval, within the spread of studies.")
    return [*lines, *(f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in (one.why,) if text)]


def _place(word: str, i: int) -> str:
    return word.rjust(_WIDTHS[i]) if i < 2 else word.ljust(_WIDTHS[i])
