"""The declared language of claims: reading a TOML file, with errors that point at the line."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from ustress.claims.lines import Lines, locate
from ustress.claims.rules.base import Rule
from ustress.claims.rules.registry import rule_kind
from ustress.core.dates import FIRST_YEAR, LAST_YEAR
from ustress.core.errors import BadInputError, UstressError

BUILT_IN = "april_2025.toml"
_FILE_KEYS = {"title", "said_on", "by", "claim"}
_CLAIM_KEYS = {"number", "title", "text", "said_on", "joint", "note", "part"}


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of a claim under its rule, and where it stands: `place` opens its errors."""

    rule: Rule
    place: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: what is said, when, and the rules that judge it.

    `joint` says how parts combine: `all` of them make the claim, or `any` one does. `note` is what
    a reader of the verdict must know of the figures.
    """

    number: int
    title: str
    text: str
    said_on: date
    parts: tuple[Part, ...]
    joint: Literal["all", "any"] = "all"
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Reader:
    """One file being read: its name, the lines of its keys, its defaults."""

    file: str
    lines: Lines
    said_on: date | None
    by: str

    def fail(self, what: str, claim: int = 0, part: int = 0, key: str = "") -> BadInputError:
        """An error that names file, line, claim and part."""
        return BadInputError(f"{self.place(claim, part, key)}: {what}")

    def place(self, claim: int = 0, part: int = 0, key: str = "", number: object = None) -> str:
        """`file, line 12, claim 3, part 2`, as far as there is one."""
        line = self.lines.line(claim, part, key)
        words = [self.file]
        words += [f"line {line}"] if line else []
        words += [f"claim {claim if number is None else number}"] if claim else []
        words += [f"part {part}"] if part else []
        return ", ".join(words)


def load_claims(path: Path | None = None) -> tuple[Claim, ...]:
    """The claims of a file, or those of April 2025.

    Raises:
        BadInputError: naming file, line, claim and key, if the file cannot be read as claims.
    """
    if path is None:
        text = files("ustress.claims").joinpath(BUILT_IN).read_text(encoding="utf-8")
        return parse_claims(text, BUILT_IN)
    try:
        return parse_claims(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise BadInputError(f"cannot read the claims file {path}: {why}") from None


def parse_claims(text: str, file: str) -> tuple[Claim, ...]:
    """The claims in the text of a file; `file` names it in errors.

    Raises:
        BadInputError: as `load_claims`.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{file} is not TOML: {error}") from None
    said_on, by = content.get("said_on"), content.get("by", "")
    reader = _Reader(file, locate(text), said_on if _is_day(said_on) else None, str(by))
    _only(reader, content, _FILE_KEYS)
    if said_on is not None and not _is_day(said_on):
        raise reader.fail("'said_on' must be a date, as in said_on = 2025-04-11", key="said_on")
    tables = content.get("claim", [])
    if not isinstance(tables, list) or not tables:
        raise reader.fail("no claims; expected at least one [[claim]]")
    claims = tuple(_claim(reader, i, table) for i, table in enumerate(tables, start=1))
    _distinct(reader, claims)
    return claims


def _claim(reader: _Reader, i: int, table: object) -> Claim:
    if not isinstance(table, dict):
        raise reader.fail("a claim is a table; expected [[claim]]", i)
    _only(reader, table, _CLAIM_KEYS, i)
    number = table.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise reader.fail("'number' must be a whole number from 1 on", i, key="number")
    for key in ("title", "text"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise reader.fail(f"'{key}' must be a text", i, key=key)
    if not isinstance(table.get("note", ""), str):
        raise reader.fail("'note' must be a text", i, key="note")
    joint = table.get("joint", "all")
    if joint not in ("all", "any"):
        raise reader.fail('\'joint\' must be "all" or "any"', i, key="joint")
    said_on = _said_on(reader, i, table)
    return Claim(
        number, table["title"], " ".join(table["text"].split()), said_on,
        _parts(reader, i, number, table), joint, " ".join(table.get("note", "").split()),
        reader.by,
    )  # fmt: skip


def _said_on(reader: _Reader, i: int, table: Mapping[str, Any]) -> date:
    said_on = table.get("said_on", reader.said_on)
    if not _is_day(said_on):
        what = "'said_on' must be a date, here or at the top of the file"
        raise reader.fail(what, i, key="said_on")
    day: date = said_on
    if not FIRST_YEAR < day.year <= LAST_YEAR:
        what = f"'said_on' lies outside {FIRST_YEAR + 1} to {LAST_YEAR}, the calendar's years"
        raise reader.fail(what, i, key="said_on")
    return day


def _parts(reader: _Reader, i: int, number: int, table: Mapping[str, Any]) -> tuple[Part, ...]:
    parts = table.get("part")
    if not isinstance(parts, list) or not parts:
        raise reader.fail("no parts; expected at least one [[claim.part]]", i)
    made = tuple(_part(reader, i, j, number, part) for j, part in enumerate(parts, start=1))
    if not any(part.rule.counts for part in made):
        raise reader.fail("no part counts; at least one must decide", i)
    return made


def _part(reader: _Reader, i: int, j: int, number: int, table: object) -> Part:
    if not isinstance(table, dict):
        raise reader.fail("a part is a table; expected [[claim.part]]", i, j)
    kind = table.get("rule")
    if not isinstance(kind, str):
        raise reader.fail("'rule' must name a kind of rule", i, j, "rule")
    try:
        rule = rule_kind(kind).model_validate({k: v for k, v in table.items() if k != "rule"})
    except ValidationError as error:
        key, what = _explain(error, kind)
        raise reader.fail(what, i, j, key) from None
    except UstressError as error:
        raise reader.fail(str(error), i, j, "rule") from None
    return Part(rule, reader.place(i, j, number=number))


def _explain(error: ValidationError, kind: str) -> tuple[str, str]:
    """The key at fault and one sentence for the first of a validation's errors."""
    first = error.errors()[0]
    where = ".".join(str(step) for step in first["loc"])
    key = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        return key, f"unknown key '{where}' for rule '{kind}'"
    if first["type"] == "missing":
        return key, f"key '{where}' is missing for rule '{kind}'"
    message = str(first["msg"]).removeprefix("Value error, ")
    return key, f"'{where}' of rule '{kind}': {message[:1].lower()}{message[1:]}"


def _only(reader: _Reader, table: Mapping[str, Any], known: set[str], claim: int = 0) -> None:
    for key in table:
        if key not in known:
            expected = ", ".join(sorted(known))
            raise reader.fail(f"unknown key '{key}'; expected one of: {expected}", claim, 0, key)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _distinct(reader: _Reader, claims: tuple[Claim, ...]) -> None:
    seen: set[int] = set()
    for i, claim in enumerate(claims, start=1):
        if claim.number in seen:
            raise reader.fail(f"number {claim.number} is given twice", i, key="number")
        seen.add(claim.number)
