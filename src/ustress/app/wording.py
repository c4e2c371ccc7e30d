"""What is wrong with what was asked, in one sentence: name, what was given, what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ustress.core.errors import UnknownNameError

A_DAY = "2025-04-11"
"""A day for examples: it can be simulated."""
NAME = r"^[a-z0-9][a-z0-9_-]{0,63}$"
SERIES = r"^[a-z0-9_.]{1,80}$"
SETTING = r"^[a-z0-9_.]+=[^\s=]+$"
JOB = r"^[0-9a-f]{16}$"
_FORMS = {
    NAME: "a name in small letters, digits, hyphens and underscores",
    SERIES: "a name in small letters, digits, dots and underscores",
    SETTING: "KEY=VALUE",
    JOB: "sixteen hexadecimal digits",
}
_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "finite": "a finite number",
    "date": "a date as YYYY-MM-DD",
    "bool": "true or false",
    "list": "a list",
    "string": "text",
    "json": "JSON",
    "model": "a JSON object",
    "dict": "a JSON object",
}
_PLACES = ("body", "query", "path")


def sentence(
    errors: Sequence[Mapping[str, Any]],
    known: Iterable[str] = (),
    called: Mapping[str, str] | None = None,
) -> str:
    """The first of pydantic's errors in our words.

    Args:
        errors: as pydantic lists them.
        known: names that could have been meant by an unknown one.
        called: how a field is called where it was given.
    """
    first = errors[0]
    parts = [str(part) for part in first["loc"] if part not in _PLACES]
    name = ".".join((called or {}).get(part, part) for part in parts).rstrip("_")
    kind = str(first["type"])
    if kind == "value_error" and not name:
        return str(first["msg"]).removeprefix("Value error, ")
    if kind == "extra_forbidden":
        return str(UnknownNameError("key", name, tuple(known)))
    if kind == "missing":
        return f"{name or 'the body of the request'} is missing"
    return f"{name or 'the request'} is {_shown(first)}; expected {_expected(kind, first)}"


def _shown(error: Mapping[str, Any]) -> str:
    """What was given, short; of a list how long it is."""
    context = error.get("ctx", {})
    if "actual_length" in context and isinstance(error["input"], list):
        return f"a list of {context['actual_length']}"
    given = error["input"]
    if isinstance(given, str):
        return f"'{given[:40]}'"
    return "not one" if isinstance(given, dict | list | bytes) else str(given)[:40]


def _expected(kind: str, error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    bounds = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
    for bound, words in bounds.items():
        if bound in context:
            return f"{words} {context[bound]:,g}"
    if "min_length" in context or "max_length" in context:
        least, most = context.get("min_length"), context.get("max_length")
        return f"at least {least}" if least is not None else f"at most {most}"
    if kind == "string_pattern_mismatch":
        return _FORMS.get(context["pattern"], str(context["pattern"]))
    if kind == "literal_error":
        return str(context["expected"]).replace("'", "")
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ").removeprefix("expected ")
    return _KINDS.get(kind.split("_", 1)[0], str(error["msg"]).lower())
