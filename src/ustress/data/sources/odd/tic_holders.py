"""TIC's tables of major holders: blocks of months across, countries down, in tab-separated text.

The history has a line of month names over a line of years for each year; the current table one
line of months such as 2025-01. Footnote marks behind a name (`Belgium  5/`) are no part of it.
"""

from __future__ import annotations

import csv
import io
import re

from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.readers import Records, text_of
from ustress.data.sources.spec import Source

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PERIOD = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
_FOOTNOTE = re.compile(r"\s+\d+\s*/\s*$")
_COLUMNS = ("country", "month", "holdings")


def read(body: bytes, source: Source) -> Records:  # noqa: ARG001  (every reader takes both)
    """Records of country, month (YYYY-MM) and holdings.

    Raises:
        SourceFault: CHANGED_FORM, if there is no head with months or no country below it.
    """
    rows: list[dict[str, str]] = []
    months: list[str] = []
    above: list[str] = []
    for line in csv.reader(io.StringIO(text_of(body)), delimiter="\t"):
        cells = [cell.strip() for cell in line]
        found = _periods(cells, above)
        if found:
            months = found
        elif months and len(cells) > 1 and any(cells[1:]):
            rows += _country(cells, months)
        above = cells
    if rows and above and len(above) > 1 and not body.endswith((b"\n", b"\r")):
        # The last number of a table may be half a number: the publisher ends its lines.
        raise SourceFault(SourceStatus.BROKEN_OFF, f"the line of {above[0]} does not end")
    if not rows:
        raise SourceFault(SourceStatus.CHANGED_FORM, "no line of months with countries below it")
    return Records(_COLUMNS, tuple(rows))


def _periods(cells: list[str], above: list[str]) -> list[str]:
    """The months of a head, if this line ends one: by position, '' where a column has none."""
    if sum(bool(_PERIOD.fullmatch(cell)) for cell in cells) > 1:
        return [cell if _PERIOD.fullmatch(cell) else "" for cell in cells[1:]]
    if sum(cell in _MONTHS for cell in above) < 1:
        return []
    pairs = list(zip(cells[1:], above[1:], strict=False))
    if not any(year.isdigit() and name in _MONTHS for year, name in pairs):
        return []
    return [
        f"{year}-{_MONTHS.index(name) + 1:02d}" if year.isdigit() and name in _MONTHS else ""
        for year, name in pairs
    ]


def _country(cells: list[str], months: list[str]) -> list[dict[str, str]]:
    name = _FOOTNOTE.sub("", cells[0]).strip()
    if not name or set(name) <= set("-= "):
        return []
    return [
        {"country": name, "month": month, "holdings": value}
        for month, value in zip(months, cells[1:], strict=False)
        if month and value and not set(value) <= set("-= ")
    ]
