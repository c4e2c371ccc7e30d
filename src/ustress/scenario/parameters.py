"""Parameters of the model that a scenario fixes on every path: known names, inside their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.model.parameters import ParameterInfo, load_parameters

NOT_OF_A_PATH = ("lam0_tail_factor", "wedge_noise_bp")
"""Entries that shape the draws and are no parameter of a path."""
SLOW = "slow.toml"


def settable() -> dict[str, ParameterInfo]:
    """The single-valued parameters of a path, by name."""
    from ustress.model.parameters.table import names_in

    skipped = {*NOT_OF_A_PATH, *names_in(SLOW)}
    return {
        one.name: one
        for one in load_parameters()
        if one.name not in skipped and not isinstance(one.value, tuple)
    }


def allowed(entry: ParameterInfo) -> tuple[float, float]:
    """The closed range a scenario may fix it in.

    The bounds of a uniform one, else the 10 to 90 % of what is known; where nothing is known of
    the range, half to double the value.
    """
    value, low, high = (float(x) for x in (entry.value, entry.low, entry.high))  # type: ignore[arg-type]
    if entry.bounds is not None:
        return entry.bounds
    if low == high:
        return min(0.5 * value, 2.0 * value), max(0.5 * value, 2.0 * value)
    return low, high


def check_parameters(given: Mapping[str, float], source: str) -> None:
    """Refuse an unknown parameter, or a value outside its range.

    Raises:
        UnknownNameError: for a name that no parameter of a path has, with close matches.
        BadInputError: naming key, value, unit and range.
    """
    known = settable() if given else {}
    for name, value in given.items():
        if name not in known:
            raise UnknownNameError(f"parameter in {source}:", name, tuple(known))
        low, high = allowed(known[name])
        if not low <= value <= high:
            wanted(name, f"{value:g}", source)


def wanted(name: str, shown: str, source: str) -> NoReturn:
    """Refuse a parameter's value.

    Raises:
        UnknownNameError: if there is no such parameter.
        BadInputError: saying what was expected.
    """
    known = settable()
    if name not in known:
        raise UnknownNameError(f"parameter in {source}:", name, tuple(known))
    low, high = allowed(known[name])
    raise BadInputError(
        f"{source}: parameters.{name} is {shown}; expected a number from {low:g} to {high:g} "
        f"({known[name].unit}; {known[name].meaning})"
    )
