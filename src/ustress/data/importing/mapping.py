"""The mapping file: which column is what, in TOML, checked before the data are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ustress.core.errors import BadInputError, UstressError
from ustress.core.panel import SeriesInfo
from ustress.core.units import unit
from ustress.data.lags import lag
from ustress.data.own import PREFIX

FREQUENCIES = ("daily", "weekly", "monthly", "quarterly", "irregular")
_NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_STALE = {"daily": 5, "weekly": 10, "monthly": 45, "quarterly": 130, "irregular": 400}
_MISSING = ("", "NA", "N/A", "n/a", "NaN", "nan", "null", ".", "-", "#N/A")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is written: its form (by its ending if empty), sheet, separators, lines."""

    format: str = ""
    sheet: str = ""
    separator: str = ","
    decimal: str = "."
    skip_rows: int = 0
    missing: tuple[str, ...] = _MISSING


@dataclass(frozen=True, slots=True)
class Column:
    """A column with values of one series; a value in the file times `scale` is in the unit."""

    column: str
    series: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Daily:
    """Dated observations: the date's column, when they are known, and the columns of values.

    Of `known_column` and `lag` at most one is given; without either, the series' own lag holds.
    In the long form `names` is the column whose word says which series a row is of.
    """

    date_column: str
    date_format: str
    known_column: str
    known_format: str
    lag: str
    columns: tuple[Column, ...]
    names: str = ""
    values: str = ""


@dataclass(frozen=True, slots=True)
class BarColumns:
    """Intraday bars: the columns of a bar, and the zone of times that carry no offset."""

    name: str
    unit: str
    time: str
    format: str
    zone: str
    prices: tuple[str, str, str, str]
    volume: str


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A whole mapping: how the file is written, what is in it, the series that are new here."""

    layout: Layout
    content: Daily | BarColumns
    own: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def load(path: Path, infos: Mapping[str, SeriesInfo]) -> MappingFile:
    """The mapping in a TOML file.

    Args:
        path: the file.
        infos: the series there are; others must begin with `own.`.

    Raises:
        BadInputError: naming file, place, what stands there and what was expected.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise BadInputError(f"cannot read the mapping {path}: {fault.strerror}") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadInputError(f"mapping {path}: {fault}; expected TOML") from fault
    try:
        return _mapping(said, infos)
    except _MappingError as fault:
        raise BadInputError(f"mapping {path}: {fault}") from None


class _MappingError(ValueError):
    """What is wrong in a mapping, in words that follow its name."""


def _mapping(said: dict[str, Any], infos: Mapping[str, SeriesInfo]) -> MappingFile:
    _only(said, "the file", {"file", "date", "known", "series", "long", "bars"})
    layout = _layout(said.get("file", {}))
    if ("bars" in said) == ("series" in said):
        raise _MappingError("expected either [[series]] (with [date]) or [bars]")
    if "bars" in said:
        return MappingFile(layout, _bars(said["bars"]))
    blocks = said["series"]
    if not isinstance(blocks, list) or not blocks:
        raise _MappingError("expected at least one [[series]]")
    own: dict[str, Mapping[str, Any]] = {}
    columns = tuple(_column(block, n, infos, own) for n, block in enumerate(blocks, 1))
    doubles = {c.series for c in columns if sum(d.series == c.series for d in columns) > 1}
    if doubles:
        raise _MappingError(
            f"series {sorted(doubles)[0]} stands twice; expected one column for each"
        )
    return MappingFile(layout, _daily(said, columns), own)


def _layout(said: dict[str, Any]) -> Layout:
    _only(said, "[file]", set(Layout.__dataclass_fields__))
    chosen = {**said}
    if "missing" in chosen:
        chosen["missing"] = tuple(map(str, chosen["missing"]))
    if chosen.get("format", "") not in ("", "csv", "parquet", "xlsx"):
        raise _MappingError(f"[file] format = '{chosen['format']}'; expected csv, parquet or xlsx")
    for name in ("separator", "decimal"):
        if name in chosen and len(str(chosen[name])) != 1:
            raise _MappingError(f"[file] {name} = '{chosen[name]}'; expected one character")
    return Layout(**chosen)


