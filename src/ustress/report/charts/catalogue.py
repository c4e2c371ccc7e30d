"""All charts of the brief, by name, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ustress.report.charts import (
    auctions,
    breaking_point,
    composite,
    curve,
    difference,
    dysfunction_fan,
    fed_purchases,
    frontier,
    funding,
    holdings,
    interest,
    mortgage,
    ten_year,
    ten_year_fan,
)
from ustress.report.charts.base import Absent, Declared
from ustress.report.views import BriefContents

_MODULES = (
    ten_year, curve, holdings, auctions, funding, composite, ten_year_fan, dysfunction_fan,
    fed_purchases, difference, frontier, breaking_point, mortgage, interest,
)  # fmt: skip
DECLARE: dict[str, Callable[[BriefContents], Declared | Absent]] = {
    module.NAME: module.declare for module in _MODULES
}


def names() -> tuple[str, ...]:
    """The names of all charts."""
    return tuple(DECLARE)


def declare(contents: BriefContents, wanted: Iterable[str]) -> tuple[Declared | Absent, ...]:
    """The charts named, declared on a brief's contents."""
    return tuple(DECLARE[name](contents) for name in wanted)
