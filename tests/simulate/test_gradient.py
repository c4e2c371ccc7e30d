"""Gradients: forward differentiation through the fold against differences on the same shocks.

A difference has to be narrow to say something. At a step of .1 per cent a few paths do not move in
a straight line, and the mean of differences departs from the derivative by several per cent over 20
days and by a third or more over 60; it comes back as the step shrinks.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import jax
import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.scenario import load_scenario
from ustress.simulate import Opening
from ustress.simulate.engine import Task
from ustress.simulate.gradient import gradient, mover
from ustress.simulate.run import task_of
from ustress.workflows.questions import parse_outcome

Floats = NDArray[np.float64]
PATHS, STEP = 100, 1e-6
CHECKED = ("lam0_bp_per_100bn", "u0", "sigma_bar_bp", "k_plus_days", "h")
NEAR = 1e-4
"""Allowed, against the largest derivative of any path: curvature and rounding at `STEP`."""


class Pair(NamedTuple):
    """A parameter moved in proportion: the derivative by path, the difference, who counts."""

    derivative: Floats
    difference: Floats
    same: NDArray[np.bool_]  # not broken, and the Fed decides on the same day at both ends


def _task(april: Opening, scenario: str) -> Task:
    return task_of(april, load_scenario(scenario), 3, 20)[1]


@pytest.fixture(scope="module")
def untouched_task(april: Opening) -> Task:
    return _task(april, "no-intervention")


def _pair(task: Task, name: str, step: float) -> Pair:
    move, draws = mover(task, "ust.10y", PATHS)
    still, at = jax.tree.map(np.zeros_like, draws), getattr(draws, name)
    moved = partial(lambda s: move(draws._replace(**{name: at * (1.0 + s)}), still))
    here, up, down = move(draws, still._replace(**{name: at})), moved(step), moved(-step)
    difference = (np.asarray(up.value) - np.asarray(down.value)) / (2.0 * step)
    decided = np.asarray(up.decision_day) == np.asarray(down.decision_day)
    fine = [np.asarray(one.status) == 0 for one in (here, up, down)]
    return Pair(np.asarray(here.derivative), difference, decided & np.all(fine, axis=0))


@pytest.mark.parametrize("name", CHECKED)
def test_it_is_the_limit_of_differences_path_by_path(untouched_task: Task, name: str) -> None:
    """Second route: central differences in double precision, every path on its own."""
    pair = _pair(untouched_task, name, STEP)
    assert pair.same.sum() >= 95
    size = np.abs(pair.derivative[pair.same]).max()
    assert size > 0.0
    np.testing.assert_allclose(
        pair.derivative[pair.same], pair.difference[pair.same], rtol=0, atol=NEAR * size
    )


def test_its_mean_is_that_of_the_differences(untouched_task: Task) -> None:
    """Second route, on the mean: nearer than a hundredth of the Monte Carlo error."""
    found = gradient(untouched_task, "ust.10y", PATHS, CHECKED)
    assert not found.held
    for slope in found.slopes:
        pair = _pair(untouched_task, slope.parameter, STEP)
        gap = pair.difference[pair.same].mean() / 100.0
        assert slope.per_pct_error > 0
        assert abs(slope.per_pct - gap) < 0.01 * slope.per_pct_error, slope.parameter
    step = found.real_step
    largest = next(one for one in found.slopes if one.derivative is not None)
    assert step.parameter == largest.parameter
    assert step.by_derivative == pytest.approx(largest.per_pct, abs=3 * step.by_step_error)
    assert abs(step.by_step - step.by_derivative) < 3.0 * step.by_step_error
    assert 0.0 < step.departing < 0.5, "kinks lie near some paths, not near most"


def test_a_decision_that_moves_is_no_part_of_it(april: Opening) -> None:
    """Second route where the Fed buys: exact on the paths whose decision stays on its day."""
    task = _task(april, "tactical-qe")
    assert gradient(task, "ust.10y", PATHS, ["u0"]).held
    narrow, wide = _pair(task, "u0", STEP), _pair(task, "u0", 0.05)
    size = np.abs(narrow.derivative[narrow.same]).max()
    assert narrow.same.mean() >= 0.98
    np.testing.assert_allclose(
        narrow.derivative[narrow.same], narrow.difference[narrow.same], rtol=0, atol=NEAR * size
    )
    # Five per cent do move decisions: that part is what `held` says is missing.
    assert wide.same.sum() < narrow.same.sum()


def test_what_has_no_gradient_is_refused(untouched_task: Task) -> None:
    with pytest.raises(UnknownNameError, match="unknown observable"):
        gradient(untouched_task, "ust.11y", PATHS)
    with pytest.raises(UnknownNameError, match="unknown parameter"):
        gradient(untouched_task, "ust.10y", PATHS, ["lambda"])
    with pytest.raises(BadInputError, match="expected 2 to 1000"):
        gradient(untouched_task, "ust.10y", 1)
    with pytest.raises(BadInputError, match="expected a form such as"):
        parse_outcome("ust.10y at 60")
