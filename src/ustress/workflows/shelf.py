"""The runs a brief tells of: saved ones from a folder, the others simulated once and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent
from ustress.core.status import PathStatus
from ustress.workflows.claims import Runs

if TYPE_CHECKING:
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.opening import Opening

SHARED = ("as_of", "seed", "n_paths")
EXTRA_PATHS = 400
"""Of a run that a claim asks for and nobody saved, beside saved ones; its verdict says how many."""


class Shelf(Runs):
    """Runs by day, scenario and overrides; a longer one also answers for a shorter horizon.

    Beside saved runs, those that are not there are simulated with fewer paths.
    """

    def __init__(
        self,
        paths: int = 2000,
        seed: int = 7,
        progress: Progress = silent,
        saved: tuple[Ensemble, ...] = (),
    ) -> None:
        super().__init__(min(paths, EXTRA_PATHS) if saved else paths, seed, progress)
        self._kept = list(saved)

    def run(
        self, day: date, scenario: str, overrides: tuple[str, ...] = (), horizon_days: int = 252
    ) -> Ensemble:
        """The scenario's paths from the opening of `day`, cut to `horizon_days`."""
        for one in self._kept:
            same = (one.as_of, one.scenario, one.provenance.overrides)
            if same == (day, scenario, overrides) and one.horizon_days >= horizon_days:
                return shorten(one, horizon_days)
        found = super().run(day, scenario, overrides, horizon_days)
        self._kept.append(found)
        return found

    def opened(self, opening: Opening) -> None:
        """Use this opening for its day.

        Raises:
            BadInputError: if a saved run started from other figures or parameters.
        """
        from ustress.scenario import load_scenario
        from ustress.simulate.run import provenance

        self._openings[opening.as_of] = opening
        now = provenance(opening, load_scenario("baseline"), self._seed)
        for one in self._kept:
            then = one.provenance
            if one.as_of == opening.as_of and (
                (then.opening_hash, then.parameters_hash) != (now.opening_hash, now.parameters_hash)
            ):
                raise BadInputError(
                    f"the saved run of {one.scenario} started from other figures or parameters "
                    f"than are known now for {opening.as_of}; expected runs saved with the same"
                )


def saved_runs(folder: Path) -> tuple[Ensemble, ...]:
    """The runs saved in a folder or in the folders inside it, by name.

    Raises:
        BadInputError: if there is none, one is damaged, or they do not share date, seed and paths
            and have each their own scenario.
    """
    from ustress.simulate.saved import is_run, load

    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    places = [folder] if is_run(folder) else [item for item in inside if is_run(item)]
    if not places:
        raise BadInputError(f"--runs {folder}: no saved run in it; expected what `run --out` saves")
    found = tuple(load(place) for place in places)
    for place, one in zip(places, found, strict=True):
        for what in SHARED:
            if getattr(one, what) != getattr(found[0], what):
                raise BadInputError(
                    f"--runs {folder}: {place.name} and {places[0].name} differ in "
                    f"{what.replace('n_', '')}; expected the same, so that they share shocks"
                )
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
