"""Reads the TOML files of this folder into frozen entries, and checks that each is complete."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.evidence import Evidence

FILES = ("price", "session", "funding", "trust", "fed", "slow", "sellers", "auctions")
"""The files, one per block of the model; each table in one is a parameter."""
DISTRIBUTIONS = ("joint", "lognormal", "uniform", "fixed")
"""How a parameter is drawn: with the 500 joint draws, on its own, or not at all."""


@dataclass(frozen=True, slots=True)
class ParameterInfo:
    """One parameter as its file has it.

    `value` is the median (a tuple for a profile over the tenors); `low` and `high` the 10th and
    90th percentile, equal to `value` where nothing is known; `spread` is the standard deviation
    of the logarithm (lognormal) and `bounds` the ends (uniform); `rests_on` says what the number
    hangs on, `source` where it comes from.
    """

    name: str
    symbol: str
    meaning: str
    unit: str
    value: float | tuple[float, ...]
    low: float | tuple[float, ...]
    high: float | tuple[float, ...]
    distribution: str
    evidence: Evidence
    source: str
    rests_on: str
    spread: float = 0.0
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True)
class ParameterTable:
    """Every parameter by its name; iterates in the order of the files."""

    entries: Mapping[str, ParameterInfo]

    def __getitem__(self, name: str) -> ParameterInfo:
        """The entry `name`.

        Raises:
            UnknownNameError: if there is no such parameter.
        """
        if name not in self.entries:
            raise UnknownNameError("parameter", name, tuple(self.entries))
        return self.entries[name]

    def __iter__(self) -> Iterator[ParameterInfo]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def value(self, name: str) -> float:
        """The median of a single-valued parameter."""
        value = self[name].value
        if isinstance(value, tuple):
            raise BadInputError(f"parameter {name} is a profile of {len(value)} numbers, not one")
        return value


@lru_cache(maxsize=1)
def load_parameters() -> ParameterTable:
    """The parameters of the package's own files.

    Raises:
        BadInputError: naming file and parameter, if an entry is incomplete or inconsistent.
    """
    folder = files("ustress.model.parameters")
    entries: dict[str, ParameterInfo] = {}
    for name in FILES:
        text = folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")
        for entry in parse(text, f"{name}.toml"):
            if entry.name in entries:
                raise BadInputError(f"{name}.toml: parameter {entry.name} is declared twice")
            entries[entry.name] = entry
    return ParameterTable(entries)


def names_in(file: str) -> tuple[str, ...]:
    """The parameters that one of the files declares."""
    text = files("ustress.model.parameters").joinpath(file).read_text(encoding="utf-8")
    return tuple(tomllib.loads(text))


def parse(text: str, where: str) -> list[ParameterInfo]:
    """The entries of one file's text.

    Raises:
        BadInputError: naming `where` and the parameter, if an entry is wrong.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{where} is not valid TOML: {error}") from None
    return [_entry(name, body, f"{where}: parameter {name}") for name, body in raw.items()]


def _entry(name: str, body: dict[str, Any], where: str) -> ParameterInfo:
    known = {f.name for f in fields(ParameterInfo)} - {"name"}
    optional = {"low", "high", "spread", "bounds"}
    if wrong := sorted((set(body) - known) | (known - optional - set(body))):
        raise BadInputError(f"{where} has missing or unknown keys: {', '.join(wrong)}")
    value = _number(body["value"])
    entry = ParameterInfo(
        **{
            k: v for k, v in body.items() if k not in {"value", "low", "high", "bounds", "evidence"}
        },
        name=name,
        value=value,
        low=_number(body.get("low", value)),
        high=_number(body.get("high", value)),
        bounds=tuple(body["bounds"]) if "bounds" in body else None,
        evidence=_evidence(body["evidence"], where),
    )
    _check(entry, where)
    return entry


def _number(value: Any) -> float | tuple[float, ...]:
    return tuple(float(v) for v in value) if isinstance(value, list | tuple) else float(value)


def _evidence(word: str, where: str) -> Evidence:
    try:
        return Evidence(word)
    except ValueError:
        levels = ", ".join(level.value for level in Evidence)
        raise BadInputError(f"{where} has evidence '{word}'; expected one of {levels}") from None


def _check(entry: ParameterInfo, where: str) -> None:
    if entry.distribution not in DISTRIBUTIONS:
        kinds = ", ".join(DISTRIBUTIONS)
        raise BadInputError(f"{where} has distribution '{entry.distribution}'; expected {kinds}")
    if not all(a <= b <= c for a, b, c in zip(*map(_as_tuple, _range(entry)), strict=True)):
        raise BadInputError(f"{where} has its value outside low and high")
    if (entry.distribution == "lognormal") != (entry.spread > 0):
        raise BadInputError(f"{where}: spread belongs to lognormal parameters, above zero")
    if (entry.distribution == "uniform") != (entry.bounds is not None):
        raise BadInputError(f"{where}: bounds belong to uniform parameters")
    if not (entry.source.strip() and entry.rests_on.strip() and entry.unit.strip()):
        raise BadInputError(f"{where} needs a unit, a source and what it rests on")


def _range(entry: ParameterInfo) -> tuple[float | tuple[float, ...], ...]:
    return entry.low, entry.value, entry.high


def _as_tuple(value: float | tuple[float, ...]) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)
