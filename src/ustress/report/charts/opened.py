"""What a picture says of the opening it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ustress.report.charts.base import Absent, Declared
from ustress.report.figures import Name, Text


def marked(
    charts: Sequence[Declared | Absent], stand_ins: Sequence[str]
) -> tuple[Declared | Absent, ...]:
    """The charts with the stand-ins of a partial opening in their subtitles; a full one has none.

    Args:
        charts: declared.
        stand_ins: what stood in for what is not on record, in words.
    """
    if not stand_ins:
        return tuple(charts)
    words = Name(f". Partial opening, stand-ins assumed: {'; '.join(stand_ins)}")
    return tuple(
        replace(one, subtitle=Text((*one.subtitle.parts, words)))
        if isinstance(one, Declared)
        else one
        for one in charts
    )
