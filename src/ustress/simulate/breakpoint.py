"""The breaking point: the chance that the Fed must buy against the amount sold.

Two curves that must not be confused, on the same shocks and the same parameters:

* `intervention`: the chance that the Fed's own rule decides to buy within so many business days
  of the start. Until that decision nothing the Fed does matters, so it is the chance of a first
  close with S > b; a path that breaks without one does not count.
* `no_return`: pi(Q, D) of the model document (section 3): the chance, with purchases off, that
  S > b at some close up to 20 business days after the last sale, or that the path ends in a
  named break by then, under the declared policy without purchases that makes it least.

Sold by all foreign holders in proportion to what they hold. Every group of twenty paths lives
with one joint draw of all parameters (`frontier.design`); quantiles of the chance over groups
show what is owed to parameters. They contain the groups' own Monte Carlo noise and are therefore
a little wide. `frontier` has the amounts by pace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent
from ustress.simulate.crossing import Crossing, crossing, first_crossing
from ustress.simulate.engine import WORKERS
from ustress.simulate.frontier import estimate, trial
from ustress.simulate.frontier.axis import AFTER_LAST_SALE_DAYS, Axis, sale_axis
from ustress.simulate.frontier.design import MEMBERS, Design, nested
from ustress.simulate.frontier.pace import Frontier
from ustress.simulate.frontier.policies import NOTHING, undisturbed, without_purchases
from ustress.simulate.frontier.seek import Setting, line
from ustress.simulate.hangs_on import hangs_on
from ustress.simulate.opening import Opening
from ustress.simulate.provenance import Provenance
from ustress.simulate.run import provenance

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
GROUP_PATHS = MEMBERS
"""Paths that share one joint draw of the parameters."""
LEVELS = (0.10, 0.50)
CHOOSING_PATHS = 400
"""Paths on which the policy is chosen."""
GRID_USDBN = (
    0.0,
    25.0,
    50.0,
    75.0,
    100.0,
    150.0,
    200.0,
    300.0,
    400.0,
    500.0,
    650.0,
    800.0,
    1000.0,
    1500.0,
)


@dataclass(frozen=True, eq=False)
class Curve:
    """A chance against the amount sold.

    `chance` and `error` (amounts,) average over parameters, draws being clusters; `by_group`
    (groups, amounts) is the chance for each joint draw; `crossings` by level.
    """

    name: str
    rule: str
    chance: Floats
    error: Floats
    by_group: Floats
    crossings: tuple[Crossing, ...]

    def quantile(self, q: float) -> Floats:
        """Quantile of the chance over joint draws, by amount."""
        return np.asarray(np.quantile(self.by_group, q, axis=0))


@dataclass(frozen=True, eq=False)
class Breakpoint:
    """Both curves, and what they were computed from.

    Attributes:
        amounts_usdbn: par sold in all, evenly over `sale_days` business days.
        intervention: the Fed's own rule decides to buy within `within_days`.
        no_return: pi, purchases off, up to 20 business days after the last sale.
        hangs_on: parameters by their rank correlation, over joint draws, with the amount at which
            the chance of intervention reaches one half.
        frontier: the amount at which pi reaches 10 %, by pace; None if not asked for.
    """

    as_of: date
    amounts_usdbn: Floats
    intervention: Curve
    no_return: Curve
    sale_days: int
    within_days: int
    paths: int
    draws: int
    seed: int
    hangs_on: tuple[tuple[str, float], ...]
    provenance: Provenance
    frontier: Frontier | None = None

    @property
    def paths_used(self) -> int:
        """Simulated paths in all."""
        more = self.frontier.paths_used if self.frontier else 0
        return self.paths * int(self.amounts_usdbn.size) + more

    def along(self, found: Frontier) -> Breakpoint:
        """The same with its frontier.

        At the pace that both have, the frontier's amount takes the place of the one read off the
        curve: it was sought, not interpolated, so that one question has one answer.
        """
        at = found.paces_days.index(self.sale_days) if self.sale_days in found.paces_days else None
        curve = self.no_return
        if at is not None and found.points[at].value is not None:
            sought = tuple(
                _sought(found, at) if one.level == found.level else one for one in curve.crossings
            )
            curve = replace(curve, crossings=sought)
        return replace(self, no_return=curve, frontier=found)


def _sought(found: Frontier, i: int) -> Crossing:
    point = found.points[i]
    spread = point.spread
    return Crossing(
        found.level, point.value, point.error, spread.q10, spread.q50, spread.q90,
        spread.never_share, found.words(i),
    )  # fmt: skip


def chance_of_intervention(
    opening: Opening,
    amounts_usdbn: Sequence[float] = GRID_USDBN,
    sale_days: int = 20,
    within_days: int = 60,
    paths: int = 2000,
    seed: int = 7,
    progress: Progress = silent,
) -> Breakpoint:
    """The chance of intervention and pi against the amount sold, same shocks for all amounts.

    Nothing but the sale is imposed: no unwind, no swap shock, no loss of trust.

    Args:
        opening: from `open_state`.
        amounts_usdbn: at least two, rising, from 0 up to all that foreigners hold.
        sale_days: business days over which the sale is spread.
        within_days: how soon the Fed must decide to count.
        paths: how many, in whole groups of 20 with one joint draw each.
        seed: of the shocks.
        progress: told after each amount.

    Raises:
        BadInputError: if an argument is out of range.
    """
    amounts = _amounts(amounts_usdbn, opening)
    _check_days(sale_days, within_days, paths)
    design = nested(opening, 0, paths // GROUP_PATHS * GROUP_PATHS)
    courses = without_purchases(undisturbed())
    axes = {
        name: sale_axis(opening, one, sale_days, float(amounts[-1]))._replace(places=amounts)
        for name, one in courses.items()
    }
    progress("breaking point", 0, amounts.size + 1)
    setting = Setting(opening, LEVELS[0], seed, paths, WORKERS)
    past = _past_return(setting, axes, design)
    decided = _decided(setting, axes[NOTHING], design, within_days, progress)
    rule = f"S > b at a close within {within_days} business days, the Fed's own rule"
    after = sale_days + AFTER_LAST_SALE_DAYS
    words = (
        f"S > b at a close, or a named break, within {after} business days; purchases off; "
        f"{_least_of(tuple(courses))}"
    )
    intervention = _curve("intervention", rule, amounts, decided)
    half = np.array([first_crossing(0.5, amounts, row) for row in intervention.by_group])
    return Breakpoint(
        as_of=opening.as_of,
        amounts_usdbn=amounts,
        intervention=intervention,
        no_return=_curve("no_return", words, amounts, past),
        sale_days=sale_days,
        within_days=within_days,
        paths=design.paths,
        draws=design.paths // GROUP_PATHS,
        seed=seed,
        hangs_on=hangs_on(half, design.rows(np.arange(0, design.paths, GROUP_PATHS))),
        provenance=provenance(opening, undisturbed(), seed),
    )


def _past_return(setting: Setting, axes: dict[str, Axis], design: Design) -> Flags:
    """(amounts, paths) past return, at each amount under the policy with the least chance there.

    The policy is chosen on the first paths, for each amount; all paths then live with it.
    """
    lines = {name: line(setting, axis) for name, axis in axes.items()}
    amounts = next(iter(axes.values())).places
    some = np.arange(min(CHOOSING_PATHS, design.paths))
    rest = np.arange(some.size, design.paths)
    tried = {name: _each(one, design, some, amounts) for name, one in lines.items()}
    least = np.array([past.mean(axis=1) for past in tried.values()]).argmin(axis=0)
    found = np.empty((amounts.size, design.paths), np.bool_)
    for i, (name, one) in enumerate(lines.items()):
        mine = np.flatnonzero(least == i)
        found[mine[:, None], some] = tried[name][mine]
        found[mine[:, None], rest] = _each(one, design, rest, amounts[mine])
    return found


def _each(given: trial.Trials, design: Design, paths: NDArray[np.int64], amounts: Floats) -> Flags:
    """(amounts, paths) past return: every path at every amount."""
    which, values = np.tile(paths, amounts.size), np.repeat(amounts, paths.size)
    return trial.run(given, design, which, values).past_return.reshape(amounts.size, paths.size)


def _least_of(policies: tuple[str, ...]) -> str:
    names = ", ".join(policies)
    return f"policy: {names}" if len(policies) == 1 else f"the least over policies: {names}"


def _decided(
    setting: Setting, axis: Axis, design: Design, within_days: int, progress: Progress
) -> Flags:
    """(amounts, paths) whether S > b at a close within so many days: the Fed's rule decides."""
    given, everyone = line(setting, axis)._replace(days=within_days), np.arange(design.paths)
    found = []
    for i, amount in enumerate(axis.places):
        progress("breaking point", i + 1, axis.places.size + 1)
        fate = trial.run(given, design, everyone, np.full(design.paths, amount))
        found.append(fate.margin > 0.0)
    progress("breaking point", axis.places.size + 1, axis.places.size + 1)
    return np.stack(found)


