"""Built-in policies of the Fed, as data; a scenario names one and may change keys of it.

[policy]
uses = "facilities-first"       # or a file of one's own, as in "my-policy.toml"
max_usdbn = 800

from ustress.scenario.policies import load_policy, policies_without_purchases
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.scenario.rule import PolicyRule

NAMES = (
    "none", "facilities", "leverage-relief", "buybacks-hedged", "facilities-first", "temporary",
    "open-ended", "ladder",
)  # fmt: skip
WITHOUT_PURCHASES = NAMES[:4]
"""Those that never take duration onto the Fed's balance sheet: the point of no return is the
smallest chance over them."""
_TABLES = ("title", "description", "references", "policy", "evidence")


def policy_names() -> tuple[str, ...]:
    """Names of the built-in policies, the least first."""
    return NAMES


def load_policy(name_or_path: str) -> PolicyRule:
    """A built-in policy or one in a TOML file with a table [policy].

    Raises:
        UnknownNameError: if it is neither; close names are suggested.
        BadInputError: naming file and key, if it is wrong.
    """
    source, tree = _read(name_or_path)
    return _rule(source, tree["policy"], name_or_path)


def policy_title(name_or_path: str) -> str:
    """The policy in a few words; raises as `load_policy`."""
    _, tree = _read(name_or_path)
    return str(tree.get("title", name_or_path))


@lru_cache(maxsize=1)
def policies_without_purchases() -> Mapping[str, PolicyRule]:
    """Every declared policy without outright purchases, by name, doing nothing first."""
    return {name: load_policy(name) for name in WITHOUT_PURCHASES}


def with_policy(tree: dict[str, Any]) -> dict[str, Any]:
    """The scenario's tree with its keys laid over the policy that it names.

    Raises:
        UnknownNameError, BadInputError: as `load_policy`.
    """
    own = tree.get("policy")
    uses = own.get("uses") if isinstance(own, Mapping) else None
    if not (isinstance(uses, str) and uses) or not isinstance(own, Mapping):
        return tree
    source, named = _read(uses)
    _rule(source, named["policy"], uses)
    mine = tree.get("evidence", {})
    theirs = {k: v for k, v in named.get("evidence", {}).items() if not _given(own, k)}
    evidence = {**theirs, **mine} if isinstance(mine, Mapping) else mine
    return {**tree, "policy": _laid(named["policy"], own), "evidence": evidence}


def _given(own: Mapping[str, Any], key: str) -> bool:
    """Whether the scenario itself sets `key`, so that the policy's evidence is not about it."""
    found: Any = own
    for part in key.split(".")[1:]:
        if not isinstance(found, Mapping) or part not in found:
            return False
        found = found[part]
    return True


def _laid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(below)
    for key, value in above.items():
        under = both.get(key)
        nested = isinstance(value, Mapping) and isinstance(under, Mapping)
        both[key] = _laid(under, value) if nested else value  # type: ignore[arg-type]
    return both


def _read(name_or_path: str) -> tuple[str, dict[str, Any]]:
    if name_or_path in NAMES:
        source = f"{name_or_path}.toml"
        text = files("ustress.scenario.policies").joinpath(source).read_text(encoding="utf-8")
    elif name_or_path.endswith(".toml") or "/" in name_or_path:
        source = name_or_path
        try:
            text = Path(source).read_text(encoding="utf-8")
        except OSError as error:
            raise BadInputError(f"cannot read policy file {source}: {error.strerror}") from None
    else:
        raise UnknownNameError("policy", name_or_path, NAMES)
    return source, _parsed(source, text)


def _parsed(source: str, text: str) -> dict[str, Any]:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{source} is not valid TOML: {error}") from None
    if not isinstance(tree.get("policy"), dict):
        raise BadInputError(f"{source}: table [policy] is missing; expected the policy's keys")
    if strange := sorted(set(tree) - set(_TABLES)):
        raise BadInputError(f"{source}: unknown key '{strange[0]}'; expected {', '.join(_TABLES)}")
    if "uses" in tree["policy"]:
        raise BadInputError(f"{source}: policy.uses is not expected in a policy's own file")
    return tree


def _rule(source: str, body: dict[str, Any], name: str) -> PolicyRule:
    try:
        return PolicyRule.model_validate({**body, "uses": name})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(("policy", *(str(part) for part in first["loc"])))
        shown = first["input"] if first["type"] != "missing" else "missing"
        raise BadInputError(f"{source}: {key} is {shown}; {first['msg'].lower()}") from None
