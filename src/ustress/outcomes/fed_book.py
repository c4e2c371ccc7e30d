"""What the Fed holds on the opening day: by maturity where its list is known, by class always."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ustress.core.evidence import Evidence
from ustress.core.panel import Panel, Series
from ustress.outcomes.course import Course
from ustress.outcomes.quantity import About, Quantity, once

KEY = "fed.book"
BUCKETS = ((0, 1), (1, 5), (5, 10), (10, 30))
CLASSES = {
    "bills": "Treasury bills held",
    "notes_bonds": "Notes and bonds held",
    "tips": "Inflation-protected securities held, without their accrual",
    "frn": "Floating-rate notes held",
    "mbs": "Mortgage bonds held",
}
_MATURING = "soma.maturing.nominal"
_SOURCE = "Federal Reserve Bank of New York, System Open Market Account holdings"
NO_LIST = (
    "What the Fed holds by maturity: the list of its single securities is not in the store; "
    "`ustress data update newyorkfed-soma-securities` brings it."
)


def book(course: Course, panel: Panel | None) -> Iterator[Quantity]:
    """Measured holdings; a bucket or a class that is not known has no row."""
    for name, label in CLASSES.items():
        yield from _held(course, panel, name, label, [f"soma.{name}"], "par, by class")
    for low, high in BUCKETS:
        names = [f"{_MATURING}.{n}y" for n in range(low + 1, high + 1)]
        label = f"Notes and bonds held, {low} to {high} years"
        how = "the list of single securities, by remaining life"
        yield from _held(course, panel, f"{low}_{high}y", label, names, how)


def _held(
    course: Course, panel: Panel | None, key: str, label: str, names: list[str], how: str
) -> Iterator[Quantity]:
    found = [series for name in names if (series := _known(panel, name)) is not None]
    if len(found) < len(names):
        return
    source = f"{_SOURCE}, {found[0].at(-1).day}"
    about = About(f"{KEY}.{key}", label, "usdbn_whole", Evidence.MEASURED, source, how)
    total = sum(s.at(-1).value for s in found)
    values = partial(np.full, course.kept.size, total)
    yield once(course, about, "on the opening day", values, common=True)


def no_list(panel: Panel | None) -> Iterator[str]:
    """The sentence that names what would bring the maturities, where they are not known."""
    if _known(panel, f"{_MATURING}.1y") is None:
        yield NO_LIST


def _known(panel: Panel | None, name: str) -> Series | None:
    return panel.get(name) if panel is not None and name in panel.infos else None
