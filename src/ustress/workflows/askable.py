"""Whether a question can be simulated, known before it is: nothing that simulates is loaded.

A program that stays open refuses at once what a run would refuse after it has waited its turn.
Every check is the one that the run itself makes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ustress.workflows.common import today
from ustress.workflows.live import generation

if TYPE_CHECKING:
    from ustress.scenario.schema import Scenario
    from ustress.simulate.held import Held


def check_scenarios(asked: Iterable[tuple[str, Iterable[str]]], as_of: date | None) -> None:
    """Refuse unknown scenarios, wrong keys or values, an uncovered date, sales beyond holdings.

    Args:
        asked: scenarios' names, each with its keys replaced as `key=value`.
        as_of: the opening day; None is today.

    Raises:
        UnknownNameError: for an unknown scenario or key.
        BadInputError: for a value out of range or a date that cannot be simulated.
        CannotError: if the opening state of today, or of a covered day, is incomplete.
    """
    given = [_declared(name, overrides) for name, overrides in asked]
    held = _held(as_of)
    for scenario in given:
        held.check_scenario(scenario)


def check_apart(first: tuple[str, Iterable[str]], second: tuple[str, Iterable[str]]) -> None:
    """Refuse a scenario less itself, each given as in `check_scenarios`.

    Raises:
        BadInputError: naming it.
    """
    from ustress.core.errors import BadInputError

    if _declared(*first) == _declared(*second):
        raise BadInputError(
            f"{first[0]} less itself is nought everywhere; expected two scenarios that differ"
        )


def _declared(name: str, overrides: Iterable[str]) -> Scenario:
    from ustress.core.errors import UnknownNameError
    from ustress.scenario import apply_overrides, builtin_names, load_scenario

    if name not in builtin_names():  # a name is never looked for on disk
        raise UnknownNameError("scenario", name, tuple(builtin_names()))
    return apply_overrides(load_scenario(name), overrides)


def check_amounts(as_of: date | None, amounts_usdbn: Iterable[float] = ()) -> None:
    """Refuse an uncovered date, and an amount that is more than foreigners held.

    Raises:
        BadInputError: naming the days covered; or amount, holding and month.
        CannotError: if the opening state of today, or of a covered day, is incomplete.
    """
    _held(as_of).check_amount(max(amounts_usdbn, default=0.0))


def check_assumptions(settings: Iterable[str]) -> None:
    """Refuse an assumption of the outcomes that does not exist or is out of range.

    Raises:
        UnknownNameError: for an unknown assumption.
        BadInputError: for a value out of range.
    """
    from ustress.outcomes.assumptions import assume

    assume(settings)


def check_judged_day(as_of: date | None) -> None:
    """Refuse a date before the figures begin: there claims have no record to be judged by.

    Raises:
        BadInputError: naming the first date.
    """
    from ustress.data.store import Store

    if as_of is not None:
        Store().panel(as_of, ())


def _held(as_of: date | None) -> Held:
    return _held_then(as_of, today(), generation())


@lru_cache(maxsize=64)
def _held_then(as_of: date | None, _today: date, _generation: str) -> Held:
    """Once for a date, as long as neither the day nor the figures change."""
    from ustress.workflows.opening import held_on

    return held_on(as_of)
