"""A scenario simulated from an opening: the entry point."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent
from ustress.core.version import VERSION
from ustress.model.draws import draw, fixed
from ustress.model.types import Parameters
from ustress.scenario.load import apply_overrides, load_scenario
from ustress.scenario.schema import LAST_DAY, Scenario
from ustress.simulate.business import business_days
from ustress.simulate.engine import BLOCK_PATHS, WORKERS, Closes, Task, blocks, fold
from ustress.simulate.ensemble import STATUSES, Days, Ensemble
from ustress.simulate.events import parse
from ustress.simulate.holdings import in_dollars
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.opening import Opening
from ustress.simulate.provenance import Provenance, code_hash
from ustress.simulate.schedule import schedule
from ustress.simulate.shocks import GENERATOR
from ustress.simulate.single import OnePath
from ustress.simulate.slow import slow_layer
from ustress.simulate.stream.fold import tally_of
from ustress.simulate.stream.sketch import Sketch, no_paths

KEPT_PATHS = 20_000
"""Beyond so many paths a run is a sketch: a year of them whole takes 1 MB for every 20 paths."""
MOST_WORKERS = 64
MOST_PATHS = 1_000_000


def simulate(
    opening: Opening,
    scenario: Scenario | str | Path,
    paths: int = 2000,
    seed: int = 7,
    horizon_days: int | None = None,
    overrides: Iterable[str] = (),
    progress: Progress = silent,
    workers: int = WORKERS,
    events: Iterable[str] = (),
    part_folder: Path | None = None,
) -> Ensemble:
    """Simulate a scenario from an opening state.

    Up to `KEPT_PATHS` paths are held whole. Beyond, the result is a `Sketch`: the same questions,
    answered from counts in an amount of memory that does not grow with the paths.

    Args:
        opening: from `open_state`.
        scenario: a scenario, a built-in name or a TOML file.
        paths: how many; each lives with one joint draw of the parameters.
        seed: same seed, same shocks, whatever the scenario and the number of paths.
        horizon_days: business days; None takes the scenario's own.
        overrides: keys replaced, as `key=value`.
        progress: told as blocks of paths are done.
        workers: blocks computed at the same time; the result does not depend on it.
        events: events about observables that a sketch counts exactly.
        part_folder: where a sketch keeps what is finished and goes on from; None nowhere.

    Raises:
        BadInputError: if a number is out of range, the scenario is wrong, somebody sells more
            than is held, or the folder holds a part of another run.
    """
    given, task = task_of(opening, scenario, seed, horizon_days, overrides)
    _checked(paths, workers)
    label, about = f"simulate {given.name or 'scenario'}", provenance(opening, given, seed)
    common = _common(opening, given, task, about)
    if paths <= KEPT_PATHS:
        return _whole(fold(task, paths, progress, label, workers=workers), common)
    asked = tuple(dict.fromkeys(text for text in events if not parse(text).dated))
    identity = {"paths": paths, "horizon_days": task.schedule.days, **about.to_plain()}
    tally = tally_of(task, paths, asked, identity, part_folder, progress, label, workers)
    again = partial(_one_path, task, common["days"])
    return Sketch(**common, **no_paths(), tally=tally, again=again)


def run_task(
    opening: Opening, scenario: Scenario, task: Task, paths: int, progress: Progress = silent
) -> Ensemble:
    """A task made ready elsewhere (a schedule with measured flows in it, say), held whole.

    Raises:
        BadInputError: for more paths than are held whole.
    """
    if not 1 <= paths <= KEPT_PATHS:
        raise BadInputError(f"paths is {paths}; expected 1 to {KEPT_PATHS}")
    common = _common(opening, scenario, task, provenance(opening, scenario, task.seed))
    return _whole(fold(task, paths, progress, f"simulate {scenario.name}"), common)


def _common(opening: Opening, scenario: Scenario, task: Task, about: Provenance) -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "as_of": opening.as_of,
        "seed": task.seed,
        "days": business_days(opening.as_of, task.schedule.days),
        "provenance": about,
    }


def recompute(
    opening: Opening,
    scenario: Scenario | str | Path,
    seed: int,
    number: int,
    horizon_days: int | None = None,
    overrides: Iterable[str] = (),
) -> OnePath:
    """The path `number` of a run, from seed and number alone: equal to the run's to the last bit.

    Raises:
        BadInputError: as `simulate`, or if no run has a path of this number.
    """
    _, task = task_of(opening, scenario, seed, horizon_days, overrides)
    if not 0 <= number < MOST_PATHS:
        raise BadInputError(f"no path {number}; expected 0 to {MOST_PATHS - 1}")
    return _one_path(task, business_days(opening.as_of, task.schedule.days), number)


def _one_path(task: Task, days: Days, number: int) -> OnePath:
    """The path in its own lane of its own block, so that not even rounding differs."""
    first = number // BLOCK_PATHS * BLOCK_PATHS
    _, block = next(iter(blocks(task, range(first, first + 1), tuple(OBSERVABLES), workers=1)))
    lane, ends = number - first, {k: v[number - first] for k, v in block.ends._asdict().items()}
    return OnePath(
        number=number,
        days=days,
        observables={name: rows[:, lane] for name, rows in block.closes.items()},
        status=STATUSES[int(ends["status"])],
        first_crossing_day=int(ends["first_crossing_day"]),
        decision_day=int(ends["decision_day"]),
        break_day=int(ends["break_day"]),
    )


def task_of(
    opening: Opening,
    scenario: Scenario | str | Path,
    seed: int,
    horizon_days: int | None = None,
    overrides: Iterable[str] = (),
) -> tuple[Scenario, Task]:
    """The scenario with its overrides, and everything a fold needs; raises as `simulate`."""
    given = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    given = in_dollars(opening, apply_overrides(given, overrides))
    days = given.horizon_days if horizon_days is None else horizon_days
    if not 1 <= days <= LAST_DAY:
        raise BadInputError(f"horizon is {days}; expected 1 to {LAST_DAY} business days")
    opening.check(given)
    plan = schedule(given, days, opening.auctions)
    return given, Task(opening.market, plan, parameters(opening, given), seed)


def parameters(opening: Opening, scenario: Scenario) -> Callable[[int, int], Parameters]:
    """The joint draws by path number; a temporary purchase's run-off is the scenario's."""
    slow = slow_layer(scenario.policy.half_life_years)

    def of(first: int, count: int) -> Parameters:
        drawn = draw(np.arange(first, first + count), slow, opening.dated)
        return fixed(drawn, scenario.parameters)

    return of


def _checked(paths: int, workers: int) -> None:
    if not 1 <= paths <= MOST_PATHS:
        raise BadInputError(f"paths is {paths}; expected 1 to {MOST_PATHS}")
    if not 1 <= workers <= MOST_WORKERS:
        raise BadInputError(f"workers is {workers}; expected 1 to {MOST_WORKERS}")


def _whole(closes: Closes, common: dict[str, Any]) -> Ensemble:
    ends: dict[str, Any] = closes.ends._asdict()
    return Ensemble(
        observables=closes.observables, status_codes=ends.pop("status"), **common, **ends
    )


def provenance(opening: Opening, scenario: Scenario, seed: int) -> Provenance:
    """What makes this run, without a clock."""
    import jax

    return Provenance(
        version=VERSION,
        code_hash=code_hash(),
        known_until=opening.known_until,
        opening_hash=opening.fingerprint,
        parameters_hash=parameters_hash(),
        scenario_hash=scenario.fingerprint,
        overrides=scenario.overrides,
        seed=seed,
        generator=GENERATOR,
        precision="float32",
        jax_version=jax.__version__,
        partial=opening.partial,
        imposed_hash=scenario.imposed_fingerprint,
    )


@lru_cache(maxsize=1)
def parameters_hash() -> str:
    """Hash of the parameter files and the joint draws."""
    folder = files("ustress.model.parameters")
    found = hashlib.sha256()
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith((".toml", ".csv")):
            found.update(item.name.encode() + item.read_bytes())
    return found.hexdigest()[:16]
