"""Gradients: forward differentiation through the fold against differences on the same shocks."""

from __future__ import annotations

import jax
import numpy as np
import pytest

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.scenario import load_scenario
from ustress.simulate import Opening
from ustress.simulate.engine import Task
from ustress.simulate.gradient import gradient, mover
from ustress.simulate.run import task_of
from ustress.workflows.questions import parse_outcome

PATHS, CHECKED = 100, ("lam0_bp_per_100bn", "u0", "sigma_bar_bp")


@pytest.fixture(scope="module")
def task(april: Opening) -> Task:
    return task_of(april, load_scenario("no-intervention"), 3, 20)[1]


@pytest.mark.xfail(
    reason="since the ladder and auctions, differences of u0 and sigma_bar depart from the "
    "derivative by 30 and 5 %: paths that jump or a missing term, not yet told apart",
    strict=True,
)
def test_it_is_the_limit_of_differences_on_common_shocks(task: Task) -> None:
    """Second route: central differences of the mean; both per cent of the parameter."""
    found = gradient(task, "ust.10y", PATHS, CHECKED)
    assert not found.held
    move, draws = mover(task, "ust.10y", PATHS)
    still = jax.tree.map(np.zeros_like, draws)
    for slope in found.slopes:
        at, step = getattr(draws, slope.parameter), 1e-3
        up, down = (
            move(draws._replace(**{slope.parameter: at * (1 + s)}), still) for s in (step, -step)
        )
        ok = (np.asarray(up.status) == 0) & (np.asarray(down.status) == 0)
        gap = (np.asarray(up.value) - np.asarray(down.value))[ok].mean()
        assert slope.per_pct == pytest.approx(gap / (200 * step), rel=0.02), slope.parameter
        assert slope.per_pct_error > 0


def test_what_has_no_gradient_is_refused(task: Task) -> None:
    with pytest.raises(UnknownNameError, match="unknown observable"):
        gradient(task, "ust.11y", PATHS)
    with pytest.raises(UnknownNameError, match="unknown parameter"):
        gradient(task, "ust.10y", PATHS, ["lambda"])
    with pytest.raises(BadInputError, match="expected 2 to 1000"):
        gradient(task, "ust.10y", 1)
    with pytest.raises(BadInputError, match="expected a form such as"):
        parse_outcome("ust.10y at 60")
