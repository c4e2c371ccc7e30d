"""A question refused before it becomes a job: its date, names, keys and amounts, by kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ustress.app.jobs import asked
from ustress.workflows import askable


def check(question: asked.Asked) -> None:
    """Refuse a question that a simulation would refuse, with the same sentence.

    Raises:
        BadInputError: if date, name, key or amount is wrong.
        CannotError: if the figures of today, or of a covered day, are incomplete.
    """
    look = _CHECKS.get(question.kind)
    if look is not None:
        look(question)


def _run(q: asked.RunAsked) -> None:
    askable.check_scenarios([(q.scenario, q.overrides)], q.as_of)


def _compare(q: asked.CompareAsked) -> None:
    first, second = [*q.overrides, *q.first_overrides], [*q.overrides, *q.second_overrides]
    askable.check_scenarios([(q.first, first), (q.second, second)], q.as_of)
    askable.check_apart((q.first, first), (q.second, second))


def _breakpoint(q: asked.BreakpointAsked) -> None:
    askable.check_amounts(q.as_of, q.amounts or ())


def _hit(q: asked.HitAsked) -> None:
    askable.check_assumptions(q.assume)
    names = [name for name in (q.scenario, q.against) if name is not None]
    askable.check_scenarios([(name, q.overrides) for name in names], q.as_of)
    if q.against is not None:
        askable.check_apart((q.scenario, q.overrides), (q.against, q.overrides))


def _claims(q: asked.ClaimsAsked) -> None:
    askable.check_judged_day(q.as_of)


_CHECKS: dict[str, Callable[[Any], None]] = {
    "run": _run,
    "compare": _compare,
    "breakpoint": _breakpoint,
    "curve": _breakpoint,
    "hit": _hit,
    "claims": _claims,
}
"""A replay's episode is checked with its form; a validation has nothing to check."""
