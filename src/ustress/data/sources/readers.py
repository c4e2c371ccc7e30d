"""Bytes to records: CSV, JSON and workbooks; a publisher's own form has a file in `odd`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.spec import Source

Record = Mapping[str, str]
_ODD = "ustress.data.sources.odd"


@dataclass(frozen=True, slots=True)
class Records:
    """A table as it came: every cell text, `''` where there is nothing.

    `lacking` names series that a file of many should have had and had not.
    """

    columns: tuple[str, ...]
    rows: tuple[Record, ...]
    lacking: tuple[str, ...] = ()


def read(body: bytes, source: Source) -> Records:
    """The records of an answer.

    Raises:
        SourceFault: EMPTY, NOT_FIGURES, CHANGED_FORM, BROKEN_OFF or UNREADABLE, naming the place.
    """
    if not body.strip():
        raise SourceFault(SourceStatus.EMPTY, "no byte of text", retry=False)
    start = body.lstrip(b"\xef\xbb\xbf \r\n\t")[:100].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise SourceFault(SourceStatus.NOT_FIGURES, f"an HTML page instead of {source.reader}")
    return reader(source.reader)(body, source)


def reader(name: str) -> Callable[[bytes, Source], Records]:
    """The reader called `name`: one of the common ones, or `read` of the file so named in `odd`.

    Raises:
        ValueError: if there is none.
    """
    if name in _COMMON:
        return _COMMON[name]
    if not name.isidentifier() or find_spec(f"{_ODD}.{name}") is None:
        raise ValueError(f"no reader {name}; expected one of {', '.join(_COMMON)} or a file in odd")
    found: Callable[[bytes, Source], Records] = import_module(f"{_ODD}.{name}").read
    return found


def text_of(body: bytes) -> str:
    """The text of a body: UTF-8 with or without mark, else Windows-1252.

    Raises:
        SourceFault: UNREADABLE, if it is neither.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SourceFault(SourceStatus.UNREADABLE, "the text is in no known encoding")


def read_csv(body: bytes, source: Source) -> Records:
    """A table of comma-separated values, its head the first line that has the day's column."""
    separator = source.options.get("separator", ",")
    lines = list(csv.reader(io.StringIO(text_of(body), newline=""), delimiter=separator))
    head, columns = _head(lines, source)
    rows = []
    for number, cells in enumerate(lines[head + 1 :], start=head + 2):
        filled = [cell.strip() for cell in cells]
        if not any(filled):
            continue
        if len(filled) < len(columns):
            if source.options.get("notes_below", False):
                break
            raise SourceFault(
                SourceStatus.BROKEN_OFF,
                f"line {number} has {len(filled)} of {len(columns)} columns",
            )
        rows.append(dict(zip(columns, filled, strict=False)))
    return Records(columns, tuple(rows))


def _head(lines: Sequence[Sequence[str]], source: Source) -> tuple[int, tuple[str, ...]]:
    for number, cells in enumerate(lines):
        names = tuple(cell.strip() for cell in cells)
        if source.day in names:
            return number, names
    first = next((" | ".join(cells[:6]) for cells in lines if any(cells)), "nothing")
    raise SourceFault(
        SourceStatus.CHANGED_FORM, f"no column {source.day}; the first line is: {first[:120]}"
    )


def read_json(body: bytes, source: Source) -> Records:
    """A list of records (or of lists, whose columns are then 0, 1, ...) at `options.records`."""
    try:
        found: Any = json.loads(text_of(body))
    except ValueError as fault:
        ended = "Unterminated" in str(fault) or "Expecting" in str(fault)
        status = SourceStatus.BROKEN_OFF if ended else SourceStatus.UNREADABLE
        raise SourceFault(status, f"no JSON: {fault}") from None
    for step in filter(None, source.options.get("records", "").split(".")):
        found = found.get(step) if isinstance(found, dict) else None
    if not isinstance(found, list):
        place = source.options.get("records") or "the top"
        raise SourceFault(SourceStatus.CHANGED_FORM, f"no list of records at {place}")
    rows = tuple(_record(entry) for entry in found)
    return Records(tuple(dict.fromkeys(name for row in rows for name in row)), rows)


def _record(entry: Any) -> dict[str, str]:
    pairs = entry.items() if isinstance(entry, dict) else enumerate(entry)
    return {str(name): _cell(value) for name, value in pairs if not isinstance(value, dict | list)}


def _cell(value: Any) -> str:
    return "" if value is None else str(value).strip()


def read_workbook(body: bytes, source: Source) -> Records:
    """A sheet of an Excel workbook, old or new: `options.sheet`, its head found as in a CSV."""
    import fastexcel

    try:
        book = fastexcel.read_excel(body)
        sheet = book.load_sheet(source.options["sheet"], header_row=None, dtypes="string")
        frame = sheet.to_polars()
    except Exception as fault:  # the library's own errors share no base
        raise SourceFault(SourceStatus.UNREADABLE, f"no workbook: {fault}") from None
    lines = [[_cell(value) for value in row] for row in frame.rows()]
    head, columns = _head(lines, source)
    rows = [dict(zip(columns, cells, strict=True)) for cells in lines[head + 1 :] if any(cells)]
    return Records(columns, tuple(rows))


_COMMON: dict[str, Callable[[bytes, Source], Records]] = {
    "csv": read_csv,
    "json": read_json,
    "workbook": read_workbook,
}
