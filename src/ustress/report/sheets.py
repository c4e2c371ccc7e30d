"""Results as files for other programs: CSV, Parquet and XLSX, each with units and citations.

CSV opens with `#` lines that say what it is, each column's unit and each source; Parquet carries
the same as metadata; XLSX has it in the sheets `about` and `sources`. No clock is written: the
same figures give the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ustress.core.errors import BadInputError, CannotError

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS = 1_048_575
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from and what may be done with them."""

    name: str
    title: str
    unit: str
    publisher: str
    source: str
    rights: str
    evidence: str
    newest: date | None
    known: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; `units` says by column what its numbers are in."""

    name: str
    frame: pl.DataFrame
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """A result ready to leave: the first sheet is the data, the others explain it."""

    title: str
    as_of: date
    sheets: tuple[Sheet, ...]
    sources: tuple[Source, ...] = ()
    about: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> Sheet:
        """The table that formats with room for one table carry."""
        return self.sheets[0]


def written(export: Export, ending: str) -> bytes:
    """The export in the form of a file ending.

    Raises:
        BadInputError: if the ending is none of `FORMS`, or the rows do not fit a spreadsheet.
        CannotError: if the library for spreadsheets is not installed.
    """
    return FORMS[ending](export)


def check_ending(name: str, ending: str) -> None:
    """Refuse an ending nothing is written in, and a spreadsheet nobody could write.

    Raises:
        BadInputError: if the ending is none of `FORMS`.
        CannotError: if the library for spreadsheets is not installed.
    """
    if ending not in FORMS:
        raise BadInputError(f"-o {name}: expected a name ending in {', '.join(FORMS)}")
    if ending == ".xlsx":
        _xlsxwriter()


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before the first character."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _safe(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every text made neutral."""
    import polars as pl

    risky = "^([" + "".join(f"\\{mark}" for mark in "=+-@") + "\t\r])"
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(pl.col(n).str.replace(risky, "'${1}") for n in texts)


def _lines(export: Export) -> list[str]:
    """What the file is, as short lines: title, date, columns with units, sources, provenance."""
    units = export.data.units
    lines = [export.title, f"as of {export.as_of}, each figure as known by then"]
    lines += [f"column {c}: {units[c]}" for c in export.data.frame.columns if c in units]
    for s in export.sources:
        days = "; ".join(
            f"{word} {day}" for word, day in (("newest", s.newest), ("known", s.known)) if day
        )
        told = (f"{s.title}, {s.unit}", f"{s.publisher}: {s.source}", f"rights: {s.rights}",
                f"evidence: {s.evidence}", days, s.note)  # fmt: skip
        lines.append(f"source {s.name}: {'; '.join(part for part in told if part)}")
    return [*lines, *(f"{label}: {value}" for label, value in export.about)]


def _csv(export: Export) -> bytes:
    head = "".join(f"# {' '.join(line.split())}\n" for line in _lines(export))
    body = _safe(export.data.frame).write_csv(date_format="%Y-%m-%d")
    return (head + body).encode()


def _parquet(export: Export) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = export.data.frame.to_arrow()
    fields = [
        f.with_metadata({"unit": export.data.units[f.name]}) if f.name in export.data.units else f
        for f in table.schema
    ]
    told = {
        "title": export.title,
        "as_of": export.as_of.isoformat(),
        "units": json.dumps(dict(export.data.units)),
        "sources": json.dumps([_plain(s) for s in export.sources]),
        "about": json.dumps(dict(export.about)),
    }
    schema = pa.schema(fields, metadata={f"ustress.{k}": v for k, v in told.items()})
    out = io.BytesIO()
    pq.write_table(table.cast(schema), out)
    return out.getvalue()


def _plain(source: Source) -> dict[str, str]:
    return {name: str(getattr(source, name) or "") for name in _SOURCE_COLUMNS}


_SOURCE_COLUMNS = (
    "name", "title", "unit", "publisher", "source", "rights", "evidence", "newest", "known", "note",
)  # fmt: skip


def _xlsx(export: Export) -> bytes:
    book_of = _xlsxwriter()
    for sheet in export.sheets:
        if sheet.frame.height > MOST_ROWS:
            raise BadInputError(
                f"{sheet.frame.height:,} rows do not fit a spreadsheet; expected at most "
                f"{MOST_ROWS:,}, or an ending .parquet or .csv"
            )
    out = io.BytesIO()
    book = book_of(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    midnight = datetime(export.as_of.year, export.as_of.month, export.as_of.day)
    book.set_properties({"title": export.title, "created": midnight})
    for sheet in export.sheets:
        _sheet(book, sheet.name, sheet.frame, sheet.units)
    _sheet(book, "sources", _sources(export), {})
    _text_sheet(book, "about", _lines(export))
    book.close()
    return out.getvalue()


def _xlsxwriter() -> Callable[..., Any]:
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]
    except ImportError:
        raise CannotError(
            "a spreadsheet needs XlsxWriter, which is not installed; expected: "
            "pip install 'ustress[excel]'"
        ) from None
    return Workbook  # type: ignore[no-any-return]


def _sources(export: Export) -> pl.DataFrame:
    import polars as pl

    rows = [_plain(s) for s in export.sources]
    return pl.DataFrame(rows, schema=dict.fromkeys(_SOURCE_COLUMNS, pl.String))


def _sheet(book: Any, name: str, frame: pl.DataFrame, units: Mapping[str, str]) -> None:
    """Heads with their units under them, dates as dates, numbers as numbers, text as text."""
    made = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    faint = book.add_format({"font_color": "#5a646f", "italic": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    first = 2 if units else 1
    for c, head in enumerate(frame.columns):
        made.write_string(0, c, head, bold)
        if units:
            made.write_string(1, c, units.get(head, ""), faint)
        values = frame[head].to_list()
        for r, value in enumerate(values, first):
            _cell(made, r, c, value, day)
        made.set_column(c, c, _width(head, values))
    made.freeze_panes(first, 0)
    if frame.height:
        made.autofilter(first - 1, 0, first - 1 + frame.height, frame.width - 1)


def _cell(made: Any, r: int, c: int, value: object, day: Any) -> None:
    if value is None or value != value:
        return
    if isinstance(value, bool):
        made.write_boolean(r, c, value)
    elif isinstance(value, int | float):
        made.write_number(r, c, value)
    elif isinstance(value, date):
        made.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
    else:
        made.write_string(r, c, neutral(str(value)))


def _width(head: str, values: Sequence[object]) -> int:
    longest = max((len(str(v)) for v in values[:200] if isinstance(v, str)), default=10)
    return min(max(len(head) + 2, longest, 10), 60)


def _text_sheet(book: Any, name: str, lines: Sequence[str]) -> None:
    made = book.add_worksheet(name)
    for r, line in enumerate(lines):
        made.write_string(r, 0, neutral(line))
    made.set_column(0, 0, 120)


FORMS: dict[str, Callable[[Export], bytes]] = {".csv": _csv, ".parquet": _parquet, ".xlsx": _xlsx}
