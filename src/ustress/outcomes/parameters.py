"""The outcomes' coefficients, read from this package's two files when first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
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


def described() -> tuple[tuple[str, str, Evidence, str], ...]:
    """Every table as (name, what it is, level of evidence, source), for a list of parameters."""
    return tuple(
        (name, table["what"], Evidence(table["evidence"]), table["source"])
        for name, table in _flat(tables(), "")
    )


def _flat(found: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, table in found.items():
        if "what" in table:
            yield f"{prefix}{name}", table
        else:
            yield from _flat(table, f"{prefix}{name}.")
