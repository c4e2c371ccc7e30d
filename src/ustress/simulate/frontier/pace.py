"""The frontier of amount against pace: how much, sold over how many business days, is too much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent
from ustress.scenario.schema import Scenario
from ustress.simulate.engine import WORKERS
from ustress.simulate.frontier.axis import SLOWEST_DAYS, SMALLEST_USDBN, sale_axis
from ustress.simulate.frontier.design import MEMBERS
from ustress.simulate.frontier.policies import check_nothing_fixed, undisturbed, without_purchases
from ustress.simulate.frontier.seek import Setting
from ustress.simulate.frontier.solve import Point, solve
from ustress.simulate.holdings import in_dollars
from ustress.simulate.opening import Opening
from ustress.simulate.provenance import Provenance
from ustress.simulate.run import provenance

Floats = NDArray[np.float64]
LEVEL = 0.10
PACES_DAYS = (1, 5, 20, 60, 120, 250)
MOST_PATHS = 2000


@dataclass(frozen=True, eq=False)
class Frontier:
    """The amount at which pi reaches `level`, by pace.

    Attributes:
        paces_days: business days over which the amount is sold.
        points: the frontier at each pace, $bn of par.
        policies: declared policies without purchases over which pi is least.
        scenario: what happens besides the sale.
        most_usdbn: all that can be sold: what foreigners held in `month` less the scenario's sales.
        paths_used: simulated paths in all. `paths`: distinct ones at most.
    """

    as_of: date
    level: float
    paces_days: tuple[int, ...]
    points: tuple[Point, ...]
    policies: tuple[str, ...]
    scenario: str
    most_usdbn: float
    month: str
    seed: int
    provenance: Provenance

    @property
    def paths_used(self) -> int:
        """Simulated paths in all."""
        return sum(point.trials for point in self.points)

    @property
    def paths(self) -> int:
        """Distinct paths at the pace that took most."""
        return max(point.paths for point in self.points)

    def words(self, i: int) -> str:
        """What was found at the pace `i`, in words."""
        point, level = self.points[i], f"{self.level:.0%}".replace("%", " %")
        if point.value is not None:
            return f"reaches {level} at ${point.value:,.0f}bn"
        if point.status == "already_above":
            return f"above {level} with nothing sold"
        return f"not reached up to ${self.most_usdbn:,.0f}bn, all that is held ({self.month})"

    def curve(self, i: int, amounts_usdbn: Sequence[float]) -> Floats:
        """Chance pi by amount at the pace `i`; it never falls with the amount."""
        found = np.sort(self.points[i].critical)
        place = np.searchsorted(found, np.asarray(amounts_usdbn, np.float64), side="right")
        return np.asarray(place / found.size)


def frontier(
    opening: Opening,
    paces_days: Sequence[int] = PACES_DAYS,
    scenario: Scenario | None = None,
    policy: str | None = None,
    paths: int = MOST_PATHS,
    seed: int = 7,
    workers: int = WORKERS,
    progress: Progress = silent,
) -> Frontier:
    """The point of no return by pace: pi(Q, D) = 10 % (model document, section 3).

    Args:
        opening: from `open_state`.
        paces_days: business days over which the amount is sold, each 1 to 250.
        scenario: what else happens; None is nothing. Its purchases are off.
        policy: only this policy without purchases; None takes the least over all declared ones.
        paths: the most at any pace; as many as the error asks for are used.
        seed: of the shocks, common to all paces, amounts and policies.
        workers: blocks of paths computed at the same time; changes no byte.
        progress: told after each pace.

    Raises:
        BadInputError: if a pace or the number of paths is out of range, or the scenario sells
            more than is held.
    """
    paces, base, courses, most = asked(opening, paces_days, scenario, policy, paths)
    setting = Setting(opening, LEVEL, seed, paths // MEMBERS * MEMBERS, workers)
    points: list[Point] = []
    for i, days in enumerate(paces):
        progress("point of no return", i, len(paces))
        axes = {name: sale_axis(opening, one, days, most) for name, one in courses.items()}
        points.append(solve(setting, axes, points[-1] if points else None))
    progress("point of no return", len(paces), len(paces))
    return Frontier(
        opening.as_of, LEVEL, paces, tuple(points), tuple(courses), base.name, most,
        f"{opening['holdings.total'].day:%B %Y}", seed, provenance(opening, base, seed),
    )  # fmt: skip


class Asked(NamedTuple):
    """A question that can be answered: paces, what happens besides, under which policies, $bn."""

    paces: tuple[int, ...]
    base: Scenario
    courses: dict[str, Scenario]
    most_usdbn: float


def asked(
    opening: Opening,
    paces_days: Sequence[int],
    scenario: Scenario | None = None,
    policy: str | None = None,
    paths: int = MOST_PATHS,
) -> Asked:
    """What `frontier` is asked, or a refusal before anything is simulated; arguments as there.

    Raises:
        BadInputError, UnknownNameError: as in `frontier`.
    """
    paces = _checked(paces_days, paths)
    base = in_dollars(opening, scenario or undisturbed())
    check_nothing_fixed(base)
    opening.check(base)
    courses = without_purchases(base, policy)
    most = opening.foreign_usdbn - max(base.total_sale_usdbn, 0.0)
    if most <= SMALLEST_USDBN:
        raise BadInputError(f"scenario {base.name} sells all that foreigners held already")
    return Asked(paces, base, courses, most)


def _checked(paces_days: Sequence[int], paths: int) -> tuple[int, ...]:
    paces = tuple(sorted(set(paces_days)))
    if not paces:
        raise BadInputError("business days: expected at least one number from 1 to 250")
    for days in paces:
        if not 1 <= days <= SLOWEST_DAYS:
            raise BadInputError(f"business days is {days}; expected 1 to {SLOWEST_DAYS}")
    if not MEMBERS <= paths <= 100_000:
        raise BadInputError(f"paths is {paths}; expected {MEMBERS} to 100000")
    return paces
