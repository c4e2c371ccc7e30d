"""What can be simulated: the built-in scenarios and the keys a scenario may set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ustress.scenario import KeyInfo, Scenario


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One scenario in a list: what happens, how much is sold, what the Fed may do."""

    name: str
    title: str
    description: str
    horizon_days: int
    total_sale_usdbn: float
    policy: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key of a scenario with its value and where the size comes from."""

    key: str
    value: Any
    unit: str
    expected: str
    description: str
    evidence: str
    source: str


@dataclass(frozen=True, slots=True)
class ScenarioShown:
    """A scenario in full: its line and every key that differs from 'nothing happens'."""

    line: ScenarioLine
    keys: tuple[KeyLine, ...]


def listing() -> tuple[ScenarioLine, ...]:
    """The built-in scenarios, in the order in which they are told."""
    from ustress.scenario import builtin_names, load_scenario

    return tuple(_line(load_scenario(name)) for name in builtin_names())


def keys() -> tuple[KeyInfo, ...]:
    """Every key a scenario or `--set` may give, with unit, range and default."""
    from ustress.scenario import scenario_keys

    return scenario_keys()


def show(name_or_path: str | Path) -> ScenarioShown:
    """One scenario in full.

    Raises:
        UnknownNameError: if neither a built-in scenario nor a file has this name.
        BadInputError: if the file is wrong.
    """
    from ustress.scenario import load_scenario, scenario_keys

    scenario = load_scenario(name_or_path)
    tree = scenario.model_dump()
    lines = tuple(
        _key(scenario, info, value)
        for info in scenario_keys()
        if (value := _at(tree, info.key)) != info.default and info.unit != "words"
    )
    return ScenarioShown(_line(scenario), lines)


def _line(scenario: Scenario) -> ScenarioLine:
    return ScenarioLine(
        scenario.name,
        scenario.title,
        " ".join(scenario.description.split()),
        scenario.horizon_days,
        scenario.total_sale_usdbn,
        scenario.policy.kind,
        scenario.references,
    )


def _key(scenario: Scenario, info: KeyInfo, value: Any) -> KeyLine:
    found = scenario.evidence_for(info.key)
    return KeyLine(
        info.key, value, info.unit, info.expected, info.description, found.level, found.source
    )


def _at(tree: dict[str, Any], key: str) -> Any:
    found: Any = tree
    for part in key.split("."):
        found = found[part]
    return found
