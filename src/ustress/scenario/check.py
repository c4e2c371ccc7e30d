"""Validation, and what a wrong key is called: one sentence with file, key, value, expectation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.scenario.compose import EITHER
from ustress.scenario.keys import KeyInfo
from ustress.scenario.parameters import check_parameters
from ustress.scenario.schema import LAST_DAY, SELLERS, Scenario

Where = Callable[[str], str]
"""From a key to the place where it is given, in words: file and line."""


def validate(tree: Mapping[str, Any], where: Where, keys: tuple[KeyInfo, ...]) -> Scenario:
    """The scenario in `tree`, a nested mapping as TOML gives it; `where` says where keys stand.

    Raises:
        UnknownNameError: for an unknown key.
        BadInputError: for the first other thing that is wrong.
    """
    try:
        scenario = Scenario.model_validate(dict(tree))
    except ValidationError as error:
        raise _sentence(error, where, keys) from None
    _check_amounts(tree, where, keys)
    _check_consistency(scenario, where, keys)
    return scenario


def _sentence(error: ValidationError, where: Where, keys: tuple[KeyInfo, ...]) -> BadInputError:
    found = error.errors(include_url=False)
    # A misnamed key also leaves the right one missing; the misnamed one is what was typed.
    first = next((e for e in found if e["type"] == "extra_forbidden"), found[0])
    key = ".".join(str(part) for part in first["loc"])
    info, source = next((k for k in keys if k.key == key), None), where(key)
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


def _check_amounts(tree: Mapping[str, Any], where: Where, keys: tuple[KeyInfo, ...]) -> None:
    """Of an amount and a share of the holding, each sale has exactly one."""
    for seller, sale in tree.get("sale", {}).items():
        given = [name for name in EITHER if name in sale]
        key = f"sale.{seller}.{EITHER[0]}"
        if not given:
            info = next(k for k in keys if k.key == key)
            raise BadInputError(
                f"{where(key)}: key '{key}' is missing; expected {info.expected}, or "
                f"{EITHER[1]}, a share of what the seller holds"
            )
        if len(given) == 2 and all(sale[name] for name in given):
            raise BadInputError(
                f"{where(key)}: sale.{seller} has {EITHER[0]} {sale[EITHER[0]]:g} and {EITHER[1]} "
                f"{sale[EITHER[1]]:g}; expected one of the two"
            )


def _check_consistency(scenario: Scenario, where: Where, keys: tuple[KeyInfo, ...]) -> None:
    for seller in SELLERS:
        sale = getattr(scenario.sale, seller)
        last = sale.start_day + sale.business_days - 1
        if (sale.amount_usdbn or sale.amount_share_of_holding) and last > LAST_DAY:
            place = where(f"sale.{seller}.business_days")
            raise BadInputError(
                f"{place}: sale.{seller} ends on business day {last}; expected {LAST_DAY} or less"
            )
    policy = scenario.policy
    if policy.kind != "none" and policy.pace_usdbn_per_day == 0:
        raise BadInputError(
            f"{where('policy.pace_usdbn_per_day')}: policy.pace_usdbn_per_day is 0 while "
            f"policy.kind is {policy.kind}; expected a pace above 0, or policy.kind none"
        )
    if policy.kind == "open_ended" and policy.open_ended.on:
        raise BadInputError(
            f"{where('policy.open_ended')}: policy.open_ended is the step after temporary "
            "purchases; expected policy.kind temporary or none beside it"
        )
    if scenario.parameters:
        check_parameters(scenario.parameters, where("parameters"))
    known = {k.key for k in keys} | {f"parameters.{name}" for name in scenario.parameters}
    for key in scenario.evidence:
        if key not in known:
            place = where(f"evidence.{key}")
            raise UnknownNameError(f"key under evidence in {place}:", key, tuple(known))
