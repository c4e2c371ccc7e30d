"""From a name or a TOML file to a validated scenario, or one sentence saying what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.scenario.check import validate
from ustress.scenario.compose import EITHER, chain, overlaid, where
from ustress.scenario.keys import KeyInfo, describe
from ustress.scenario.parameters import wanted
from ustress.scenario.policies import with_policy
from ustress.scenario.schema import EFFECTIVE, Scenario

TOLD = ("baseline", "tactical-qe", "prolonged-disruption", "no-intervention")
"""The scenarios the brief tells; every other one can be run, compared and extended."""
_SIZES, _PACES = ("100", "300", "all"), ("day", "month", "year")
FAMILIES = {
    "With and without purchases": TOLD,
    "Before purchases": ("facilities-first", "leverage-relief"),
    "One seller, amount by pace": tuple(
        f"china-{size}-{pace}" for size in _SIZES for pace in _PACES
    ),
    "Sellers that react": (
        "japan-defends-yen", "dollar-herding", "tariff-retaliation", "tariff-pause",
    ),
    "The market's own machinery": ("basis-unwind", "failed-auction"),
    "March 2020, and a slow end": ("march-2020", "loss-of-reserve-status"),
}  # fmt: skip
"""The built-in scenarios by family, both in the order in which they are told."""
ORDER = tuple(name for family in FAMILIES.values() for name in family)


def builtin_names() -> tuple[str, ...]:
    """Names of the built-in scenarios, in the order in which they are told."""
    return ORDER


def told_names() -> tuple[str, ...]:
    """Names of the built-in scenarios that the brief tells."""
    return TOLD


def family(name: str) -> str:
    """The family a built-in scenario is listed under; empty for a file of one's own."""
    return next((head for head, names in FAMILIES.items() if name in names), "")


@lru_cache(maxsize=1)
def scenario_keys() -> tuple[KeyInfo, ...]:
    """Every key that can be set, with description, unit, range and default."""
    top = [describe(k, Scenario.model_fields[k]) for k in ("title", "description", "horizon_days")]
    deep = [
        info for part in EFFECTIVE for info in _walk(part, Scenario.model_fields[part].annotation)
    ]
    return (*top, *deep)


def _walk(prefix: str, model: Any) -> list[KeyInfo]:
    found: list[KeyInfo] = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _walk(f"{prefix}.{name}", kind)
        else:
            found.append(describe(f"{prefix}.{name}", field))
    return found


def load_scenario(name_or_path: str | Path) -> Scenario:
    """The built-in scenario of that name, or the one in a TOML file.

    A name with a path separator or ending in `.toml` is a file. A file that `extends` another
    scenario is laid over it (`compose`).

    Raises:
        UnknownNameError: if it is neither; close names are suggested.
        BadInputError: if the file cannot be read or a key in it is wrong; the sentence names the
            file, the key, the value and what was expected.
    """
    layers = chain(name_or_path, ORDER)
    name = Path(layers[0].source).stem
    tree = with_policy({**overlaid(layers), "name": name})
    return validate(tree, where(layers), scenario_keys())


def apply_overrides(scenario: Scenario, overrides: Iterable[str]) -> Scenario:
    """The scenario with keys replaced, each given as `key=value`, the last one winning.

    Raises:
        UnknownNameError: for an unknown key, with close matches.
        BadInputError: if an item is not `key=value`, or the value is of the wrong type or out of
            range.
    """
    items = tuple(overrides)
    if not items:
        return scenario
    tree = scenario.model_dump()
    for item in items:
        key, value = _split(item)
        _place(tree, key, value)
        if key == "policy.uses":  # another policy altogether; later items are laid over it
            tree = with_policy({**tree, "policy": {"uses": value}, "evidence": _others(tree)})
    tree["overrides"] = (*scenario.overrides, *items)
    return validate(tree, lambda _: "--set", scenario_keys())


def _others(tree: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in tree["evidence"].items() if not k.startswith("policy.")}


def _split(item: str) -> tuple[str, Any]:
    key, equals, raw = item.partition("=")
    key, raw = key.strip(), raw.strip()
    if not equals or not key or not raw:
        raise BadInputError(f"'{item}' is not KEY=VALUE, as in sale.china.amount_usdbn=300")
    known = {info.key: info for info in scenario_keys()}
    if key.startswith("parameters."):
        return key, _number(key, raw)
    if key not in known:
        raise UnknownNameError("scenario key", key, tuple(known))
    return key, _value(raw, known[key])


def _number(key: str, raw: str) -> float:
    """A parameter's value; the name and the range are checked with the whole scenario."""
    try:
        return float(raw)
    except ValueError:
        return wanted(key.partition(".")[2], raw, "--set")


def _value(raw: str, info: KeyInfo) -> Any:
    """A value as TOML reads it; bare words are text, so that policy.kind=none needs no quotes."""
    if info.unit == "words" and raw[0] not in "\"'":
        return raw
    try:
        return tomllib.loads(f"value = {raw}")["value"]
    except tomllib.TOMLDecodeError:
        return raw


def _place(tree: dict[str, Any], key: str, value: Any) -> None:
    *parents, last = key.split(".")
    for parent in parents:
        tree = tree[parent]
    tree[last] = value
    for mine, other in (EITHER, EITHER[::-1]):
        if last == mine and other in tree:
            tree[other] = 0.0
