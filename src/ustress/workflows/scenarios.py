"""What can be simulated: the built-in scenarios and the keys a scenario may set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ustress.scenario import KeyInfo, Scenario


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One scenario in a list: what happens, how much is sold, what the Fed may do.

    `family` is what built-in ones are listed under, empty for a file.
    """

    name: str
    title: str
    description: str
    horizon_days: int
    total_sale_usdbn: float
    sold: str
    policy: str
    extends: tuple[str, ...]
    references: tuple[str, ...]
    family: str


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


@dataclass(frozen=True, slots=True)
class KeyDifference:
    """One key on which two scenarios differ."""

    key: str
    first: Any
    second: Any
    unit: str
    description: str


@dataclass(frozen=True, slots=True)
class ScenarioDifference:
    """Two scenarios and every key that changes a simulated number on which they differ."""

    first: str
    second: str
    keys: tuple[KeyDifference, ...]


def diff(first: str | Path, second: str | Path) -> ScenarioDifference:
    """The keys on which two scenarios differ.

    Raises:
        UnknownNameError: if a name is no scenario.
        BadInputError: if a file is wrong.
    """
    from ustress.scenario import load_scenario, scenario_keys

    one, two = load_scenario(first), load_scenario(second)
    left, right = one.model_dump(), two.model_dump()
    found = (
        KeyDifference(k.key, _at(left, k.key), _at(right, k.key), k.unit, k.description)
        for k in scenario_keys()
        if k.key not in ("title", "description")
    )
    return ScenarioDifference(one.name, two.name, tuple(d for d in found if d.first != d.second))


@dataclass(frozen=True, slots=True)
class Validated:
    """A scenario file that is right: what it extends, and sizes without a source."""

    file: str
    line: ScenarioLine
    unsourced: tuple[str, ...]


def validate(file: str | Path) -> Validated:
    """Whether a scenario is right, and which of its sizes say not where they come from.

    Raises:
        UnknownNameError, BadInputError: one sentence with file, line, key, value, expectation.
    """
    shown = show(file)
    bare = tuple(k.key for k in shown.keys if k.source.startswith("not sourced") and _is_size(k))
    return Validated(str(file), shown.line, bare)


def _is_size(line: KeyLine) -> bool:
    return line.unit in ("usdbn", "bp", "pct", "share", "usdbn_per_day")


def new(file: str | Path, extends: str | None = None) -> Path:
    """A new scenario file with every key commented out, its unit and range beside it.

    Raises:
        BadInputError: if the name does not end in `.toml` or the file exists already.
        UnknownNameError: if there is no such scenario to extend.
        CannotError: if the disk refuses.
    """
    from ustress.core.errors import BadInputError
    from ustress.core.files import write_new
    from ustress.scenario.template import template

    path = Path(file)
    if path.suffix != ".toml":
        raise BadInputError(f"{path} does not end in .toml; expected a name such as mine.toml")
    write_new(path, template(path.stem, extends))
    return path


def schema() -> dict[str, Any]:
    """The JSON Schema of scenario files, for editors."""
    from ustress.scenario.jsonschema import json_schema

    return json_schema()


def _line(scenario: Scenario) -> ScenarioLine:
    from ustress.scenario.load import family

    return ScenarioLine(
        scenario.name,
        scenario.title,
        " ".join(scenario.description.split()),
        scenario.horizon_days,
        scenario.total_sale_usdbn,
        scenario.sold_words,
        scenario.policy.kind,
        scenario.lineage,
        scenario.references,
        family(scenario.name),
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