def _daily(said: dict[str, Any], columns: tuple[Column, ...]) -> Daily:
    date, known, long = said.get("date", {}), said.get("known", {}), said.get("long", {})
    _only(date, "[date]", {"column", "format"})
    _only(known, "[known]", {"column", "format", "lag"})
    _only(long, "[long]", {"names", "values"})
    if "column" in known and "lag" in known:
        raise _MappingError("[known] has both a column and a lag; expected one of them")
    if long and set(long) != {"names", "values"}:
        raise _MappingError("[long] needs both names and values, the two columns of the long form")
    if "lag" in known:
        _checked(lambda: lag(known["lag"]), "[known]")
    return Daily(
        date_column=_text(date, "column", "[date]"),
        date_format=str(date.get("format", "")),
        known_column=str(known.get("column", "")),
        known_format=str(known.get("format", "")),
        lag=str(known.get("lag", "")),
        columns=columns,
        names=str(long.get("names", "")),
        values=str(long.get("values", "")),
    )


def _column(
    block: dict[str, Any],
    n: int,
    infos: Mapping[str, SeriesInfo],
    own: dict[str, Mapping[str, Any]],
) -> Column:
    place = f"[[series]] number {n}"
    described = {"title", "unit", "frequency", "publisher", "note", "lag", "stale_after_days"}
    _only(block, place, {"column", "series", "scale", "evidence", *described})
    name = _text(block, "series", place)
    if name.startswith(PREFIX):
        own[name] = _described(name, block, place)
    elif name not in infos:
        raise _MappingError(
            f"{place}: unknown series '{name}'; expected one of `ustress series` or own.*"
        )
    elif block.get("unit", infos[name].unit) != infos[name].unit:
        raise _MappingError(
            f"{place}: {name} in unit '{block['unit']}'; expected {infos[name].unit}"
            " (`scale` converts)"
        )
    scale = block.get("scale", 1.0)
    if not isinstance(scale, int | float) or scale == 0:
        raise _MappingError(f"{place}: scale = {scale!r}; expected a number other than zero")
    return Column(_text(block, "column", place), name, float(scale))


def _described(name: str, block: dict[str, Any], place: str) -> dict[str, Any]:
    if not _NAME.fullmatch(name):
        raise _MappingError(f"{place}: series '{name}'; expected lower case words joined by dots")
    key = _text(block, "unit", place)
    _checked(lambda: unit(key), place)
    frequency = block.get("frequency", "daily")
    if frequency not in FREQUENCIES:
        raise _MappingError(f"{place}: frequency '{frequency}'; expected {', '.join(FREQUENCIES)}")
    rule = block.get("lag", "same_day")
    _checked(lambda: lag(rule), place)
    return {
        "title": str(block.get("title", name)),
        "unit": key,
        "frequency": frequency,
        "publisher": str(block.get("publisher", "own file")),
        "source": "own file",
        "lag": rule,
        "stale_after_days": int(block.get("stale_after_days", _STALE[frequency])),
        "evidence": _evidence(block.get("evidence", "measured"), place),
        "note": str(block.get("note", "")),
    }


def _evidence(word: object, place: str) -> str:
    from ustress.core.evidence import Evidence

    words = [level.value for level in Evidence]
    if word not in words:
        raise _MappingError(f"{place}: evidence '{word}'; expected {', '.join(words)}")
    return str(word)


def _bars(said: dict[str, Any]) -> BarColumns:
    known = {"name", "unit", "time", "format", "zone", "open", "high", "low", "close", "volume"}
    _only(said, "[bars]", known)
    name, key = _text(said, "name", "[bars]"), _text(said, "unit", "[bars]")
    if not _NAME.fullmatch(name):
        raise _MappingError(f"[bars] name '{name}'; expected lower case words joined by dots")
    _checked(lambda: unit(key), "[bars]")
    zone = str(said.get("zone", ""))
    if zone:
        _zone(zone)
    high, low, opened, close = (_text(said, k, "[bars]") for k in ("high", "low", "open", "close"))
    return BarColumns(
        name=name,
        unit=key,
        time=_text(said, "time", "[bars]"),
        format=str(said.get("format", "")),
        zone=zone,
        prices=(opened, high, low, close),
        volume=str(said.get("volume", "")),
    )


def _zone(name: str) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _MappingError(
            f"[bars] zone '{name}'; expected one such as America/New_York"
        ) from None


def _only(said: object, place: str, known: set[str]) -> None:
    if not isinstance(said, dict):
        raise _MappingError(f"{place} is {said!r}; expected a table of keys")
    for key in said:
        if key not in known:
            raise _MappingError(f"{place} has the key '{key}'; expected {', '.join(sorted(known))}")


def _text(said: dict[str, Any], key: str, place: str) -> str:
    if not isinstance(said.get(key), str) or not said[key]:
        raise _MappingError(f"{place} lacks {key}; expected text")
    return str(said[key])


def _checked(look_up: Any, place: str) -> None:
    try:
        look_up()
    except UstressError as fault:
        raise _MappingError(f"{place}: {fault}") from None
