"""A new scenario file with every key commented out, its unit and range beside it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ustress.scenario.jsonschema import shipped
from ustress.scenario.keys import KeyInfo
from ustress.scenario.load import load_scenario, scenario_keys

_TOP = ("title", "description", "horizon_days")


def template(name: str, extends: str | None = None) -> str:
    """The text of a scenario file that is valid as it stands and says all that can be set.

    Args:
        name: its title to begin with.
        extends: the scenario it is laid over; None begins from nothing happening.

    Raises:
        UnknownNameError: if there is no such scenario to extend.
        BadInputError: if the file to extend is wrong.
    """
    if extends is not None:
        load_scenario(extends)
    head = [
        f"#:schema {shipped()}",
        "# Uncomment what happens; every key says what it means, its unit and its range.",
        "",
        *([f"extends = {_toml(extends)}"] if extends else []),
        f"title = {_toml(name)}",
        'description = """What happens, in a few sentences."""',
        *(["# horizon_days = 252"] if extends else ["horizon_days = 252"]),
        'references = ["What it is modelled on."]',
    ]
    tables = groupby(
        (k for k in scenario_keys() if k.key not in _TOP), key=lambda k: k.key.rpartition(".")[0]
    )
    body = [line for table, keys in tables for line in _table(table, list(keys), extends)]
    return "\n".join([*head, *body, *_TAIL])


_TAIL = (
    "",
    "# Where a size comes from, for every size above:",
    '# [evidence."sale.china.amount_usdbn"]',
    '# level = "assumed"  # measured, estimated, published or assumed',
    '# source = "where it comes from, and how it was scaled"',
    "",
    "# A sign it must show on common shocks:",
    "# [[expected]]",
    '# observable = "ust.10y"',
    '# sign = "+"',
    '# against = "baseline"',
    "# day = 20",
    '# why = "the reason, in one sentence"',
    "",
)


def _table(table: str, keys: list[KeyInfo], extends: str | None) -> list[str]:
    """One table; a policy must be declared where nothing is extended."""
    needed = table == "policy" and extends is None
    mark = "" if needed else "# "
    lines = ["", f"{mark}[{table}]"]
    for info in keys:
        name = info.key.rpartition(".")[2]
        first = "" if needed and name == "kind" else "# "
        value = "none" if name == "kind" and table == "policy" else info.default
        said = f"# {info.description}; {info.expected}"
        lines.append(f"{first}{name} = {_toml(value)}  {said}")
    return lines


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    text = "" if value is None else str(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
