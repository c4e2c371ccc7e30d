"""The outcomes over simulated ensembles: a thin adapter from observables to plain arrays."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, CannotError, UnknownNameError
from ustress.core.panel import Panel
from ustress.outcomes.debt_roll import Roll
from ustress.outcomes.federal_interest import FederalInterest, federal_interest
from ustress.outcomes.mortgages import MortgagePath, draw_pass_through, mortgage_path
from ustress.outcomes.tenors import YIELDS

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

_HISTORY = 30  # closes before the opening: three survey weeks and a holiday or two


class Paths(Protocol):
    """What is read of a run: `simulate.ensemble.Ensemble` fits."""

    @property
    def scenario(self) -> str:
        """Its name."""

    @property
    def days(self) -> Days:
        """Business days (days,), day 0 the opening."""

    @property
    def ok(self) -> NDArray[np.bool_]:
        """(paths,) which ran to their end."""

    @property
    def seed(self) -> int:
        """Of the shocks."""

    def paths(self, name: str) -> NDArray[np.floating]:
        """(paths, days) of an observable."""


def mortgage(
    run: Paths, panel: Panel, *, opening_pct: float | None = None, coefficient_error: bool = True
) -> MortgagePath:
    """The mortgage rate along the run's paths that did not break.

    Args:
        run: the ensemble.
        panel: the past known on its opening date, for the ten-year's last weeks.
        opening_pct: the last survey rate known then; without it, only changes.
        coefficient_error: draw the pass-through for every path from its estimated law, by the
            run's seed, so that runs on common shocks share the draws.

    Raises:
        CannotError: if every path broke.
    """
    ten = _unbroken(run, "ust.10y", run.ok)
    past = panel["ust.par.10y"]
    history = (past.dates[-_HISTORY:], past.values[-_HISTORY:])
    # Drawn for all paths and cut afterwards: a path keeps its draw whichever others broke.
    draws = draw_pass_through(run.ok.size, run.seed)[run.ok] if coefficient_error else None
    return mortgage_path(
        run.days, ten, history=history, opening_pct=opening_pct, pass_through=draws
    )


def interest(
    run: Paths,
    roll: Roll,
    *,
    against: Paths | None = None,
    fiscal_years: bool = False,
    fade_half_life_years: float | None = None,
) -> FederalInterest:
    """Extra federal interest of the run over its opening yields, or over another run.

    Against another run, path by path on common shocks, over the paths that broke in neither.

    Raises:
        CannotError: if no path is left.
        BadInputError: if the two runs differ in days or number of paths.
    """
    ok = run.ok if against is None else run.ok & _same_size(run, against)
    yields = _yields(run, ok)
    if against is not None:
        less = _yields(against, ok)
        yields = {years: yields[years] - less[years] for years in yields if years in less}
    return federal_interest(
        roll,
        run.days,
        yields,
        fiscal_years=fiscal_years,
        fade_half_life_years=fade_half_life_years,
        simulated=True,
    )


def _yields(run: Paths, ok: NDArray[np.bool_]) -> dict[float, Floats]:
    """The Treasury yields the run carries, by tenor in years."""
    found = {}
    for name, years in YIELDS.items():
        try:
            found[years] = _unbroken(run, name, ok)
        except UnknownNameError:
            continue
    return found


def _same_size(run: Paths, other: Paths) -> NDArray[np.bool_]:
    if run.ok.shape != other.ok.shape or not np.array_equal(run.days, other.days):
        raise BadInputError(
            f"federal interest: {run.scenario} and {other.scenario} differ in paths or days"
        )
    return other.ok


def _unbroken(run: Paths, name: str, keep: NDArray[np.bool_]) -> Floats:
    if not keep.any():
        raise CannotError(f"no path of {run.scenario} ran to its end: there is no outcome to show")
    return run.paths(name)[keep].astype(np.float64)
