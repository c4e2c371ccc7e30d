"""Every built-in scenario shows the signs it declares, on common shocks."""

from __future__ import annotations

import pytest

from ustress.scenario import builtin_names, load_scenario
from ustress.simulate import Ensemble, Opening, simulate


@pytest.fixture(scope="module")
def runs(april: Opening) -> dict[str, Ensemble]:
    return {
        name: simulate(april, name, 1000, seed=11, horizon_days=252) for name in builtin_names()
    }


DECLARED = [(name, one) for name in builtin_names() for one in load_scenario(name).expected]


@pytest.mark.parametrize(
    ("name", "one"), DECLARED, ids=[f"{n}-{o.observable}-{o.against}" for n, o in DECLARED]
)
def test_declared_signs_show(name: str, one: object, runs: dict[str, Ensemble]) -> None:
    """Property: by more than four Monte Carlo errors of the paired difference."""
    from ustress.scenario.schema import Expected

    assert isinstance(one, Expected)
    found = (runs[name] - runs[one.against]).mean(one.observable, one.day)
    sign = 1 if one.sign == "+" else -1
    assert sign * found.value > 4 * found.error, one.why


def test_most_paths_run_to_their_end(runs: dict[str, Ensemble]) -> None:
    """Property: named breaks are rare where nothing is sold, and under a fifth everywhere."""
    share = {name: float(run.ok.mean()) for name, run in runs.items()}
    assert share["baseline"] > 0.99
    assert min(share.values()) > 0.8


def test_runs_stay_in_memory_limits(runs: dict[str, Ensemble]) -> None:
    """Property: a year of 10,000 paths holds under 300 MB of closes."""
    size = sum(v.nbytes for v in runs["baseline"].observables.values())
    assert 10 * size < 300e6
