"""What an append adds: rows that are sound, and that say something the store does not say yet."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ustress.core.dates import show_day
from ustress.core.errors import BadInputError, UnknownNameError
from ustress.data.rows import Row

Key = tuple[str, date, date]


def checked(rows: Iterable[Row], infos: Mapping[str, Any]) -> list[Row]:
    """The rows without repeats, in the order in which they win over one another.

    Raises:
        UnknownNameError: if a row's series is not in `infos`.
        BadInputError: if a value is no number, a row is known before its day, or two rows give
            one vintage (series, day, known-from, retrieved) two values.
    """
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        _check(row, infos)
        first = kept.setdefault((*_key(row), row.retrieved), row)
        if first.value != row.value:
            raise BadInputError(
                f"{row.series} of {show_day(row.day)} stands twice, as {first.value} and"
                f" {row.value}; expected one value for each vintage"
            )
    return sorted(kept.values(), key=lambda row: (*_key(row), _fetched(row)))


def _check(row: Row, infos: Mapping[str, Any]) -> None:
    if row.series not in infos:
        raise UnknownNameError("series", row.series, tuple(infos))
    if not math.isfinite(row.value):
        raise BadInputError(
            f"{row.series} of {show_day(row.day)} is {row.value}; expected a number"
        )
    if row.known_from < row.day:
        raise BadInputError(
            f"{row.series} of {show_day(row.day)} cannot have been known on"
            f" {show_day(row.known_from)}, before its day"
        )


def fresh(rows: Sequence[Row], stored: Iterable[Row]) -> list[Row]:
    """Those of `rows` (from `checked`) that change what is known.

    A row repeats if, among the stored rows of its series, day and known-from date, the one
    retrieved last before it (or with it) has the same value. `stored` comes in winning order.
    """
    history: defaultdict[Key, list[tuple[date, float]]] = defaultdict(list)
    for row in stored:
        history[_key(row)].append((_fetched(row), row.value))
    new = []
    for row in rows:
        before = history[_key(row)]
        place = bisect_right(before, _fetched(row), key=lambda seen: seen[0])
        if place == 0 or before[place - 1][1] != row.value:
            before.insert(place, (_fetched(row), row.value))
            new.append(row)
    return new


def _key(row: Row) -> Key:
    return row.series, row.day, row.known_from


def _fetched(row: Row) -> date:
    return row.retrieved or date.min
