"""The breaking point, first form: the chance that the Fed must buy against the amount sold.

Two curves that must not be confused, on the same shocks and the same parameters:

* `intervention`: the chance that the Fed's own rule decides to buy within so many business days
  of the start. Until that decision nothing the Fed does matters, so it is the chance of a first
  close with S > b; a path that breaks without one does not count.
* `no_return`: pi(Q, D) of the model document (section 3): the chance, with purchases off, that
  S > b at some close up to 20 business days after the last sale, or that the path ends in a
  named break by then. The only policy without purchases declared so far is doing nothing, so the
  minimum over such policies is over one.

Every group of paths lives with one joint draw of all parameters, threshold included; quantiles
of the chance over groups show what is owed to parameters. They contain the groups' own Monte
Carlo noise and are therefore a little wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent
from ustress.model.draws import draw
from ustress.model.types import Parameters
from ustress.scenario.load import load_scenario
from ustress.scenario.schema import Scenario
from ustress.simulate.crossing import Crossing, crossing, first_crossing
from ustress.simulate.engine import Ends, Task, fold
from ustress.simulate.hangs_on import hangs_on
from ustress.simulate.opening import Opening
from ustress.simulate.probability import wilson_error
from ustress.simulate.provenance import Provenance
from ustress.simulate.run import provenance
from ustress.simulate.schedule import Schedule, schedule
from ustress.simulate.slow import slow_layer

Floats = NDArray[np.float64]
AFTER_LAST_SALE_DAYS = 20
GROUP_PATHS = 20
"""Paths that share one joint draw of the parameters."""
LEVELS = (0.10, 0.50)
GRID_USDBN = (0.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 500.0, 650.0, 800.0, 1000.0, 1500.0)
SELLERS = "foreign_private"


@dataclass(frozen=True, eq=False)
class Curve:
    """A chance against the amount sold.

    `chance` and `error` (amounts,) average over parameters, with Wilson's error; `by_group`
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
        paths: how many; `paths / 20` joint draws are used.
        seed: of the shocks.
        progress: told after each amount.

    Raises:
        BadInputError: if an argument is out of range.
    """
    amounts = _amounts(amounts_usdbn, opening)
    _check_days(sale_days, within_days, paths)
    after = sale_days + AFTER_LAST_SALE_DAYS
    scenario = load_scenario("no-intervention")
    draws = max(1, paths // GROUP_PATHS)
    task = _task(opening, scenario, max(within_days, after), sale_days, draws, seed)
    ends = _ends(task, amounts, paths, progress)
    rule = f"S > b at a close within {within_days} business days, the Fed's own rule"
    words = f"S > b at a close, or a named break, within {after} business days; purchases off"
    decided = np.stack([_reached(e.first_crossing_day, within_days) for e in ends])
    past = np.stack(
        [_reached(e.first_crossing_day, after) | _reached(e.break_day, after) for e in ends]
    )
    intervention = _curve("intervention", rule, amounts, decided, draws)
    half = np.array([first_crossing(0.5, amounts, row) for row in intervention.by_group])
    return Breakpoint(
        as_of=opening.as_of,
        amounts_usdbn=amounts,
        intervention=intervention,
        no_return=_curve("no_return", words, amounts, past, draws),
        sale_days=sale_days,
        within_days=within_days,
        paths=paths,
        draws=draws,
        seed=seed,
        hangs_on=hangs_on(half, task.parameters(0, draws)),
        provenance=provenance(opening, scenario, seed),
    )


def _ends(task: Task, amounts: Floats, paths: int, progress: Progress) -> list[Ends]:
    """What became of every path, by amount."""
    found = []
    for i, amount in enumerate(amounts):
        progress("breaking point", i, amounts.size)
        found.append(fold(task._replace(schedule=_scaled(task.schedule, amount)), paths).ends)
    progress("breaking point", amounts.size, amounts.size)
    return found


def _reached(day: NDArray[np.int32], last: int) -> NDArray[np.bool_]:
    """(paths,) whether a day was reached by business day `last`; -1 is never."""
    return np.asarray((day >= 0) & (day <= last))


def _amounts(given: Sequence[float], opening: Opening) -> Floats:
    amounts = np.asarray(given, np.float64)
    most = sum(opening.holdings_usdbn.values())
    if amounts.ndim != 1 or amounts.size < 2 or not np.all(np.isfinite(amounts)):
        raise BadInputError("amounts: expected at least two numbers ($bn of par)")
    if amounts[0] < 0 or np.any(np.diff(amounts) <= 0):
        raise BadInputError("amounts: expected rising numbers from 0 on ($bn of par)")
    if amounts[-1] > most:
        raise BadInputError(
            f"amount {amounts[-1]:g} is more than foreigners held: {most:,.0f} $bn, "
            f"as known on {opening.as_of}"
        )
    return amounts


def _check_days(sale_days: int, within_days: int, paths: int) -> None:
    for name, value in (("sale_days", sale_days), ("within_days", within_days)):
        if not 1 <= value <= 250:
            raise BadInputError(f"{name} is {value}; expected 1 to 250 business days")
    if not GROUP_PATHS <= paths <= 100_000:
        raise BadInputError(f"paths is {paths}; expected {GROUP_PATHS} to 100000")


def _task(
    opening: Opening, scenario: Scenario, days: int, sale_days: int, draws: int, seed: int
) -> Task:
    """One dollar sold over `sale_days`, purchases off; path i has the parameters i mod draws."""
    sale = scenario.sale.model_copy(update={
        name: part.model_copy(update={
            "amount_usdbn": float(name == SELLERS), "business_days": sale_days,
            "lasting_share": 1.0, "start_day": 1,
        })
        for name, part in scenario.sale.items()
    })  # fmt: skip
    plain = Scenario(
        title="sale alone", description="one dollar sold, nothing else", horizon_days=days,
        policy=scenario.policy, sale=sale,
    )  # fmt: skip
    slow = slow_layer(plain.policy.half_life_years)

    def parameters(first: int, count: int) -> Parameters:
        return draw(np.arange(first, first + count) % draws, slow, opening.dated)

    return Task(opening.market, schedule(plain, days), parameters, seed)


def _scaled(unit: Schedule, amount_usdbn: float) -> Schedule:
    inputs = unit.inputs
    sold = amount_usdbn * inputs.sale_par_usdbn
    return unit._replace(inputs=inputs._replace(sale_par_usdbn=sold, sale_x_usdbn=sold))


def _curve(name: str, rule: str, amounts: Floats, happened: NDArray[np.bool_], draws: int) -> Curve:
    """From (amounts, paths) of events to the curve; the last, incomplete round is left out."""
    whole = happened.shape[1] // draws * draws
    groups = happened[:, :whole].reshape(amounts.size, -1, draws).mean(axis=1).T
    chance = happened.mean(axis=1)
    error = wilson_error(chance, happened.shape[1])
    crossings = tuple(crossing(level, amounts, chance, error, groups) for level in LEVELS)
    return Curve(name, rule, chance, error, groups, crossings)
