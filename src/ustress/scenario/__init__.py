"""Scenarios: declared in TOML, validated, overlaid on a baseline."""

from ustress.scenario.keys import KeyInfo
from ustress.scenario.load import (
    apply_overrides,
    builtin_names,
    load_scenario,
    scenario_keys,
    told_names,
)
from ustress.scenario.schema import SELLERS, Scenario

__all__ = [
    "SELLERS",
    "KeyInfo",
    "Scenario",
    "apply_overrides",
    "builtin_names",
    "load_scenario",
    "scenario_keys",
    "told_names",
]
