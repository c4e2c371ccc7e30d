"""A scenario simulated from an opening: the entry point."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path

import numpy as np

from ustress.core.dates import calendar
from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent
from ustress.core.version import VERSION
from ustress.model.draws import draw
from ustress.model.types import Parameters
from ustress.scenario.load import apply_overrides, load_scenario
from ustress.scenario.schema import LAST_DAY, Scenario
from ustress.simulate.engine import Closes, Task, fold
from ustress.simulate.ensemble import Days, Ensemble
from ustress.simulate.holdings import in_dollars
from ustress.simulate.opening import Opening
from ustress.simulate.provenance import Provenance
from ustress.simulate.schedule import schedule
from ustress.simulate.shocks import GENERATOR
from ustress.simulate.slow import slow_layer

MOST_PATHS = 1_000_000


def simulate(
    opening: Opening,
    scenario: Scenario | str | Path,
    paths: int = 2000,
    seed: int = 7,
    horizon_days: int | None = None,
    overrides: Iterable[str] = (),
    progress: Progress = silent,
) -> Ensemble:
    """Simulate a scenario from an opening state.

    Args:
        opening: from `open_state`.
        scenario: a scenario, a built-in name or a TOML file.
        paths: how many; each lives with one joint draw of the parameters.
        seed: same seed, same shocks, whatever the scenario and the number of paths.
        horizon_days: business days; None takes the scenario's own.
        overrides: keys replaced, as `key=value`.
        progress: told as blocks of paths are done.

    Raises:
        BadInputError: if a number is out of range, the scenario is wrong, or somebody sells more
            than is held.
    """
    given = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    given = in_dollars(opening, apply_overrides(given, overrides))
    days = _checked(paths, given.horizon_days if horizon_days is None else horizon_days)
    opening.check(given)
    task = Task(opening.market, schedule(given, days), parameters(opening, given), seed)
    closes = fold(task, paths, progress, f"simulate {given.name or 'scenario'}")
    return _ensemble(opening, given, seed, closes)


def parameters(opening: Opening, scenario: Scenario) -> Callable[[int, int], Parameters]:
    """The joint draws by path number; a temporary purchase's run-off is the scenario's."""
    slow = slow_layer(scenario.policy.half_life_years)

    def of(first: int, count: int) -> Parameters:
        return draw(np.arange(first, first + count), slow, opening.dated)

    return of


def business_days(opening: Opening, horizon_days: int) -> Days:
    """Day 0 is the opening's last business day; (horizon + 1,)."""
    start = np.datetime64(opening.as_of, "D")
    roll = partial(np.busday_offset, busdaycal=calendar())
    return np.asarray(roll(roll(start, 0, roll="backward"), np.arange(horizon_days + 1)))


def _checked(paths: int, horizon_days: int) -> int:
    if not 1 <= paths <= MOST_PATHS:
        raise BadInputError(f"paths is {paths}; expected 1 to {MOST_PATHS}")
    if not 1 <= horizon_days <= LAST_DAY:
        raise BadInputError(f"horizon is {horizon_days}; expected 1 to {LAST_DAY} business days")
    return horizon_days


def _ensemble(opening: Opening, scenario: Scenario, seed: int, closes: Closes) -> Ensemble:
    days = next(iter(closes.observables.values())).shape[1] - 1
    whole = {name: np.asarray(end, np.int32) for name, end in closes.ends._asdict().items()}
    return Ensemble(
        scenario=scenario.name,
        title=scenario.title,
        as_of=opening.as_of,
        seed=seed,
        days=business_days(opening, days),
        observables=closes.observables,
        status_codes=whole["status"],
        first_crossing_day=whole["first_crossing_day"],
        decision_day=whole["decision_day"],
        break_day=whole["break_day"],
        provenance=provenance(opening, scenario, seed),
    )


def provenance(opening: Opening, scenario: Scenario, seed: int) -> Provenance:
    """What makes this run, without a clock."""
    import jax

    return Provenance(
        version=VERSION,
        known_until=opening.known_until,
        opening_hash=opening.fingerprint,
        parameters_hash=parameters_hash(),
        scenario_hash=scenario.fingerprint,
        overrides=scenario.overrides,
        seed=seed,
        generator=GENERATOR,
        precision="float32",
        jax_version=jax.__version__,
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
