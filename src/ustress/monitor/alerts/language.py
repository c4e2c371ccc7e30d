"""The declared language of alerts: a TOML file of rules, with errors that point at the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.units import unit_keys
from ustress.monitor.alerts.rule import COMPOSITE, QUANTITIES, Rule
from ustress.monitor.registry import indicator, keys

_KEYS = {
    "name", "indicator", "what", "window", "above", "below", "unit", "within", "even_if_old",
}  # fmt: skip
_TABLE = re.compile(r"^\s*\[\[\s*alert\s*\]\]")
_KEY = re.compile(r"^\s*\"?(?P<key>[A-Za-z0-9_-]+)\"?\s*=")


def load_alerts(path: Path) -> tuple[Rule, ...]:
    """The rules of a file.

    Raises:
        BadInputError: naming file, line, alert and key, if the file cannot be read as alerts.
    """
    try:
        return parse_alerts(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise BadInputError(f"cannot read the alert file {path}: {why}") from None


def parse_alerts(text: str, file: str) -> tuple[Rule, ...]:
    """The rules in the text of a file; `file` names it in errors.

    Raises:
        BadInputError: as `load_alerts`.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{file} is not TOML: {error}") from None
    reader = _Reader(file, _lines(text))
    for key in content:
        if key not in ("alert", "title"):
            raise reader.fail(f"unknown key '{key}'; expected title or [[alert]]", 0, key)
    tables = content.get("alert")
    if not isinstance(tables, list) or not tables:
        raise reader.fail("no alerts; expected at least one [[alert]]")
    return tuple(_rule(reader, i, table) for i, table in enumerate(tables, start=1))


class _Reader:
    """One file being read: its name and the lines of its keys."""

    def __init__(self, file: str, lines: Mapping[tuple[int, str], int]) -> None:
        self.file, self.lines = file, lines

    def place(self, alert: int = 0, key: str = "") -> str:
        """`file, line 12, alert 3`, as far as there is one."""
        line = self.lines.get((alert, key)) or self.lines.get((alert, ""))
        words = [self.file]
        words += [f"line {line}"] if line else []
        words += [f"alert {alert}"] if alert else []
        return ", ".join(words)

    def fail(self, what: str, alert: int = 0, key: str = "") -> BadInputError:
        """An error that names file, line and alert."""
        return BadInputError(f"{self.place(alert, key)}: {what}")


def _rule(reader: _Reader, i: int, table: object) -> Rule:
    if not isinstance(table, dict):
        raise reader.fail("an alert is a table; expected [[alert]]", i)
    for key in table:
        if key not in _KEYS:
            expected = ", ".join(sorted(_KEYS))
            raise reader.fail(f"unknown key '{key}'; expected one of: {expected}", i, key)
    key = _text(reader, i, table, "indicator")
    if key != COMPOSITE and key not in keys():
        what = str(UnknownNameError("indicator", key, (*keys(), COMPOSITE)))
        raise reader.fail(what, i, "indicator")
    rule = Rule(
        name=_text(reader, i, table, "name", key),
        indicator=key,
        what=_what(reader, i, table),
        window=_text(reader, i, table, "window", ""),
        above=_number(reader, i, table, "above"),
        below=_number(reader, i, table, "below"),
        unit=_text(reader, i, table, "unit", ""),
        within=_whole(reader, i, table),
        even_if_old=_flag(reader, i, table),
        place=reader.place(i),
    )
    _fits(reader, i, rule, table)
    return rule


def _fits(reader: _Reader, i: int, rule: Rule, table: Mapping[str, Any]) -> None:
    """Refuse keys that do not go together."""
    bounded = rule.what not in ("record", "stale")
    if bounded and rule.above is None and rule.below is None:
        raise reader.fail("expected 'above' or 'below'", i)
    if not bounded and (rule.above is not None or rule.below is not None):
        raise reader.fail(f"'{rule.what}' takes neither 'above' nor 'below'", i)
    if rule.what != "record" and "within" in table:
        raise reader.fail("'within' belongs to what = \"record\"", i, "within")
    if rule.indicator == COMPOSITE and rule.what not in ("value", "percentile"):
        raise reader.fail("the composite has a value and a percentile only", i, "what")
    _fits_window(reader, i, rule)
    wants_unit = rule.what in ("value", "change") and rule.indicator != COMPOSITE
    if wants_unit and rule.unit not in unit_keys():
        known = UnknownNameError("unit", rule.unit, unit_keys()) if rule.unit else "missing"
        raise reader.fail(f"'unit' is needed for a {rule.what}: {known}", i, "unit")
    if not wants_unit and rule.unit:
        raise reader.fail(f"'{rule.what}' takes no unit here", i, "unit")


def _fits_window(reader: _Reader, i: int, rule: Rule) -> None:
    if rule.what != "change":
        if rule.window:
            raise reader.fail("'window' belongs to what = \"change\"", i, "window")
        return
    have = tuple(lag.label for lag in indicator(rule.indicator).windows)
    if rule.window not in have:
        told = ", ".join(have) or "none"
        raise reader.fail(
            f"'window' of {rule.indicator} must be one of: {told}", i, "window"
        )  # fmt: skip


def _what(reader: _Reader, i: int, table: Mapping[str, Any]) -> Any:
    what = table.get("what", "value")
    if what not in QUANTITIES:
        raise reader.fail(f"'what' must be one of: {', '.join(QUANTITIES)}", i, "what")
    return what


def _text(
    reader: _Reader, i: int, table: Mapping[str, Any], key: str, default: str | None = None
) -> str:
    value = table.get(key, default)
    if value is None:
        raise reader.fail(f"'{key}' is missing", i)
    if not isinstance(value, str) or (key in table and not value.strip()):
        raise reader.fail(f"'{key}' must be a text", i, key)
    return value


def _number(reader: _Reader, i: int, table: Mapping[str, Any], key: str) -> float | None:
    value = table.get(key)
    if value is None:
        return None
    good = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
    if not good:  # also refuses inf and nan, which compare with nothing sensible
        raise reader.fail(f"'{key}' must be a finite number", i, key)
    return float(value)


def _whole(reader: _Reader, i: int, table: Mapping[str, Any]) -> int:
    value = table.get("within", 1)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise reader.fail("'within' must be a whole number from 1 on", i, "within")
    return value


def _flag(reader: _Reader, i: int, table: Mapping[str, Any]) -> bool:
    value = table.get("even_if_old", False)
    if not isinstance(value, bool):
        raise reader.fail("'even_if_old' must be true or false", i, "even_if_old")
    return value


def _lines(text: str) -> dict[tuple[int, str], int]:
    """The line, from 1, of every alert (key empty) and of every key in it."""
    found: dict[tuple[int, str], int] = {}
    alert, quote = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if quote:
            quote = "" if line.count(quote) % 2 else quote
            continue
        if _TABLE.match(line):
            alert += 1
            found.setdefault((alert, ""), number)
        key = _KEY.match(line)
        if key:
            found.setdefault((alert, key["key"]), number)
        quote = next((q for q in ('"""', "'''") if line.count(q) % 2), "")
    return found
