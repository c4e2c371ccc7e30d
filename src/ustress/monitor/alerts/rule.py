"""What a rule of an alert file says, and what evaluating it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

Quantity = Literal["value", "change", "percentile", "deviation", "record", "stale"]
QUANTITIES: tuple[Quantity, ...] = (
    "value", "change", "percentile", "deviation", "record", "stale",
)  # fmt: skip
COMPOSITE = "composite"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a quantity of one indicator (or of the composite) beyond a bound.

    `what` is the value, its change over `window`, its percentile, its distance from its own past
    in standard deviations, a record of rank `within` or better, or staleness. `above` and `below`
    are strict. `place` opens errors: file, line and alert.
    """

    name: str
    indicator: str
    what: Quantity
    window: str = ""
    above: float | None = None
    below: float | None = None
    unit: str = ""
    within: int = 1
    even_if_old: bool = False
    place: str = ""


class State(Enum):
    """What evaluating a rule can say."""

    FIRED = "fired"
    QUIET = "quiet"
    UNKNOWN = "cannot_be_told"

    @property
    def words(self) -> str:
        """As a reader sees it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One rule on one date: fired, quiet, or impossible to tell (`because` says why).

    `value` is what was compared, in `unit`; `day` the observation's date, `known` when it became
    known.
    """

    name: str
    indicator: str
    what: str
    rule: str
    state: State
    because: str
    value: float | None = None
    unit: str = ""
    day: date | None = None
    known: date | None = None
