"""All charts of the brief, by name, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ustress.report.charts import ten_year
from ustress.report.charts.base import Absent, Declared
from ustress.report.views import BriefContents

_MODULES = (ten_year,)
DECLARE: dict[str, Callable[[BriefContents], Declared | Absent]] = {
    module.NAME: module.declare for module in _MODULES
}


def names() -> tuple[str, ...]:
    """The names of all charts."""
    return tuple(DECLARE)


def declare(contents: BriefContents, wanted: Iterable[str]) -> tuple[Declared | Absent, ...]:
    """The charts named, declared on a brief's contents."""
    return tuple(DECLARE[name](contents) for name in wanted)
