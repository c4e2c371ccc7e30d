"""Validation, and what a wrong key is called: one sentence with file, key, value, expectation."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.scenario.keys import KeyInfo
from ustress.scenario.schema import LAST_DAY, SELLERS, Scenario


def validate(tree: Mapping[str, Any], source: str, keys: tuple[KeyInfo, ...]) -> Scenario:
    """The scenario in `tree`, a nested mapping as TOML gives it.

    Raises:
        UnknownNameError: for an unknown key.
        BadInputError: for the first other thing that is wrong.
    """
    try:
        scenario = Scenario.model_validate(dict(tree))
    except ValidationError as error:
        raise _sentence(error, source, keys) from None
    _check_consistency(scenario, source, keys)
    return scenario


def _sentence(error: ValidationError, source: str, keys: tuple[KeyInfo, ...]) -> BadInputError:
    found = error.errors(include_url=False)
    # A misnamed key also leaves the right one missing; the misnamed one is what was typed.
    first = next((e for e in found if e["type"] == "extra_forbidden"), found[0])
    key = ".".join(str(part) for part in first["loc"])
    info = next((k for k in keys if k.key == key), None)
    if first["type"] == "extra_forbidden":
        return _unknown_key(key, source, keys)
    if first["type"] == "missing":
        expected = f"; expected {info.expected}" if info else ""
        return BadInputError(f"{source}: key '{key}' is missing{expected}")
    expected = info.expected if info else first["msg"].lower()
    return BadInputError(f"{source}: {key} is {_show(first['input'])}; expected {expected}")


def _unknown_key(key: str, source: str, keys: tuple[KeyInfo, ...]) -> BadInputError:
    """Names the close matches with their units, so that a wrong unit shows as such."""
    known = {k.key: k for k in keys}
    near = [known[k] for k in get_close_matches(key, known, n=2, cutoff=0.75)]
    if not near:
        return UnknownNameError(f"key in {source}:", key, tuple(known))
    hint = " or ".join(f"{k.key} ({k.unit_words})" for k in near)
    return BadInputError(f"{source}: unknown key '{key}'; did you mean {hint}?")


def _show(value: Any) -> str:
    text = f"'{value}'" if isinstance(value, str) else str(value)
    if isinstance(value, bool):
        text = str(value).lower()
    return text if len(text) <= 60 else f"{text[:57]}..."


def _check_consistency(scenario: Scenario, source: str, keys: tuple[KeyInfo, ...]) -> None:
    for seller in SELLERS:
        sale = getattr(scenario.sale, seller)
        last = sale.start_day + sale.business_days - 1
        if sale.amount_usdbn and last > LAST_DAY:
            raise BadInputError(
                f"{source}: sale.{seller} ends on business day {last}; expected {LAST_DAY} or less"
            )
    policy = scenario.policy
    if policy.kind != "none" and policy.pace_usdbn_per_day == 0:
        raise BadInputError(
            f"{source}: policy.pace_usdbn_per_day is 0 while policy.kind is {policy.kind}; "
            "expected a pace above 0, or policy.kind none"
        )
    known = {k.key for k in keys}
    for key in scenario.evidence:
        if key not in known:
            raise UnknownNameError(f"key under evidence in {source}:", key, tuple(known))
