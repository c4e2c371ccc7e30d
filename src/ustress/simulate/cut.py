"""The first paths of a run: what a smaller run on the same seed gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError

if TYPE_CHECKING:
    from ustress.simulate.ensemble import Ensemble


def first_paths(run: Ensemble, n: int) -> Ensemble:
    """The first `n` paths; shocks are counter-based, so they do not hang on how many follow.

    Raises:
        BadInputError: if the run has fewer.
    """
    if n == run.n_paths:
        return run
    if n > run.n_paths:
        raise BadInputError(f"a run of {run.n_paths} paths has no first {n}; expected at most that")
    return replace(
        run,
        observables={name: values[:n] for name, values in run.observables.items()},
        status_codes=run.status_codes[:n],
        first_crossing_day=run.first_crossing_day[:n],
        decision_day=run.decision_day[:n],
        break_day=run.break_day[:n],
    )
