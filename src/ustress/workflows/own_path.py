"""A reader's own path: a CSV of dates and columns named as observables."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError, UnknownNameError

if TYPE_CHECKING:
    from ustress.outcomes.course import Course

MOST_BYTES = 20_000_000


def read_path(file: Path) -> Course:
    """The path in a CSV with a column `date`; empty lines are left out.

    Raises:
        BadInputError: if the file is missing, too large, or has no date, a wrong cell or date, or a
            number in another unit.
        UnknownNameError: if a column is no observable.
    """
    import numpy as np

    from ustress.outcomes.course import of_columns

    head, rows = _rows(file)
    _check_columns(file, head)
    days = np.array([_day(file, n, row[0]) for n, row in rows], "datetime64[D]")
    columns = {
        name: np.array([_number(file, n, name, row[i]) for n, row in rows])
        for i, name in enumerate(head[1:], start=1)
    }
    return of_columns(file.name, days, columns)


def _rows(file: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise BadInputError(f"{file} is larger than {MOST_BYTES // 1_000_000} MB")
        with file.open(newline="", encoding="utf-8-sig") as lines:
            found = [(n, row) for n, row in enumerate(csv.reader(lines), start=1) if any(row)]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise BadInputError(f"{file} cannot be read: {reason}") from None
    if not found:
        raise BadInputError(f"{file} is empty; expected a line of column names and one a day")
    head = [name.strip() for name in found[0][1]]
    for n, row in found[1:]:
        if len(row) != len(head):
            raise BadInputError(f"{file} line {n} has {len(row)} cells; expected {len(head)}")
    return head, found[1:]


def _check_columns(file: Path, head: list[str]) -> None:
    from ustress.outcomes.groups import READ
    from ustress.simulate.names import OBSERVABLES

    if head[0].lower() != "date" or len(head) < 2 or len(set(head)) < len(head):
        raise BadInputError(
            f"{file}: expected a first column `date` and then one column an observable, each once"
        )
    known = tuple(dict.fromkeys((*OBSERVABLES, *READ)))
    for name in head[1:]:
        if name not in known:
            raise UnknownNameError("observable", name, known)


def _day(file: Path, line: int, text: str) -> str:
    from ustress.core.dates import parse_day

    return parse_day(text.strip(), f"{file} line {line}").isoformat()


def _number(file: Path, line: int, name: str, text: str) -> float:
    from ustress.outcomes.plausible import doubt

    try:
        value = float(text)
    except ValueError:
        raise BadInputError(f"{file} line {line}: {name} is '{text}', no number") from None
    if expected := doubt(name, value):
        raise BadInputError(f"{file} line {line}: {name} is {text.strip()}; expected {expected}")
    return value
