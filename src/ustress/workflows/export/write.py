"""An export as a file: its ending checked before the work, written whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.files import check_writable, write_atomically

if TYPE_CHECKING:
    from ustress.report.sheets import Export


@dataclass(frozen=True, slots=True)
class Written:
    """Where an export went and what is in it."""

    path: str
    title: str
    rows: int
    sources: int
    as_of: date


def write(export: Export, out: str | Path) -> Written:
    """Write an export in the form its file ending names, whole or not at all.

    Raises:
        BadInputError: if nothing is written with such an ending.
        CannotError: if the file cannot be written or the library for spreadsheets is missing.
    """
    from ustress.report import sheets

    path = check(out)
    write_atomically(path, sheets.written(export, path.suffix))
    return Written(
        str(path), export.title, export.data.frame.height, len(export.sources), export.as_of
    )


def check(out: str | Path) -> Path:
    """The path, if such a file can be written; asked before the work starts.

    Raises:
        BadInputError: if nothing is written with such an ending.
        CannotError: if the file cannot be written or the library for spreadsheets is missing.
    """
    from ustress.report import sheets

    path = Path(out)
    sheets.check_ending(str(path), path.suffix)
    check_writable(path)
    return path
