"""Every built-in scenario shows the signs it declares, on common shocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from ustress.model.session import WEDGE_RANGE_BP
from ustress.scenario import builtin_names, load_scenario, told_names
from ustress.scenario.schema import Expected
from ustress.simulate import Ensemble, simulate
from ustress.workflows.opening import open_on

DECLARED = [(name, one) for name in builtin_names() for one in load_scenario(name).expected]
HORIZON: dict[str, int] = {}
for _name, _one in DECLARED:
    for _part in (_name, _one.against):
        HORIZON[_part] = max(HORIZON.get(_part, 1), _one.day)


PATHS = 400


@pytest.fixture(scope="module")
def runs() -> Callable[[str], Ensemble]:
    """Each scenario once, as far as its farthest day, with the Treasury's auctions to come."""
    opening = open_on("2025-04-11")

    @cache
    def of(name: str) -> Ensemble:
        return simulate(opening, name, PATHS, seed=11, horizon_days=HORIZON[name])

    return of


@pytest.mark.parametrize(
    ("name", "one"), DECLARED, ids=[f"{n}-{o.observable}-{o.against}" for n, o in DECLARED]
)
def test_declared_signs_show(name: str, one: Expected, runs: Callable[[str], Ensemble]) -> None:
    """Property: by more than four Monte Carlo errors of the paired difference."""
    first, second = runs(name), runs(one.against)
    ok = first.ok & second.ok
    gap = first.paths(one.observable)[ok, one.day] - second.paths(one.observable)[ok, one.day]
    error = float(gap.std(ddof=1)) / np.sqrt(gap.size)
    sign = 1 if one.sign == "+" else -1
    assert sign * float(gap.mean()) > 4 * error, one.why


def test_most_paths_run_to_their_end(runs: Callable[[str], Ensemble]) -> None:
    """Property: named breaks are rare where nothing is sold, and under a fifth in those told."""
    share = {name: float(runs(name).ok.mean()) for name in told_names()}
    assert share["baseline"] > 0.98
    assert min(share.values()) > 0.8


def test_no_path_that_counts_leaves_the_wedges_range(runs: Callable[[str], Ensemble]) -> None:
    """Property: beyond the range a path has ended by name, and is in no average."""
    for name in (*told_names(), "no-intervention", "japan-defends-yen"):
        run = runs(name)
        assert float(np.abs(run.paths("dislocation")[run.ok]).max()) <= WEDGE_RANGE_BP, name


def test_runs_stay_in_memory_limits(runs: Callable[[str], Ensemble]) -> None:
    """Property: a year of 10,000 paths holds under 600 MB of closes."""
    run = runs("baseline")
    size = sum(v.nbytes for v in run.observables.values())
    assert 10_000 / PATHS * size * 253 / (run.horizon_days + 1) < 600e6
