"""Fitting the slow layer to the record: an offline job, resumable, with progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.progress import Progress, silent
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    import numpy as np

    from ustress.calibrate.estimate import Estimate
    from ustress.calibrate.moments import Measured
    from ustress.calibrate.private import PrivateHoldings
    from ustress.calibrate.state import StateComparison

ECONOMIES = ("rmb", "rm", "rb")


def measure_yields(as_of: str | date | None = None) -> Measured:
    """The 46 moments of weekly zero yields known by the end of `as_of`, with bootstrap errors.

    Raises:
        BadInputError: if the date is wrong.
        CannotError: if too few weeks are known.
    """
    from ustress.calibrate.moments import measure, weekly_zero_yields
    from ustress.data.store import Store

    weeks, yields = weekly_zero_yields(Store().panel(resolve_day(as_of)))
    return measure(yields, days=(str(weeks[0]), str(weeks[-1])))


def calibrate(
    as_of: str | date | None = None,
    economies: Sequence[str] = ECONOMIES,
    starts: int = 4,
    folder: Path | None = None,
    progress: Progress = silent,
) -> tuple[Estimate, ...]:
    """Fit each economy to the record known on a date.

    Args:
        as_of: a day or its text; None is today.
        economies: names as in `ustress.calibrate.economies.economy`.
        starts: starting points of each search.
        folder: where the state of each search is kept; a job interrupted goes on from there.
        progress: told as steps are done.

    Raises:
        BadInputError: for an unknown economy, a wrong date or another job's state.
        CannotError: if nothing can be measured or fitted, or the folder cannot be written.
    """
    from ustress.calibrate.economies import economy
    from ustress.calibrate.estimate import estimate

    chosen = [economy(name) for name in economies]
    measured = measure_yields(as_of)
    return tuple(
        estimate(
            one, measured, starts,
            state=None if folder is None else folder / f"search-{one.name}.json",
            progress=progress,
        )
        for one in chosen
    )  # fmt: skip


def compare_states(
    as_of: str | date | None = None, days: Sequence[str] = ()
) -> tuple[np.ndarray, tuple[StateComparison, ...]]:
    """The slow state by inversion and by Kalman filter over the daily history known on a date.

    Args:
        as_of: a day or its text; None is today.
        days: days to compare on; none given is the newest curve.

    Returns:
        The measurement errors (maturities,), bp, and the two routes on each day.

    Raises:
        BadInputError: if a date is wrong or lies before the curves begin.
        CannotError: if no full curve is known.
    """
    import numpy as np

    from ustress.calibrate import state
    from ustress.core.dates import parse_day
    from ustress.data.store import Store
    from ustress.simulate.opening import FITTED_YEARS
    from ustress.simulate.slow import equilibrium

    wanted = [np.datetime64(parse_day(day), "D") for day in days]
    dates, yields = state.zero_history(Store().panel(resolve_day(as_of)))
    filtered = state.kalman(equilibrium(), dates, yields)
    return filtered.measurement_bp, tuple(
        state.compare_states(equilibrium(), filtered, yields, day, FITTED_YEARS)
        for day in wanted or [dates[-1]]
    )


def private_holdings(as_of: str | date | None = None) -> PrivateHoldings:
    """Which maturities private holders must hold, as known by the end of `as_of`; estimated.

    Raises:
        BadInputError: if the date is wrong.
        CannotError: if the auction record covers too little of the debt.
    """
    from ustress.calibrate.private import private_holdings as build
    from ustress.data.store import Store

    return build(Store().panel(resolve_day(as_of)))
