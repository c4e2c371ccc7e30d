"""Events by name: what `probability` understands, and nothing else.

* `fed.buys`: the Fed buys on some day of the run
* `fed.buys<=60`: its first purchase falls on business day 60 or earlier
* `fed.decides<=60`: the same for its decision; `fed.crosses` for S > b at a close, policy or not
* `ust.10y>5`: some close after the opening is above 5 (the observable's own unit)
* `ust.10y>5 by 60`: the same up to business day 60
* `ust.10y>5 at 60`: the close of business day 60 itself
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.simulate.names import OBSERVABLES

DATED = {
    "fed.buys": "first_purchase_day",
    "fed.decides": "decision_day",
    "fed.crosses": "first_crossing_day",
}
_COMPARE: dict[str, Callable[[Any, float], Any]] = {
    "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_FORM = re.compile(
    rf"(?P<name>[a-z][a-z0-9_.]*)"
    rf"(?:\s*(?P<op><=|>=|<|>)\s*(?P<value>{_NUMBER}))?"
    r"(?:\s+(?P<when>by|at)\s+(?P<day>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Event:
    """An event taken apart; `when` is "by", "at" or "" (any close of the run)."""

    text: str
    name: str
    op: str
    value: float
    when: str
    day: int

    @property
    def dated(self) -> bool:
        """Whether it is about a day known for every path, broken ones included."""
        return self.name in DATED


def parse(text: str) -> Event:
    """The event in words of the module's list.

    Raises:
        BadInputError: if the text is no event.
        UnknownNameError: if its name is no observable and no dated event.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise BadInputError(
            f"'{text}' is not an event; expected a form such as fed.buys<=60 or ust.10y>5 by 60"
        )
    name, op = found["name"], found["op"] or ""
    if name not in DATED and name not in OBSERVABLES:
        raise UnknownNameError("event or observable", name, (*DATED, *OBSERVABLES))
    if name in DATED and (op not in ("", "<=") or found["when"]):
        raise BadInputError(f"'{text}': {name} takes a last day only, as in {name}<=60")
    if name in OBSERVABLES and not op:
        raise BadInputError(f"'{text}' compares with nothing; expected a form such as {name}>1")
    value = float(found["value"]) if op else float("inf")
    return Event(text, name, op, value, found["when"] or "", int(found["day"] or 0))


def happened(
    event: Event,
    observables: Mapping[str, NDArray[np.float32]],
    dated: Mapping[str, NDArray[np.int32]],
) -> NDArray[np.bool_]:
    """(paths,) whether the event happened.

    Raises:
        BadInputError: if its day lies beyond the run.
    """
    if event.dated:
        days = dated[DATED[event.name]]
        return np.asarray((days >= 0) & (days <= event.value))
    return np.asarray(first_days(event, observables[event.name]) >= 0)


def first_days(event: Event, values: NDArray[np.float32]) -> NDArray[np.int32]:
    """(paths,) the first business day on which the event about `values` happened, -1 never.

    Raises:
        BadInputError: if its day lies beyond the run.
    """
    horizon = values.shape[1] - 1
    last = event.day if event.when else horizon
    if not 1 <= last <= horizon:
        raise BadInputError(
            f"'{event.text}': day {last} is outside the run; expected 1 to {horizon}"
        )
    begin = last if event.when == "at" else 1
    found = _COMPARE[event.op](values[:, begin : last + 1], event.value)
    return np.where(found.any(axis=1), begin + found.argmax(axis=1), -1).astype(np.int32)


def first_purchase_day(bought: NDArray[np.float32]) -> NDArray[np.int32]:
    """(paths,) the first business day on which the Fed bought, -1 never; `bought` so far by day."""
    found = bought > 0.0
    return np.where(found.any(axis=1), found.argmax(axis=1), -1).astype(np.int32)
