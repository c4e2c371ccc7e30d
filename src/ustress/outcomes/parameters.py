"""The outcomes' coefficients, read from this package's two files when first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ustress.core.evidence import Evidence

FILES = ("parameters.toml", "markets.toml")


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """Both files together, as written."""
    folder = files("ustress.outcomes")
    out: dict[str, Any] = {}
    for name in FILES:
        out |= tomllib.loads(folder.joinpath(name).read_text("utf-8"))
    return out


def federal(name: str) -> float:
    """The value of the key `federal.NAME`, in the unit the file states."""
    return float(tables()["federal"][name]["value"])


def entry(name: str) -> dict[str, Any]:
    """The table `name`, dots included, as in `rating.baa`."""
    found: dict[str, Any] = tables()
    for part in name.split("."):
        found = found[part]
    return found


def number(name: str) -> float:
    """The single value of a table."""
    return float(entry(name)["value"])


def link(name: str) -> Evidence:
    """A table's level of evidence."""
    return Evidence(entry(name)["evidence"])


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A table as a reader is told it: values, their errors, and how they were come by.

    `errors` are standard errors, empty where none is stated; `sample` and `method` are empty
    unless it was estimated; `ends` is the range of a single value.
    """

    name: str
    what: str
    unit: str
    values: tuple[float, ...]
    errors: tuple[float, ...]
    sample: str
    method: str
    ends: tuple[float, float] | None
    evidence: Evidence
    source: str


def described() -> tuple[Coefficient, ...]:
    """Every table, for a list of parameters."""
    return tuple(_coefficient(name, table) for name, table in _flat(tables(), ""))


def _coefficient(name: str, table: Mapping[str, Any]) -> Coefficient:
    key = next((k for k in ("value", "coefficients", "weights") if k in table), "")
    given = table.get(key, ())
    values = tuple(given) if isinstance(given, list) else (given,) if key else ()
    ends = table.get("range", ())
    plain = len(ends) == 2 and all(isinstance(e, float) for e in ends) and len(values) == 1
    return Coefficient(
        name, table["what"], str(table.get("unit", "")), values,
        tuple(table.get("standard_errors", ())), " to ".join(table.get("sample", ())),
        str(table.get("method", table.get("standard_error_method", ""))),
        (ends[0], ends[1]) if plain else None, Evidence(table["evidence"]), table["source"],
    )  # fmt: skip


def _flat(found: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, table in found.items():
        if "what" in table:
            yield f"{prefix}{name}", table
        else:
            yield from _flat(table, f"{prefix}{name}.")