def _amounts(given: Sequence[float], opening: Opening) -> Floats:
    amounts = np.asarray(given, np.float64)
    if amounts.ndim != 1 or amounts.size < 2 or not np.all(np.isfinite(amounts)):
        raise BadInputError("amounts: expected at least two numbers ($bn of par)")
    if amounts[0] < 0 or np.any(np.diff(amounts) <= 0):
        raise BadInputError("amounts: expected rising numbers from 0 on ($bn of par)")
    opening.held.check_amount(float(amounts[-1]))
    return amounts


def _check_days(sale_days: int, within_days: int, paths: int) -> None:
    for name, value in (("sale_days", sale_days), ("within_days", within_days)):
        if not 1 <= value <= 250:
            raise BadInputError(f"{name} is {value}; expected 1 to 250 business days")
    if not GROUP_PATHS <= paths <= 100_000:
        raise BadInputError(f"paths is {paths}; expected {GROUP_PATHS} to 100000")


def _curve(name: str, rule: str, amounts: Floats, happened: Flags) -> Curve:
    """From (amounts, paths) of events to the curve.

    A path may be past return at an amount and not at a larger one, where a policy acted sooner;
    their share can fall by noise only, and is not let fall.
    """
    groups = happened.reshape(amounts.size, -1, GROUP_PATHS).mean(axis=2).T
    chance, error = np.array([estimate.chance(row) for row in happened]).T
    chance = np.maximum.accumulate(chance)
    crossings = tuple(crossing(level, amounts, chance, error, groups) for level in LEVELS)
    return Curve(name, rule, chance, error, groups, crossings)
