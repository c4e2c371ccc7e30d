"""How rules write numbers, days and names into their sentences, so that each can be told apart.

Same words as `core.units` and `core.dates` have; the marks are taken out where a judgement is made.
"""

from __future__ import annotations

from datetime import date

from ustress.core import marked
from ustress.core.panel import Series

EXACT = 9
"""Decimals up to which two figures are the same; beyond them only binary fractions differ."""


def show(value: float | None, key: str, *, signed: bool | None = None, bare: bool = False) -> str:
    """A value as `core.units.show` has it."""
    if value is None or value != value:
        return marked.number(value, key)
    form = "bare" if bare else "signed" if signed else "unit"
    if signed is False and value >= 0:
        form = "size"
    return marked.number(round(value, EXACT), key, form)


def show_day(day: date) -> str:
    """`11 Apr 2025`."""
    return marked.day(day)


def ordinal(n: int) -> str:
    """`3rd`."""
    return marked.rank(n)


def count(n: float) -> str:
    """A whole number."""
    return marked.count(n)


def chance(p: float, error: float | None = None) -> str:
    """`49 % ± 1.1`: a share of paths, with its Monte Carlo error."""
    return marked.chance(p, error)


def titled(series: Series) -> str:
    """A series by its title."""
    return marked.name(series.info.title, "series")


def quoted(words: str) -> str:
    """Words of the claims file."""
    return marked.name(words, "claim")


def sourced(source: str) -> str:
    """Whose number it is."""
    return marked.name(source, "source")


def parameter(meaning: str) -> str:
    """A parameter by its meaning."""
    return marked.name(meaning, "parameter")
