"""The runs a brief tells of: saved ones from a folder, the others simulated once and kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import numpy as np

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent
from ustress.core.status import PathStatus
from ustress.workflows.claims import Runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ustress.claims.simulated import Counted
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.opening import Opening
    from ustress.simulate.provenance import Provenance
    from ustress.simulate.saved import SavedRun

SHARED = ("as_of", "seed", "n_paths")


class Shelf(Runs):
    """Runs by day, scenario and overrides; a longer one also answers for a shorter horizon.

    Beside saved runs, those that are not there are simulated with one block of paths, by the
    program that made the saved ones, so that nothing is compiled; their verdicts say how many.
    Saved ones are read when first asked for; what was counted is remembered.

    Args:
        paths: simulated paths where nothing is saved.
        seed: of the shocks.
        progress: told as scenarios are simulated.
        saved: what a reader saved.
        counts: counted before, by question.
    """

    def __init__(
        self,
        paths: int = 2000,
        seed: int = 7,
        progress: Progress = silent,
        saved: tuple[SavedRun, ...] = (),
        counts: Mapping[str, Counted | None] | None = None,
    ) -> None:
        super().__init__(min(paths, _block()) if saved else paths, seed, progress, counts)
        self._saved = saved
        self._kept: list[Ensemble] = []
        self._one_at_a_time = RLock()

    def run(
        self, day: date, scenario: str, overrides: tuple[str, ...] = (), horizon_days: int = 252
    ) -> Ensemble:
        """The scenario's paths from the opening of `day`, cut to `horizon_days`."""
        wanted = (day, scenario, overrides)
        with self._one_at_a_time:  # the brief and its claims ask side by side
            held = next((one for one in self._kept if _answers(one, wanted, horizon_days)), None)
            if held is None:
                held = self._read(wanted, horizon_days) or super().run(
                    day, scenario, overrides, horizon_days
                )
                self._kept.append(held)
        return shorten(held, horizon_days)

    def fetch(self, day: date, scenarios: tuple[str, ...], horizon_days: int) -> None:
        """Read the saved runs of these scenarios, two at a time: half of it is summing hashes."""
        asked = [(day, name, ()) for name in scenarios]
        with ThreadPoolExecutor(2) as pool:
            found = pool.map(lambda wanted: self._read(wanted, horizon_days), asked)
            self._kept += [one for one in found if one is not None]

    def _read(self, wanted: tuple[Any, ...], horizon_days: int) -> Ensemble | None:
        found = (one for one in self._saved if _answers(one, wanted, horizon_days))
        one = next(found, None)
        return None if one is None else one.load()

    def opened(self, opening: Opening) -> None:
        """Use this opening for its day.

        Raises:
            BadInputError: if a saved run started from other figures or parameters, or was made by
                another state of the program.
        """
        self._openings[opening.as_of] = opening
        for one in self._saved:
            if one.as_of == opening.as_of:
                check_made(f"the saved run of {one.scenario}", one.provenance, opening, self._seed)


def _block() -> int:
    from ustress.simulate.engine import BLOCK_PATHS

    return BLOCK_PATHS


def _answers(one: Ensemble | SavedRun, wanted: tuple[Any, ...], horizon_days: int) -> bool:
    same = (one.as_of, one.scenario, one.provenance.overrides) == wanted
    return same and one.horizon_days >= horizon_days


def check_made(what: str, then: Provenance, opening: Opening, seed: int) -> None:
    """Refuse a saved result that the program and figures of now would not give.

    Args:
        what: the result, as a sentence names it.
        then: what made it.
        opening: of its day, as known now.
        seed: of the shocks.

    Raises:
        BadInputError: naming what differs.
    """
    from ustress.scenario import load_scenario
    from ustress.simulate.run import provenance

    _check_program(what, then)
    now = provenance(opening, load_scenario("baseline"), seed)
    if then.opening_hash != now.opening_hash:
        differs = f"from other figures than are known now for {opening.as_of}"
    elif then.parameters_hash != now.parameters_hash:
        differs = "with other parameters than the program has now"
    else:
        return
    raise _made_otherwise(what, differs)


def _check_program(what: str, then: Provenance) -> None:
    """What can be told before any work."""
    from ustress.core.version import VERSION
    from ustress.simulate.provenance import code_hash

    if (then.version, then.code_hash) != (VERSION, code_hash()):
        by = f"by another state of the program ({then.version}, code {then.code_hash})"
        raise _made_otherwise(what, by)


def _made_otherwise(what: str, differs: str) -> BadInputError:
    return BadInputError(f"{what} was made {differs}; expected one made by the same command again")


def saved_runs(folder: Path) -> tuple[SavedRun, ...]:
    """The runs saved in a folder or in the folders inside it, by name; numbers are read later.

    Raises:
        BadInputError: if there is none, one is damaged, or they do not share date, seed and paths
            and have each their own scenario, or another state of the program made it.
    """
    from ustress.simulate.saved import describe, is_run

    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    places = [folder] if is_run(folder) else [item for item in inside if is_run(item)]
    if not places:
        raise BadInputError(f"--runs {folder}: no saved run in it; expected what `run --out` saves")
    found = tuple(describe(place) for place in places)
    for one in found:
        for what in SHARED:
            if getattr(one, what) != getattr(found[0], what):
                raise BadInputError(
                    f"--runs {folder}: {one.folder.name} and {places[0].name} differ in "
                    f"{what.replace('n_', '')}; expected the same, so that they share shocks"
                )
        _check_program(f"the saved run of {one.scenario}", one.provenance)
    names = [one.scenario for one in found]
    for name in names:
        if names.count(name) > 1:
            raise BadInputError(f"--runs {folder}: two runs of {name}; expected one of each")
    return found


def shorten(run: Ensemble, horizon_days: int) -> Ensemble:
    """The first `horizon_days` of a run: what a run that ends there gives on the same shocks."""
    if run.horizon_days == horizon_days:
        return run
    from ustress.simulate.ensemble import STATUSES

    def until(day: np.ndarray) -> np.ndarray:
        return np.where(day <= horizon_days, day, np.int32(-1)).astype(np.int32)

    breaks = until(run.break_day)
    ok = np.int32(STATUSES.index(PathStatus.OK))
    return replace(
        run,
        days=run.days[: horizon_days + 1],
        observables={k: v[:, : horizon_days + 1] for k, v in run.observables.items()},
        status_codes=np.where(breaks >= 0, run.status_codes, ok).astype(np.int32),
        first_crossing_day=until(run.first_crossing_day),
        decision_day=until(run.decision_day),
        break_day=breaks,
    )
