"""Every group of those who are hit, over one course or the difference of two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from ustress.core.errors import CannotError
from ustress.core.panel import Panel
from ustress.outcomes.assumptions import Assumptions
from ustress.outcomes.budget import Federal, budget, federal
from ustress.outcomes.corporations import corporations
from ustress.outcomes.course import Course
from ustress.outcomes.discount import FLEETING, LASTING
from ustress.outcomes.equity import equity
from ustress.outcomes.fed_itself import fed_itself
from ustress.outcomes.foreign_reserves import foreign_reserves
from ustress.outcomes.households import households
from ustress.outcomes.quantity import Outcome, less
from ustress.outcomes.spillover import policy_alone, spillover
from ustress.outcomes.summary import Group, summarise
from ustress.outcomes.tenors import YIELDS


@dataclass(frozen=True)
class Setting:
    """What the outcomes know besides the course: the past as of the opening, and assumptions.

    `mortgage_pct` is the last survey rate known on the opening day, None where it is not.
    """

    panel: Panel | None
    given: Assumptions = field(default_factory=Assumptions)
    mortgage_pct: float | None = None

    @cached_property
    def federal(self) -> Federal | str:
        """The rolled debt, shared by every course, or why there is none."""
        if self.panel is None:
            return "no figures of the debt were given"
        try:
            return federal(self.panel, self.given)
        except CannotError as gap:
            return str(gap)


GROUPS: dict[str, Callable[[Course, Setting], Outcome]] = {
    "budget": lambda c, s: budget(c, s.federal, s.given),
    "households": lambda c, s: households(c, s.panel, s.given, s.mortgage_pct),
    "corporations": lambda c, s: corporations(c, s.panel, s.given),
    "equity": lambda c, s: equity(c, s.given),
    "foreign_reserves": lambda c, s: foreign_reserves(c, s.panel),
    "fed": lambda c, s: fed_itself(c, s.panel),
    "spillover": lambda c, s: spillover(c, s.panel),
}
"""The groups, in the order in which they are shown."""


DISCOUNTED = (*LASTING, *FLEETING)
SOLD = ("held.china", "held.japan", "held.other_official")
READ = (
    *YIELDS, "volatility", "credit.ig", "mbs.spread", "fx.volatility", "equity.change",
    "gold.change", "dollar.change", "yen.change", *DISCOUNTED, "fed.purchases", "fed.bought",
    "fed.mbs", "fed.reserves", "fed.carry", *SOLD,
)  # fmt: skip
"""What the groups read of a course, where it is there."""


def group(key: str, setting: Setting, course: Course, against: Course | None = None) -> Group:
    """One group summarised; with `against`, first less second path by path."""
    outcome = GROUPS[key](course, setting)
    if against is not None:
        outcome = less(outcome, GROUPS[key](against, setting), course.title)
        if key == "spillover" and course.imposed and course.imposed == against.imposed:
            outcome = policy_alone(outcome)
    return summarise(outcome)
