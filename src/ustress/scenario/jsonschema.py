"""The JSON Schema of a scenario file, for editors that complete and check TOML while one types."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from ustress.scenario.compose import EITHER, EXTENDS, RESERVED
from ustress.scenario.schema import Scenario

FILE = "scenario.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def shipped() -> str:
    """Where the schema lies that came with the program, as an address for editors."""
    return f"file://{files('ustress.scenario').joinpath(FILE)}"


def json_schema() -> dict[str, Any]:
    """The schema: every key with description, unit and range; needed keys may come from below."""
    found = Scenario.model_json_schema()
    properties = {k: v for k, v in found["properties"].items() if k not in RESERVED}
    properties[EXTENDS] = {
        "type": "string", "minLength": 1,
        "description": "the scenario this one is laid over: a built-in name or a TOML file",
    }  # fmt: skip
    parts = {name: _part(name, body) for name, body in found["$defs"].items()}
    return {
        "$schema": DIALECT,
        "title": "A scenario of ustress",
        "type": "object",
        "additionalProperties": False,
        "properties": dict(sorted(properties.items())),
        "anyOf": [{"required": [EXTENDS]}, {"required": sorted(found["required"])}],
        "$defs": dict(sorted(parts.items())),
    }


def _part(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """A table of it: in a file that extends another no key is needed; not both ways of an amount.

    What is needed where nothing is extended is told by `ustress scenarios validate`.
    """
    kept = {k: v for k, v in body.items() if k not in ("title", "required")}
    if name in ("Expected", "SizeEvidence"):
        kept["required"] = body["required"]
    if set(EITHER) <= set(body.get("properties", {})):
        kept["not"] = {"required": list(EITHER)}
    return kept
